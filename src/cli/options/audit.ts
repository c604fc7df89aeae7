/** What makes a report one for an audit: `--for audit` with its options, or `for: audit` of a report in hunt.yml. */
import { knownZone, UTC } from '../../cloudtrail/time/zone.js';
import { HuntError } from '../../errors.js';
import type { AuditSettings } from '../../report/audit/with-audit.js';
import { didYouMean } from '../../text/did-you-mean.js';
import type { MappingReader } from '../../yaml/mapping.js';
import type { Config } from './hunt-yml/config.js';

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
  };
}

/** `timeZone` of hunt.yml; undefined where it has none. Throws a HuntError with line and column if it is unknown. */
export function readTimeZone(config: MappingReader): string | undefined {
  const name = config.text('timeZone');
  if (name === undefined) return undefined;
  return knownZone(name) ?? config.fail(`timeZone ${problemWith(name)}`, 'timeZone');
}

function readZone(name: string): string {
  const known = knownZone(name);
  if (known !== undefined) return known;
  throw new HuntError('USAGE', `--time-zone ${problemWith(name)}`);
}

function problemWith(name: string): string {
  const near = didYouMean(name, Intl.supportedValuesOf('timeZone'));
  return `${JSON.stringify(name)} is not a time zone.${near} Write UTC, or a name such as Europe/Berlin.`;
}
