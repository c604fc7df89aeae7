/**
 * Finds services with a typo in a rule (`iamm:CreateUser`). No list has all services of AWS, so an unknown name is no mistake by
 * itself: it is said only of one that differs by a single letter from a service that hunt knows well.
 */
import { distance } from 'fastest-levenshtein';
import { SERVICES } from '../../../change/service/services.js';
import { serviceDomain } from '../../../rule/condition/calls.js';
import type { Condition } from '../../../rule/condition/condition.js';
import { namesTested } from '../../../rule/condition/never-holds.js';

const DOMAIN = serviceDomain('');
/** Of shorter names, many differ by one letter: ecs, ecr and eks, sns, sqs and sts. */
const SHORTEST = 4;

/** A sentence for each service that a condition tests, and that is probably another. */
export function nearServices(condition: Condition): readonly string[] {
  return [...new Set(namesTested(condition, 'eventSource'))].flatMap((source) => {
    const near = nearOf(source.toLowerCase());
    return near === undefined ? [] : [`hunt knows no service ${source}. Did you mean "${near}"?`];
  });
}

function nearOf(source: string): string | undefined {
  const name = source.endsWith(DOMAIN) ? source.slice(0, -DOMAIN.length) : '';
  if (name.length < SHORTEST || Object.hasOwn(SERVICES, source)) return undefined;
  // `inspector` and `inspector2` are two services.
  const known = Object.keys(SERVICES).filter((one) => withoutDigits(one) !== withoutDigits(source));
  return known.find((one) => distance(one, source) === 1);
}

function withoutDigits(source: string): string {
  return source.replaceAll(/\d/g, '');
}
