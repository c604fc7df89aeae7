/**
 * What is too much for `hunt who`. A text such as the number of an account stands in nearly every ARN. The report is still right, but
 * nobody asked for that much, and to follow thousands of keys of anybody would take long and tell nothing.
 */
import type { CallerCount, Report, Warning } from '../../report/report.js';
import { isNamedBy, SESSION_OF_INSTANCE, type Indicator } from '../../rule/subject.js';
import { counted } from '../../text/counted.js';
import { warn } from '../../report/warn.js';
import type { Trail } from './follow.js';

/** A role with a session for each run of a job has hundreds of principals. */
const MOST_PRINCIPALS = 1000;
/** Calls of instances that are kept one by one, to compare their addresses. */
const MOST_OF_INSTANCES = 100_000;
/** Instances of which all calls are compared, whoever made them. */
const MOST_INSTANCES = 200;
const INSTANCE = new RegExp(SESSION_OF_INSTANCE);

type Called = Pick<Report, 'callers'>;

/** Whether the calls are those of too many principals to be about one person. */
export function isTooWide({ callers }: Called): boolean {
  return callers !== null && callers.length > MOST_PRINCIPALS;
}

/** The same, as far as who issued keys tells. */
export function isOfTooMany({ links }: Pick<Trail, 'links'>): boolean {
  return new Set(links.map(({ by }) => by.principal)).size > MOST_PRINCIPALS;
}

/** Whether instances are among the callers, and not with too many calls. */
export function mayCompareInstances(report: Called): boolean {
  const calls = callsOfInstances(report);
  return calls > 0 && calls <= MOST_OF_INSTANCES;
}

/**
 * The ARNs of instances among the callers whose other calls are to be compared: those that are known already, and then those with the most
 * calls. Of one that is named, all calls are theirs.
 */
export function comparedInstances(
  report: Called,
  indicators: readonly Indicator[],
  known: readonly string[],
): readonly string[] {
  if (!mayCompareInstances(report)) return known;
  const callers = (report.callers ?? [])
    .filter(isInstance)
    .flatMap(({ principal }) => principal ?? []);
  const unnamed = callers.filter((arn) => !isNamedBy(indicators, arn));
  return [...new Set([...known, ...unnamed])].slice(0, MOST_INSTANCES);
}

/** `hasInstances` says whether the findings have what instances read. */
export function wideWarnings(report: Called, hasInstances: boolean): readonly Warning[] {
  const calls = callsOfInstances(report);
  const notCompared = calls > 0 && !hasInstances;
  return [
    ...(isTooWide(report)
      ? [
          warn(
            'WHO_TOO_WIDE',
            `this is said of ${report.callers?.length ?? 0} principals or more, so what they issued is not followed: name one of them`,
          ),
        ]
      : []),
    ...(notCompared
      ? [
          warn(
            'WHO_TOO_WIDE',
            `instances made ${counted(calls, 'call')}: whether their credentials were used from elsewhere was told from those calls only that are listed`,
          ),
        ]
      : []),
  ];
}

function callsOfInstances({ callers }: Called): number {
  const own = callers?.filter((caller) => isInstance(caller)) ?? [];
  return own.reduce((sum, { events }) => sum + events, 0);
}

function isInstance({ principal }: CallerCount): boolean {
  return principal !== null && INSTANCE.test(principal);
}
