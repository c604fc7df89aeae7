/** What `expect` and `verify` of hunt.yml ask of the logs, for one hunt. */
import type { LogDemands } from '../../../report/completeness/expectations.js';
import type { Config } from '../hunt-yml/config.js';
import type { ScheduledReport } from '../hunt-yml/reports.js';
import { CHECKED } from '../hunt-yml/verify.js';

interface HuntOf {
  /** False for `--no-expect`. */
  readonly isExpecting: boolean;
  /** Whether the hunt checks digests at all. */
  readonly isVerifying: boolean;
}

/** Undefined without a configuration. Proof is required only of a hunt that checks digests. */
export function demandsOf(
  config: Config | undefined,
  { isExpecting, isVerifying }: HuntOf,
): LogDemands | undefined {
  if (config === undefined) return undefined;
  const { expect, verify } = config;
  return {
    expect: isExpecting && expect !== 'none' ? expect : undefined,
    isProofRequired: isVerifying && verify?.isRequired === true,
  };
}

/** The configuration for one of its reports, which may ask for other things. */
export function configFor(config: Config, { expect, verify }: ScheduledReport): Config {
  return checkingDigests({
    ...config,
    expect: expect ?? config.expect,
    verify: verify === 'none' ? undefined : (verify ?? config.verify),
  });
}

/** Digests that are expected are checked. */
export function checkingDigests(config: Config): Config {
  const { expect, verify } = config;
  const isExpected = typeof expect === 'object' && expect.digests;
  return isExpected && verify === undefined ? { ...config, verify: CHECKED } : config;
}
