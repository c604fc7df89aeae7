/**
 * Finds services with a typo in a rule (`iamm:CreateUser`, `ec2.amazonaws.co`). No list has all services of AWS, so an unknown name
 * is no mistake by itself: it is said only of one that differs by a single letter from a service that hunt knows, or that people call
 * by another name than CloudTrail.
 */
import { distance } from 'fastest-levenshtein';
import { DOMAINS } from '../../cloudtrail/service-name.js';
import { serviceDomain } from '../condition/calls.js';
import type { Condition } from '../condition/condition.js';
import { namesTested } from '../condition/never-holds.js';
import { callNames } from './names.js';

const DOMAIN = serviceDomain('');
/** Of shorter names, many differ by one letter: ecs, ecr and eks, sns, sqs and sts. */
const SHORTEST = 4;

/** The domains of AWS in other partitions, of pages in China, and inside of AWS. */
const OTHER_DOMAINS = new Set([...DOMAINS, 'amazonaws.cn', 'aws.internal'].map((one) => `.${one}`));
const MOST_LETTERS = 3;

/** Services that have another name in CloudTrail. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['cloudwatch', 'monitoring'],
  ['efs', 'elasticfilesystem'],
  ['elb', 'elasticloadbalancing'],
  ['elbv2', 'elasticloadbalancing'],
  ['emr', 'elasticmapreduce'],
  ['eventbridge', 'events'],
  ['msk', 'kafka'],
  ['opensearch', 'es'],
  ['rds-data', 'rdsdata'],
  ['stepfunctions', 'states'],
]);

/** A sentence for each service that a condition tests, and that is probably another. */
export function misspeltServices(condition: Condition): readonly string[] {
  return [...new Set(namesTested(condition, 'eventSource'))].flatMap((source) => {
    const near = nearOf(source.toLowerCase());
    return near === undefined ? [] : [`hunt knows no service ${source}. Did you mean "${near}"?`];
  });
}

function nearOf(source: string): string | undefined {
  const point = source.indexOf('.');
  if (point < 1) return undefined;
  const { services } = callNames();
  const [name, domain] = [source.slice(0, point), source.slice(point)];
  if (!source.endsWith(DOMAIN)) {
    const isNear = !OTHER_DOMAINS.has(domain) && distance(domain, DOMAIN) <= MOST_LETTERS;
    return isNear && services.has(name) ? serviceDomain(name) : undefined;
  }
  const service = source.slice(0, -DOMAIN.length);
  if (services.has(service)) return undefined;
  const near = OTHER_NAMES.get(service) ?? nearService(service);
  return near === undefined ? undefined : serviceDomain(near);
}

function nearService(service: string): string | undefined {
  if (service.length < SHORTEST) return undefined;
  // `inspector` and `inspector2` are two services.
  const known = [...callNames().services.keys()].filter(
    (one) => withoutDigits(one) !== withoutDigits(service),
  );
  return known.find((one) => distance(one, service) === 1 || isTransposed(one, service));
}

/** Whether two letters have changed their places, as in `gaurdduty`. */
function isTransposed(one: string, other: string): boolean {
  const sorted = (text: string): string => text.split('').toSorted().join('');
  return distance(one, other) === 2 && sorted(one) === sorted(other);
}

function withoutDigits(source: string): string {
  return source.replaceAll(/\d/g, '');
}
