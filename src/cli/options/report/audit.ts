/** What makes a report one for an audit: `--for audit` with its options, or `for: audit` of a report in hunt.yml. */
import { UTC } from '../../../cloudtrail/time/zone.js';
import type { AuditSettings } from '../../../report/audit/with-audit.js';
import type { Config } from '../hunt-yml/config.js';
import { readZone } from '../time/time-zone.js';

interface AuditRequest {
  readonly controls: readonly string[];
  /** Of the command line. */
  readonly timeZone?: string | undefined;
  readonly config: Config | undefined;
}

/** Throws a HuntError if the time zone is unknown. */
export function auditSettings({ controls, timeZone, config }: AuditRequest): AuditSettings {
  return {
    controls,
    timeZone: timeZone === undefined ? (config?.timeZone ?? UTC) : readZone(timeZone),
    accountNames: config?.accounts ?? new Map(),
    manifest: null,
    signature: null,
  };
}
