/** `--verify`, `--public-keys` and `--fetch-keys`: what is checked by digests, and with which keys. */
import type { Notify } from '../../notify.js';
import type { S3Settings } from '../../../dump/s3/client.js';
import { isS3 } from '../../../dump/s3/uri.js';
import { HuntError } from '../../../errors.js';
import type { Verifying } from '../../../hunt/verify.js';
import { readKeyFiles } from '../../../integrity/digest/keys/files.js';
import { safeLine } from '../../../text/safe-text.js';
import type { KeyOptions, VerifyOptions } from '../flags/verify-flags.js';
import type { TableOptions } from '../flags/table-flags.js';
import type { Config } from '../hunt-yml/config.js';

/**
 * The paths of the command line. In `hunt --verify ./logs` the option takes the path for its value: it is put back, unless it is the
 * bucket below a table.
 */
export function pathsWithVerify(
  paths: readonly string[],
  { verify, table }: { readonly verify: VerifyOptions['verify']; readonly table: TableOptions },
  config: Pick<Config, 'paths' | 'athena' | 'trino'> | undefined,
): readonly string[] {
  if (typeof verify !== 'string') return paths;
  const isTableNamed = table.athena !== undefined || table.trino !== undefined;
  const isTableConfigured = config?.athena?.table !== undefined || config?.trino?.url !== undefined;
  const isBucket = isTableNamed || (isTableConfigured && isS3(verify) && paths.length === 0);
  return isBucket ? paths : [...paths, verify];
}

interface VerifyingRequest {
  readonly options: KeyOptions;
  readonly config: Pick<Config, 'verify'> | undefined;
  /** The paths whose logs are checked. */
  readonly paths: readonly string[];
  readonly s3: S3Settings | undefined;
  readonly notify: Notify;
}

/** Reads the files of keys. Throws a HuntError if one cannot be used. */
export function verifyingOf({ options, config, paths, s3, notify }: VerifyingRequest): Verifying {
  const { publicKeys = [], fetchKeys = false } = config?.verify ?? {};
  return {
    keys: readKeyFiles([...options.publicKeys, ...publicKeys]),
    // Who can read the bucket has credentials. A server that is not AWS has none that CloudTrail knows.
    asksAws: options.fetchKeys || fetchKeys || (paths.some(isS3) && s3?.endpoint === undefined),
    onNote: (line) => notify(`hunt: ${safeLine(line)}`),
  };
}

/** Whether logs are to be checked. Throws a HuntError if there are keys and nothing to check with them. */
export function isVerifying(
  options: VerifyOptions | undefined,
  config: Pick<Config, 'verify'> | undefined,
): boolean {
  if (options === undefined) return false;
  const { verify, publicKeys, fetchKeys } = options;
  if (verify !== undefined || config?.verify !== undefined) return true;
  if (publicKeys.length > 0 || fetchKeys)
    throw new HuntError('USAGE', '--public-keys and --fetch-keys are for --verify');
  return false;
}

/** The bucket below a table. Throws a HuntError if neither the command line nor the configuration names one. */
export function bucketOf(
  { verify }: Pick<VerifyOptions, 'verify'>,
  config: Pick<Config, 'verify'> | undefined,
): string {
  const bucket = typeof verify === 'string' ? verify : config?.verify?.bucket;
  if (bucket !== undefined && isS3(bucket)) return bucket;
  throw new HuntError(
    'USAGE',
    'a table does not say where its files are: give --verify s3://bucket/prefix, or verify: { bucket: s3://bucket/prefix } in hunt.yml',
  );
}
