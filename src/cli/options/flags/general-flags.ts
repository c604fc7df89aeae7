/** Options that concern no part of a command in particular. */
import { switchFlag, textFlag, type FlagGroup } from './flag.js';

export const GENERAL_HEADING = 'General:';

/** Every command has it: the program adds it, for it must work where the other options are wrong. */
export const DEBUG_FLAG = switchFlag(
  '--debug',
  'print the code of an error, such as [USAGE], and its stack',
);

export const CONFIG_FLAGS = {
  heading: GENERAL_HEADING,
  flags: {
    config: textFlag('--config <file>', 'the configuration (default: hunt.yml, if it exists)'),
  },
} as const satisfies FlagGroup;
