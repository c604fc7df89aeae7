/** The options of a report for an audit. */
import { AUDIENCES } from '../report/audiences.js';
import { choiceFlag, listFlag, textFlag, type FlagGroup } from './flag.js';

export const AUDIT_FLAGS = {
  heading: 'Report:',
  flags: {
    for: choiceFlag(
      '--for <reader>',
      'audit: a report for an auditor: scope, completeness, each change with its evidence, sign-off',
      AUDIENCES,
    ),
    control: listFlag(
      '--control <name>',
      'with --for audit: a control that the report is evidence for, in your words, such as "SOC 2 CC8.1"',
    ),
    timeZone: textFlag(
      '--time-zone <name>',
      'with --for audit: also give times in this time zone, such as Europe/Berlin (default: timeZone of hunt.yml)',
    ),
  },
} as const satisfies FlagGroup;
