/** All options of `hunt [PATH…]`, in the order of its help. */
import { AUDIT_FLAGS } from './audit-flags.js';
import { COMPARE_FLAGS } from './compare-flags.js';
import type { OptionValues } from './flag.js';
import { CONFIG_FLAGS } from './general-flags.js';
import {
  COUNT_FLAGS,
  FOLLOW_FLAG,
  MANIFEST_FLAGS,
  READING_FLAGS,
  REPORT_FLAGS,
  TELL_FLAGS,
} from './hunt-flags.js';
import { EVENT_FLAGS, RULE_FLAGS } from './rule-flags.js';
import { QUERY_RUN_FLAGS, TABLE_FLAGS } from './table-flags.js';
import { VERIFY_FLAGS } from './verify-flags.js';

export const HUNT_FLAGS = {
  rules: RULE_FLAGS,
  events: EVENT_FLAGS,
  count: COUNT_FLAGS,
  compare: COMPARE_FLAGS,
  report: REPORT_FLAGS,
  manifest: MANIFEST_FLAGS,
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
