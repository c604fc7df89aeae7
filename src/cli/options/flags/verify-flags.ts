/** The options that check logs by CloudTrail's own digests. */
import {
  listFlag,
  optionalTextFlag,
  switchFlag,
  type FlagGroup,
  type GroupValues,
} from './flag.js';

/** Where the public keys come from. `hunt verify` has them too. */
export const KEY_FLAGS = {
  heading: 'Digests of CloudTrail:',
  flags: {
    publicKeys: listFlag(
      '--public-keys <file>',
      'the public keys of CloudTrail: what aws cloudtrail list-public-keys prints',
    ),
    fetchKeys: switchFlag(
      '--fetch-keys',
      'ask AWS for public keys that are in no file, and keep them in cloudtrail-public-keys.json beside the logs; logs in S3 need no such option',
    ),
  },
} as const satisfies FlagGroup;

export const VERIFY_FLAGS = {
  heading: KEY_FLAGS.heading,
  flags: {
    verify: optionalTextFlag(
      '--verify [s3-uri]',
      'check by the digests of CloudTrail that no log is missing or altered: in the paths; for a table, in the bucket below it',
    ),
    ...KEY_FLAGS.flags,
  },
} as const satisfies FlagGroup;

/** The options of a command whose configuration alone says what is checked. */
export const VERIFY_AS_CONFIGURED: VerifyOptions = {
  verify: undefined,
  publicKeys: [],
  fetchKeys: false,
};

export type KeyOptions = GroupValues<typeof KEY_FLAGS>;
export type VerifyOptions = GroupValues<typeof VERIFY_FLAGS>;
