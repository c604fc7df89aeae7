/** Compares two reports: what was asked, what was read, and which findings are new, gone or changed. */
import { readInstant } from '../cloudtrail/time/time.js';
import { contains } from '../cloudtrail/time/window.js';
import type { Finding } from '../report/finding.js';
import { EVENT_FIELDS } from '../report/identity.js';
import type { OpenedReport } from '../report/read/read-report.js';
import type { Report } from '../report/report.js';
import { changesOf } from './changes.js';
import { completenessDiffers } from './completeness.js';
import { DIFF_SCHEMA, type Because, type Diff, type DiffFinding, type Side } from './model.js';
import { pairsIn } from './paired.js';
import { questionDiffers } from './question.js';
import { shortText } from './short-text.js';

export interface NamedReport {
  /** As the user named it. */
  readonly path: string;
  readonly opened: OpenedReport;
}

/** Both reports stay open while the differences are read. */
export function diffOf(before: NamedReport, after: NamedReport): Diff {
  const [one, other] = [before.opened.report, after.opened.report];
  const otherRules = idsOf(other);
  const missing = new Set([...one.source.missingFields, ...other.source.missingFields]);
  const comparable = {
    rules: new Set([...idsOf(one)].filter((id) => otherRules.has(id))),
    fields: EVENT_FIELDS.filter((field) => !missing.has(field)),
    hasDispositions: one.dispositions !== null && other.dispositions !== null,
  };
  const { findingAt: oldAt } = before.opened;
  const { findingAt: newAt } = after.opened;
  const pairs = pairsIn({
    before: one.findings,
    after: other.findings,
    differs: (place, finding) => changesOf(oldAt(place), finding, comparable).length > 0,
  });
  const { onlyAfter, onlyBefore, changed, same } = pairs;
  return {
    schema: DIFF_SCHEMA,
    before: sideOf(before),
    after: sideOf(after),
    question: questionDiffers(one, other),
    completeness: completenessDiffers(one, other),
    counts: { new: onlyAfter.length, gone: onlyBefore.length, changed: changed.length, same },
    new: mapped(onlyAfter, (index) => oneSided(newAt(index), one)),
    gone: mapped(onlyBefore, (index) => oneSided(oldAt(index), other)),
    changed: mapped(changed, ([place, index]) => {
      const finding = newAt(index);
      return {
        ...shortened(finding),
        changes: changesOf(oldAt(place), finding, comparable),
      };
    }),
  };
}

/** Whether anything differs. */
export function isDifferent({ question, completeness, counts }: Diff): boolean {
  return question.length + completeness.length + counts.new + counts.gone + counts.changed > 0;
}

function sideOf({ path, opened: { report } }: NamedReport): Side {
  const { tool, window, findings } = report;
  return { path, version: tool.version, window, findings: findings.length };
}

/** Made anew for each iteration. */
function mapped<T, U>(items: readonly T[], become: (item: T) => U): Iterable<U> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield become(item);
    },
  };
}

function oneSided(finding: Finding, other: Report) {
  return { ...shortened(finding), because: becauseOf(finding, other) };
}

function shortened(finding: Finding): DiffFinding {
  const { eventID, eventTime, eventName, recipientAccountId, awsRegion } = finding;
  const { actor, outcome, change, rules } = finding;
  return {
    eventID: shortText(eventID),
    eventTime,
    eventName: shortText(eventName),
    account: shortText(recipientAccountId),
    region: shortText(awsRegion),
    actor: shortText(actor.name),
    outcome,
    sentence: shortText(change?.sentence ?? null),
    rules: rules.map(({ id }) => id),
  };
}

function becauseOf(
  { eventTime, rules, recipientAccountId, awsRegion }: Finding,
  other: Report,
): Because | null {
  const { window, coverage } = other;
  const bounds = { since: readInstant(window.since), until: readInstant(window.until) };
  if (!contains(bounds, readInstant(eventTime))) return 'window';
  const ids = idsOf(other);
  if (!rules.some(({ id }) => ids.has(id))) return 'rules';
  const account = coverage.accounts.find(({ name }) => name === recipientAccountId);
  const region = account?.regions.find(({ name }) => name === awsRegion);
  return region === undefined && coverage.uncounted === 0 ? 'records' : null;
}

function idsOf({ sections }: Report): ReadonlySet<string> {
  return new Set(sections.map(({ rule }) => rule.id));
}
