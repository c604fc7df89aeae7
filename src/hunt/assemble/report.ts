/** Makes the report from the answer to a hunt's query, in the same way for every engine. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { CallTotals } from '../../answer/calls.js';
import type { SeenBefore } from '../../change/actor/seen-before.js';
import { joinedSpans, type HourSpan } from '../../cloudtrail/time/hour-span.js';
import { instantText } from '../../cloudtrail/time/time.js';
import { OUTSIDE_WINDOW } from '../../dump/find/path-filter.js';
import type { Compared } from '../../disposition/compared.js';
import { compare } from '../../disposition/comparison.js';
import type { Answer } from '../../findings/collector.js';
import { ruleId, type Query } from '../../query/query.js';
import { requiredOfQuery } from '../../query/required.js';
import type {
  FileOutcomes,
  Report,
  HuntSource,
  RuleFileOutcomes,
  Warning,
} from '../../report/report.js';
import { concluded } from '../../report/completeness/concluded.js';
import type { LogDemands } from '../../report/completeness/expectations.js';
import type { Evidence } from '../../report/completeness/completeness.js';
import type { Findings, MatchedFinding } from '../../report/finding.js';
import type { Run } from '../../report/run.js';
import type { GivenFilter } from '../../rule/filters.js';
import { storiesOf } from '../../story/stories.js';
import { REPORT_SCHEMA } from '../../cloudtrail/own-report.js';
import { joinedLinks, type FollowedKeys } from '../follow/follow.js';
import { endingsBefore, joinedFindings, type LateAnswer } from '../late.js';
import { accountWarnings } from './warnings/account-warnings.js';
import { categoryWarnings, subjectWarnings } from './warnings/category-warnings.js';
import { accountCoverages, coverageOf, hoursAskedFor, type LogsRead } from './coverage/coverage.js';
import { eventKinds } from './coverage/event-kinds.js';
import { instanceWarnings } from './warnings/instance-warnings.js';
import { looksForEndIn } from './names-seen.js';
import { knownAccounts } from './coverage/known-accounts.js';
import { exclusionFlags, flagWarnings } from './exclusion-flags.js';
import { regionWarnings } from './warnings/region-warnings.js';
import { seenAccounts } from './coverage/seen-accounts.js';
import { silenceWarnings } from './warnings/silences.js';
import { toSection } from './section.js';
import { unmetOf } from './unmet.js';
import { shareWarnings } from './warnings/shared-warnings.js';
import { unseenWarnings } from './warnings/unseen.js';
import { ruleWarnings } from './warnings/warnings.js';

export interface ReportParts {
  readonly query: Query;
  readonly answer: Answer;
  /** Undefined where calls were not counted. */
  readonly calls: CallTotals | undefined;
  readonly filters: readonly GivenFilter[];
  readonly logs: LogsRead;
  readonly files: FileOutcomes;
  readonly ruleFiles: RuleFileOutcomes;
  readonly source: HuntSource;
  /** Who issued the keys of sessions in the findings. */
  readonly followed: FollowedKeys;
  /** Files with events from this instant on may still arrive; Infinity where all of them have. */
  readonly stillFilling: number;
  /** When no account has a record, and a warning or the lost evidence says so already. */
  readonly knownSilences: readonly HourSpan[];
  /** What is known of the logs beside their records. */
  readonly evidence: Evidence;
  /** About the logs as a whole. */
  readonly warnings: readonly Warning[];
  readonly version: string;
  readonly subject: Report['subject'];
  readonly run: Run | null;
  /** The habits of actors in earlier runs; null where they do not count. */
  readonly seen: SeenBefore | null | undefined;
  /** What the search for late events found. */
  readonly late: LateAnswer | undefined;
  /** What the findings are compared with. */
  readonly compared: Compared | undefined;
  /** What hunt.yml asks of the logs. */
  readonly demands?: LogDemands | undefined;
}

