/** `hunt [PATH…]`: a hunt over logs, or over a table in Athena or Trino. */
import { defineCommand } from '../command.js';
import { AUDIT_FLAGS } from '../options/flags/audit-flags.js';
import { COMPARE_FLAGS } from '../options/flags/compare-flags.js';
import { listArgument, type OptionValues } from '../options/flags/flag.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import {
  COUNT_FLAGS,
  FOLLOW_FLAG,
  PROOF_FLAGS,
  READING_FLAGS,
  REPORT_FLAGS,
  TELL_FLAGS,
} from '../options/flags/hunt-flags.js';
import { EVENT_FLAGS, RULE_FLAGS } from '../options/flags/rule-flags.js';
import { QUERY_RUN_FLAGS, TABLE_FLAGS } from '../options/flags/table-flags.js';
import { VERIFY_FLAGS } from '../options/flags/verify-flags.js';

export const HUNT_FLAGS = {
  rules: RULE_FLAGS,
  events: EVENT_FLAGS,
  count: COUNT_FLAGS,
  compare: COMPARE_FLAGS,
  report: REPORT_FLAGS,
  proof: PROOF_FLAGS,
  verify: VERIFY_FLAGS,
  audit: AUDIT_FLAGS,
  tell: TELL_FLAGS,
  reading: {
    heading: READING_FLAGS.heading,
    flags: { ...READING_FLAGS.flags, follow: FOLLOW_FLAG },
  },
  table: TABLE_FLAGS,
  run: QUERY_RUN_FLAGS,
  general: CONFIG_FLAGS,
};

export type HuntOptions = OptionValues<typeof HUNT_FLAGS>;

export const huntCommand = defineCommand({
  name: 'hunt',
  description: 'Who changed this by hand, and when? Hunts CloudTrail history with detection rules.',
  arguments: {
    paths: listArgument(
      '[path...]',
      'folders or files of CloudTrail logs, s3://bucket/prefix, or - for standard input',
    ),
  },
  options: HUNT_FLAGS,
  // Loaded only to hunt: the help and the version need no more than the options.
  run: async ({ arguments: { paths }, options }, context) =>
    (await import('../hunts/plain-hunt.js')).plainHunt({ paths, options }, context),
});
