/** The options of `hunt tune`. */
import { CONFIG_FLAGS } from './general-flags.js';
import { listFlag, switchFlag, textFlag, type OptionValues } from './flag.js';
import { READING_FLAGS } from './hunt-flags.js';
import { EVENT_FLAGS, RULE_FLAGS } from './rule-flags.js';
import { QUERY_RUN_FLAGS, TABLE_FLAGS } from './table-flags.js';

const { rule, rules, set } = RULE_FLAGS.flags;
const { since, until, period } = EVENT_FLAGS.flags;
const { maxScan, parallel, price } = QUERY_RUN_FLAGS.flags;

export const TUNE_FLAGS = {
  decisions: {
    heading: 'Decisions:',
    flags: {
      exceptions: textFlag(
        '--exceptions <file>',
        'the changes that somebody accepted (default: exceptions of hunt.yml, else exceptions.yml, else what the report says)',
      ),
      exception: listFlag('--exception <id>', 'only what this exception accepts: EX-3'),
      confirmed: textFlag(
        '--confirmed <file>',
        'the event IDs that nothing may hide, one on each line (default: every finding that nobody accepted)',
      ),
    },
  },
  entry: {
    heading: 'Exclusion:',
    flags: {
      proposal: listFlag('--proposal <n>', 'only this proposal'),
      reason: textFlag('--reason <text>', 'why it is excluded (default: that of the exceptions)'),
      owner: textFlag('--owner <name>', 'who answers for it (default: that of the exceptions)'),
      ends: textFlag(
        '--expires <day>',
        'its last day (UTC), 2026-12-31, or how long from today: 90d (default: that of the exceptions)',
      ),
      write: switchFlag('--write', 'write what is proposed into allow of hunt.yml'),
    },
  },
  rules: { heading: RULE_FLAGS.heading, flags: { rule, rules, set } },
  events: { heading: EVENT_FLAGS.heading, flags: { since, until, period } },
  reading: READING_FLAGS,
  table: TABLE_FLAGS,
  run: { heading: QUERY_RUN_FLAGS.heading, flags: { maxScan, parallel, price } },
  general: CONFIG_FLAGS,
};

export type TuneOptions = OptionValues<typeof TUNE_FLAGS>;
