/** `hunt [PATH…]`: a hunt over logs, or over a table in Athena or Trino. */
import { defineCommand } from '../command.js';
import { listArgument } from '../options/flags/flag.js';
import { HUNT_FLAGS } from '../options/flags/hunt-options.js';

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
