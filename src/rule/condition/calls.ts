/**
 * Lists of API calls, `ec2:Authorize*`, as a condition. A list of hundreds stands in each statement, so calls are grouped: services
 * with the same names become one test, and the names of a service another.
 */
import type { SourcePosition } from '../../errors.js';
import { allOf, anyOf, testsAt } from './build.js';
import type { Condition } from './condition.js';

/** A call, or with `*` and `?` several. */
export interface Call {
  /** `eventSource` without `.amazonaws.com`. */
  readonly service: string;
  /** `eventName`. */
  readonly name: string;
}

const DOMAIN = '.amazonaws.com';

/** The `eventSource` of a service. */
export function serviceDomain(service: string): string {
  return service + DOMAIN;
}

/** The call that `service:Name` stands for, or what is wrong with the text, as the end of a sentence. */
export function readCall(text: string): Call | string {
  if (/^[^,]+(?:,\s*[^,]+)+$/.test(text))
    return `is no call: several are a list, [${text.split(/,\s*/).join(', ')}]`;
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1 || /\s/.test(text))
    return 'is no call: write service:Name, such as ec2:RunInstances, with * for any text';
  const [service, name] = [text.slice(0, colon), text.slice(colon + 1)];
  if (service.endsWith(DOMAIN)) return `needs only the service: ${service.slice(0, -14)}:${name}`;
  if (service !== service.toLowerCase())
    return `needs the service in lower case: ${service.toLowerCase()}:${name}`;
  if (/^\*+$/.test(service) && /^\*+$/.test(name)) return 'stands for every call';
  return { service, name };
}

/** Texts without and with wildcards. */
interface Texts {
  readonly exact: readonly string[];
  readonly patterns: readonly string[];
}

/** The condition that an event is one of the calls. */
export function callsCondition(calls: readonly Call[], at: SourcePosition): Condition {
  const names = new Map<string, Set<string>>();
  for (const { service, name } of calls)
    names.set(service, (names.get(service) ?? new Set<string>()).add(name));
  const services = new Map<string, { readonly services: string[]; readonly names: Texts }>();
  for (const [service, own] of names) {
    const texts = textsOf(own);
    const key = JSON.stringify(texts);
    const known = services.get(key);
    if (known === undefined) services.set(key, { services: [service], names: texts });
    else known.services.push(service);
  }
  const groups = [...services.values()].map((group): Condition => {
    // With any service, the other services of the group say nothing.
    const ofAny = group.services.some(isAnything);
    const ofServices = ofAny
      ? []
      : testsOf('eventSource', textsOf(group.services.map(serviceDomain)), at);
    const ofNames = group.names.patterns.some(isAnything)
      ? []
      : testsOf('eventName', group.names, at);
    return allOf([ofServices, ofNames].filter((tests) => tests.length > 0).map(anyOf));
  });
  return anyOf(groups);
}

function textsOf(texts: Iterable<string>): Texts {
  const sorted = [...new Set(texts)].toSorted();
  return {
    exact: sorted.filter((text) => !isPattern(text)),
    patterns: sorted.filter(isPattern),
  };
}

function testsOf(
  field: string,
  { exact, patterns }: Texts,
  at: SourcePosition,
): readonly Condition[] {
  const tests = [
    { op: 'in', values: exact },
    { op: 'wildcard', values: patterns },
  ] as const;
  return tests
    .filter(({ values }) => values.length > 0)
    .map(({ op, values }) => testsAt(at)(field, op, values));
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

function isAnything(text: string): boolean {
  return /^\*+$/.test(text);
}
