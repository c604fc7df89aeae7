/** Makes the warnings of a report: what a reader must know before trusting its numbers. */
import { formatInstant } from '../../../cloudtrail/time/time.js';
import type { Window } from '../../../cloudtrail/time/window.js';
import type { DumpSummary } from '../../../dump/dump.js';
import { OUTSIDE_WINDOW } from '../../../dump/find/path-filter.js';
import type { FileOutcomes, Warning } from '../../../report/report.js';
import { warn } from '../../../report/warn.js';
import { nearField } from '../../../rule/unknown-field.js';
import { misspeltNames } from '../../../rule/calls/misspelt-names.js';
import { fieldsOf, unknownFieldsOf, type Condition } from '../../../rule/condition/condition.js';
import type { RuleQuery } from '../../../query/query.js';
import type { RuleTotals } from '../../../answer/totals.js';
import type { LogsRead } from '../coverage/coverage.js';
import { counted } from '../../../text/counted.js';
import type { RuleAnswer } from '../../../findings/collector.js';
import { doubtsOf } from '../../../rule/catalog/doubts.js';
import { firstFew } from '../../../text/first-few.js';

const MOST_REASONS = 5;

/** So many paths stand in a warning. */
const MAX_PATHS = 5;

/** Warnings about logs as a whole, local or in a table. `none` says what was there in the place of records. */
export function recordWarnings(logs: LogsRead, none: Warning): readonly Warning[] {
  const isInWindow =
    logs.uncounted.inWindow > 0 || logs.coverage.some(({ inWindow }) => inWindow.records > 0);
  return applicable(
    logs.records === 0 && none,
    logs.records > 0 &&
      !isInWindow &&
      warn('WINDOW_OUTSIDE_LOGS', `no record lies in the window: ${span(logs)}`),
  );
}

/**
 * Warnings about local logs as a whole. Files of later days can hold an event of the window only if the window ends, and only
 * where some event came late there is a reason to expect it.
 */
export function logWarnings(dump: DumpSummary, { until }: Window): readonly Warning[] {
  const outside = dump.skipped.find(({ reason }) => reason === OUTSIDE_WINDOW)?.count ?? 0;
  return applicable(
    ...recordWarnings(dump, noRecords(dump.skipped)),
    outside > 0 &&
      until !== undefined &&
      dump.late > 0 &&
      warn(
        'LATE_DELIVERY',
        `${counted(dump.late, 'file')} ${dump.late === 1 ? 'has' : 'have'} events that were delivered half a day late or more, and ${counted(outside, 'file')} of days outside the window ${outside === 1 ? 'was' : 'were'} not opened: events of the window may be only there. --late 30d looks there too`,
      ),
    dump.unreadableFields > 0 &&
      warn(
        'FIELDS_UNREADABLE',
        `${counted(dump.unreadableFields, 'event')} that a rule may match with a field in no form that hunt can read: a test of the field may miss them`,
      ),
    dump.cutOff.length > 0 &&
      warn(
        'OUTPUT_CUT_OFF',
        `the output in ${firstFew(dump.cutOff, MAX_PATHS)} ends with a NextToken: it was cut off, and more events follow. Run the command again for all pages (without --max-items), or for the rest with --starting-token`,
      ),
    dump.repairedSurrogates > 0 &&
      warn(
        'UNPAIRED_SURROGATES',
        `${counted(dump.repairedSurrogates, 'unpaired surrogate')} replaced by U+FFFD`,
      ),
  );
}

/**
 * What CloudTrail, and the services that deliver or query logs, write beside events. A digest is not among these: who hunts a
 * folder of digests has named the wrong one.
 */
const NEVER_EVENTS: ReadonlySet<string> = new Set([
  'Insights',
  'aggregated',
  'notification',
  'CloudWatch Logs control message',
  'metadata of Athena results',
]);

function noRecords(skipped: FileOutcomes['skipped']): Warning {
  return holdsNeverEvents(skipped)
    ? warn('NO_EVENTS', `no event was read: ${skippedText(skipped)}, which never hold events`)
    : warn('NO_RECORDS', `no CloudTrail record was read: ${skippedText(skipped)}`);
}

function holdsNeverEvents(skipped: FileOutcomes['skipped']): boolean {
  return skipped.length > 0 && skipped.every(({ reason }) => NEVER_EVENTS.has(reason));
}

/** What was there instead of logs, the most frequent first. */
function skippedText(skipped: FileOutcomes['skipped']): string {
  if (skipped.length === 0) return 'a zero here says nothing';
  const files = skipped.reduce((total, { count }) => total + count, 0);
  const reasons = skipped
    .toSorted((a, b) => b.count - a.count)
    .map(({ reason, count }) => `${count} ${reason}`);
  const were = files === 1 ? 'was' : 'were';
  return `${counted(files, 'file')} ${were} skipped (${firstFew(reasons, MOST_REASONS)})`;
}

/** The warnings that apply. */
export function applicable(...warnings: readonly (Warning | false)[]): readonly Warning[] {
  return warnings.filter((warning) => warning !== false);
}

function span({ records, first, last }: LogsRead): string {
  if (first === undefined || last === undefined)
    return `none of the ${counted(records, 'record')} has a readable time`;
  return `the logs run from ${formatInstant(first)} to ${formatInstant(last)}`;
}

/** Doubts about `--event-name`. Other filters name no calls, or only calls that hunt itself lists. */
function filterDoubts({ conjuncts }: RuleQuery): readonly string[] {
  return conjuncts
    .filter(({ origin, condition }) => origin === 'filter' && isOnNames(condition))
    .flatMap(({ condition }) => misspeltNames(condition))
    .map((doubt) => `--event-name: ${doubt}`);
}

function isOnNames(condition: Condition): boolean {
  return fieldsOf(condition).every((field) => field.join('.') === 'eventName');
}

/** Warnings about one rule's numbers. */
export function ruleWarnings(
  query: RuleQuery,
  totals: RuleTotals,
  hidden: RuleAnswer['hidden'],
): readonly Warning[] {
  const undatedEvents = hidden.get('window')?.undated ?? 0;
  const settings = query.bound.parameters.flatMap(({ name, values }) => {
    return values.length === 0
      ? [warn('PARAMETER_EMPTY', `${name} has no values: its tests are false`)]
      : [];
  });
  const unknown = [...new Set(unknownFieldsOf(query.bound.condition))];
  const near = unknown
    .map(nearField)
    .filter((hint) => hint !== '')
    .map((hint) => `.${hint}`)
    .join('');
  return applicable(
    ...settings,
    unknown.length > 0 &&
      warn(
        'FIELD_UNKNOWN',
        `the rule tests ${unknown.join(', ')}, which CloudTrail does not document: the test counts it as missing in every event${near}`,
      ),
    ...[...doubtsOf(query.bound), ...filterDoubts(query)].map((message) =>
      warn('TEST_NEVER_HOLDS', message),
    ),
    query.dropped.length > 0 &&
      warn('EXCLUSIONS_DROPPED', '--no-exclusions dropped the exclusions of the rule'),
    undatedEvents > 0 &&
      warn(
        'UNDATED_MATCH',
        `the rest of the rule matches ${counted(undatedEvents, 'event')} without a readable time, which no bounded window contains: hunt without --since and --until to see them`,
      ),
    totals.cut > 0 &&
      warn(
        'FIELD_OMITTED',
        `CloudTrail cut a field that the rule tests from ${counted(totals.cut, 'event')} ("omitted": true): the missing content may have matched`,
      ),
  );
}
