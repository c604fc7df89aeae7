/** Adds to a report what an auditor needs: its controls, its accounts and its conclusion. */
import type { Findings } from '../finding.js';
import type { Report } from '../report.js';
import type { Audit, AuditedAccount, Conclusion } from './audit.js';
import { completenessOf } from './completeness.js';
import { explanationOf, EXPLANATIONS, type Explanation } from './explanation.js';

/** What the report itself does not know. */
export interface AuditSettings extends Pick<Audit, 'controls' | 'timeZone' | 'manifest'> {
  /** Names of accounts, by account ID. */
  readonly accountNames: ReadonlyMap<string, string>;
  /** The SHA-256 of a file with findings; undefined where files are not hashed. */
  readonly sha256Of?: Findings['sha256Of'];
}

/** Reads all findings once. */
export function withAudit(report: Report, settings: AuditSettings): Report {
  const { controls, timeZone, manifest, sha256Of } = settings;
  const { findings } = report;
  const scope = scopeOf(report, settings.accountNames);
  return {
    ...report,
    audit: {
      controls,
      timeZone,
      ...scope,
      conclusion: { ...countsIn(report), ...completenessOf(report, scope.accounts) },
      manifest,
    },
    findings: sha256Of === undefined ? findings : hashed(findings, sha256Of),
  };
}

/** Findings may be an array or an object of a class, so no copy of their members is enough. */
function hashed(findings: Findings, sha256Of: NonNullable<Findings['sha256Of']>): Findings {
  const { length, texts, outputFields, order } = findings;
  return {
    length,
    sha256Of,
    [Symbol.iterator]: () => findings[Symbol.iterator](),
    ...(texts === undefined ? {} : { texts: () => texts.call(findings) }),
    ...(outputFields === undefined ? {} : { outputFields }),
    ...(order === undefined ? {} : { order }),
  };
}

function scopeOf(
  { sections, coverage }: Report,
  names: ReadonlyMap<string, string>,
): Pick<Audit, 'isEveryAccount' | 'accounts' | 'otherAccounts'> {
  const records = new Map(coverage.accounts.map(({ name, events }) => [name, events]));
  const lists = sections.map(({ rule }) => rule.accounts);
  const isEveryAccount = lists.includes(null);
  const seen = coverage.accounts.flatMap(({ name }) => name ?? []);
  const ids = isEveryAccount ? [...names.keys(), ...seen] : lists.flatMap((list) => list ?? []);
  const inScope = new Set(ids);
  const audited = (id: string): AuditedAccount => ({
    id,
    name: names.get(id) ?? null,
    records: records.get(id) ?? 0,
  });
  return {
    isEveryAccount,
    accounts: [...inScope].map(audited),
    otherAccounts: seen.filter((id) => !inScope.has(id)).map(audited),
  };
}

function countsIn(report: Report): Omit<Conclusion, 'completeness' | 'because'> {
  const counts = Object.fromEntries(EXPLANATIONS.map((name) => [name, 0])) as Record<
    Explanation,
    number
  >;
  for (const finding of report.findings) counts[explanationOf(finding)] += 1;
  const { approved, selfApproved, ticketed, accepted, unexplained } = counts;
  const { unassessed, read: reads, failed } = counts;
  const explained = approved + selfApproved + ticketed + accepted + unexplained;
  return {
    changes: explained + unassessed,
    explanations:
      report.dispositions === null
        ? null
        : { approved, selfApproved, ticketed, accepted, unexplained },
    reads,
    failed,
  };
}
