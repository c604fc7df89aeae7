/** Adds to a report what an auditor needs: its controls, its accounts and its conclusion. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { Report } from '../report.js';
import type { Audit, AuditedAccount, Conclusion } from './audit.js';
import { conclusionOf, tallyOf } from './conclusion.js';
import { concludedForAudit } from '../completeness/concluded.js';
import { reportScope } from '../completeness/scope.js';

/** What the report itself does not know. */
export interface AuditSettings extends Pick<
  Audit,
  'controls' | 'timeZone' | 'manifest' | 'signature'
> {
  /** Names of accounts, by account ID. */
  readonly accountNames: ReadonlyMap<string, string>;
  /** The SHA-256 of a file with findings; undefined where files are not hashed. */
  readonly sha256Of?: (source: string) => string | undefined;
}

/** Reads all findings once. */
export function withAudit(report: Report, settings: AuditSettings): Report {
  const { controls, timeZone, manifest, signature, sha256Of } = settings;
  const scope = scopeOf(report, settings.accountNames);
  const { conclusion, evidence } = readThrough(report, sha256Of);
  return {
    ...concludedForAudit(report),
    audit: {
      controls,
      timeZone,
      ...scope,
      conclusion,
      manifest,
      signature,
      evidence,
    },
  };
}

function scopeOf(
  report: Report,
  names: ReadonlyMap<string, string>,
): Pick<Audit, 'isEveryAccount' | 'accounts' | 'otherAccounts'> {
  const { isEveryAccount, ids, records } = reportScope(report);
  const inScope = new Set(isEveryAccount ? [...names.keys(), ...ids] : ids);
  const audited = (id: string): AuditedAccount => ({
    id,
    name: names.get(id) ?? null,
    records: records.get(id) ?? 0,
  });
  return {
    isEveryAccount,
    accounts: [...inScope].map(audited),
    otherAccounts: [...records.keys()].filter((id) => !inScope.has(id)).map(audited),
  };
}

interface ReadThrough {
  readonly conclusion: Conclusion;
  readonly evidence: Audit['evidence'];
}

function readThrough(
  { findings, dispositions }: Report,
  sha256Of: AuditSettings['sha256Of'],
): ReadThrough {
  const sources = new Set<string>();
  const tally = tallyOf(findings, ({ source }) => {
    if (sha256Of !== undefined && source !== null) sources.add(source);
  });
  return {
    conclusion: conclusionOf(tally, dispositions !== null),
    evidence: [...sources].toSorted(byCodePoint).flatMap((path) => {
      const sha256 = sha256Of?.(path);
      return sha256 === undefined ? [] : [{ path, sha256 }];
    }),
  };
}
