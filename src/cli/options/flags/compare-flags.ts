/** Options that say what the findings are compared with. */
import { textFlag, type FlagGroup, type GroupValues } from './flag.js';

export const COMPARE_FLAGS = {
  heading: 'Comparison:',
  flags: {
    exceptions: textFlag(
      '--exceptions <file>',
      'changes that somebody accepted until a day (default: exceptions in hunt.yml)',
    ),
    baseline: textFlag(
      '--baseline <report>',
      'an earlier report, JSON or HTML: its findings are known, and those that are no longer found are gone',
    ),
  },
} as const satisfies FlagGroup;

export type CompareOptions = GroupValues<typeof COMPARE_FLAGS>;
