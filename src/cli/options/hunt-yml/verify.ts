/** Reads `verify` of `hunt.yml`: whether logs are checked by CloudTrail's digests, and where the bucket and the public keys are. */
import { isS3 } from '../../../dump/s3/uri.js';
import { didYouMean } from '../../../text/did-you-mean.js';
import { MappingReader } from '../../../yaml/mapping.js';

export interface VerifyConfig {
  /** Whether a report whose logs are not proven is incomplete. */
  readonly isRequired: boolean;
  /** The bucket below a table. */
  readonly bucket: string | undefined;
  /** As `--public-keys`. */
  readonly publicKeys: readonly string[];
  /** As `--fetch-keys`. */
  readonly fetchKeys: boolean;
}

const KEYS = ['required', 'bucket', 'publicKeys', 'fetchKeys'];
const WORDS = ['true', 'false', 'required'];
/** With what else is at hand. */
export const CHECKED: VerifyConfig = {
  isRequired: false,
  bucket: undefined,
  publicKeys: [],
  fetchKeys: false,
};

/** Undefined where nothing is to be checked. Throws a HuntError if it has a mistake. */
export function readVerifyConfig(
  config: MappingReader,
  fromHere: (file: string) => string,
): VerifyConfig | undefined {
  const node = config.get('verify');
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') {
    if (node.text === 'false') return undefined;
    if (node.text === 'true') return CHECKED;
    if (node.text === 'required') return { ...CHECKED, isRequired: true };
  }
  if (node.kind !== 'map') {
    const near = node.kind === 'scalar' ? didYouMean(node.text, WORDS) : '';
    return config.fail(
      `${config.what}: verify must be true, false, required, or a mapping of ${KEYS.join(', ')}.${near}`,
      'verify',
    );
  }
  const mapping = new MappingReader(node, KEYS, {
    what: `${config.what}: verify`,
    code: 'CONFIG',
  });
  const bucket = mapping.text('bucket');
  if (bucket !== undefined && !isS3(bucket))
    mapping.fail(`${mapping.what}: bucket must be s3://bucket/prefix`, 'bucket');
  return {
    isRequired: isTrue(mapping, 'required'),
    bucket,
    publicKeys: (mapping.texts('publicKeys') ?? []).map(fromHere),
    fetchKeys: isTrue(mapping, 'fetchKeys'),
  };
}

function isTrue(mapping: MappingReader, key: string): boolean {
  const text = mapping.text(key) ?? 'false';
  if (text !== 'true' && text !== 'false')
    return mapping.fail(`${mapping.what}: ${key} must be true or false`, key);
  return text === 'true';
}