/** The findings stay in their store, and are read from it each time that somebody goes through them. */
export function toReport(parts: ReportParts): Report {
  const { query, answer, logs, files, ruleFiles, source, followed, warnings, version, subject } =
    parts;
  const { late } = parts;
  const { window } = query;
  const accounts = seenAccounts(logs.coverage, window, nowhereIn(parts));
  const regions = regionsInWindow(logs);
  const kinds = eventKinds(logs.kinds);
  const matched = answer.findings.read({
    accounts: knownAccounts(query, logs.coverage),
    starts: followed.starts,
    makers: followed.makers,
    seen: parts.seen,
  });
  const answered = query.rules.flatMap((rule) => {
    const of = answer.rules.get(ruleId(rule));
    return of === undefined ? [] : [{ query: rule, answer: of, hidden: of.hidden }];
  });
  const all = late === undefined ? matched : joinedFindings(lateFindings(late, parts), matched);
  const { stories, summary, overview, findings } = storiesOf(
    all,
    looksForEndIn(query, subject),
    endingsBefore(window.until, [answer.watched, late?.answer.watched]),
  );
  const links =
    late === undefined ? followed.links : joinedLinks(followed.links, late.followed.links);
  const comparison = compare({ findings, links }, parts.compared, {
    window,
    rules: new Set(query.rules.map(ruleId)),
    hasFilters: parts.filters.length > 0,
  });
  const ofAccounts = accountWarnings(answered, accounts);
  const flags = exclusionFlags(answered, matched);
  const { shared, own } = shareWarnings(
    answered.map(({ query: rule, answer: { totals, hidden } }) => ({
      rule: ruleId(rule),
      warnings: [
        ...(ofAccounts.get(rule) ?? []),
        ...regionWarnings(rule, regions),
        ...categoryWarnings(rule, kinds),
        ...ruleWarnings(rule, totals, hidden),
        ...flagWarnings(flags.get(ruleId(rule))),
      ],
    })),
  );
  const report: Omit<Report, 'completeness'> = {
    schema: REPORT_SCHEMA,
    tool: { name: 'hunt', version },
    subject,
    window: { since: instantText(window.since), until: instantText(window.until) },
    source,
    filters: parts.filters,
    files,
    ruleFiles,
    coverage: coverageOf(logs, window, parts.stillFilling),
    warnings: [
      ...warnings,
      ...shared,
      ...subjectWarnings(subject, kinds),
      ...instanceWarnings(answer.findings.usedElsewhere),
      ...silences(parts),
      ...comparison.warnings,
    ],
    sections: answered.map(({ query: rule, answer: of }) =>
      toSection({
        rule,
        answer: of,
        findingCount:
          answer.findings.countOf(ruleId(rule)) +
          (late?.answer.findings.countOf(ruleId(rule)) ?? 0),
        replaced: answer.findings.replacedOf(ruleId(rule)),
        read: logs.records,
        warnings: own.get(ruleId(rule)) ?? [],
        flags: flags.get(ruleId(rule)),
      }),
    ),
    links,
    callers: null,
    history: null,
    ...callsIn(parts.calls),
    run: parts.run,
    dispositions: comparison.dispositions,
    exceptions: comparison.exceptions,
    gone: comparison.gone,
    audit: null,
    order: 'time',
    stories,
    summary,
    overview,
    findings: comparison.findings,
  };
  const unmet = unmetIn(parts, report.coverage);
  return concluded(
    report,
    { ...parts.evidence, kinds, unmet },
    { isProofRequired: parts.demands?.isProofRequired === true },
  );
}

/** Names of accounts by ID. */
function namesIn({ config }: ReportParts['source']): ReadonlyMap<string, string> {
  return new Map(config?.accounts.map(({ id, name }) => [id, name]));
}

/** Null where nothing is expected. */
function unmetIn(
  { demands, query, evidence, stillFilling, source }: ReportParts,
  coverage: Report['coverage'],
): Evidence['unmet'] {
  if (demands?.expect === undefined) return evidence.unmet;
  const names = namesIn(source);
  const { digests } = evidence;
  return unmetOf(demands.expect, { query, coverage, digests, stillFilling, names });
}

/** The findings that came late. The accounts of both hunts are the user's own. */
function lateFindings(
  { query, answer, followed, logs }: LateAnswer,
  own: Pick<ReportParts, 'logs'>,
): Findings<MatchedFinding> {
  return answer.findings.read({
    accounts: knownAccounts(query, [...logs.coverage, ...own.logs.coverage]),
    starts: followed.starts,
    makers: followed.makers,
    // They are older than what earlier runs have seen.
    seen: null,
  });
}

function callsIn(
  totals: CallTotals | undefined,
): Pick<Report, 'calls' | 'otherCalls' | 'keys' | 'addresses'> {
  if (totals === undefined) return { calls: null, otherCalls: 0, keys: null, addresses: null };
  const calls = totals.calls.map(({ first, last, ...call }) => ({
    eventSource: call.eventSource,
    eventName: call.eventName,
    mutating: call.mutating,
    errorCode: call.errorCode,
    events: call.events,
    first,
    last,
  }));
  const keys =
    totals.byKey && [...totals.byKey].map(([accessKey, events]) => ({ accessKey, events }));
  const addresses =
    totals.byAddress &&
    [...totals.byAddress]
      .map(([address, { events, first, last }]) => ({ address, events, first, last }))
      .toSorted((a, b) => b.events - a.events || byCodePoint(a.address ?? '', b.address ?? ''));
  return { calls, otherCalls: totals.others, keys: keys ?? null, addresses: addresses ?? null };
}

/** Warnings about accounts and regions that stop, begin late or pause, where a rule can match them. */
function silences({
  query,
  logs,
  source,
  stillFilling,
  knownSilences,
}: ReportParts): readonly Warning[] {
  const wanted = requiredOfQuery(query, 'recipientAccountId');
  const accounts = accountCoverages(logs.coverage);
  const hours = joinedSpans(accounts.map((account) => account.hours));
  const whole = hoursAskedFor(hours, query.window);
  if (whole === undefined) return [];
  const names = namesIn(source);
  return [
    ...silenceWarnings(
      accounts.filter(({ name }) => name !== null && wanted?.includes(name) !== false),
      { whole, hours, stillFilling, known: knownSilences, names },
    ),
    // Of an account that the rules ask for, another warning says it.
    ...(wanted === undefined
      ? unseenWarnings(logs.coverage, { window: query.window, hours, names })
      : []),
  ];
}

/** Each name once, sorted. */
function regionsInWindow({ coverage }: LogsRead): readonly string[] {
  const names = coverage.flatMap(({ region, inWindow }) =>
    region === null || inWindow.records === 0 ? [] : [region],
  );
  return [...new Set(names)].toSorted();
}

/** Where an account is not that is not in the logs. */
function nowhereIn({ source, files }: ReportParts): string {
  if (source.table !== null) return 'nowhere in what was read of the table';
  const unopened = files.skipped.find(({ reason }) => reason === OUTSIDE_WINDOW)?.count ?? 0;
  if (unopened === 0) return 'nowhere in these logs';
  return `not in the logs that were opened (${unopened} of other days were not: see --no-prune)`;
}
