/**
 * The hunt that a manifest recorded, so that it can be repeated. The manifest may be hostile. So only those options of its command
 * line count that choose rules, events, and how logs are read, and rules come only from files that prove may read.
 */
import { Command } from 'commander';
import { readInstant } from '../../cloudtrail/time/time.js';
import type { Window } from '../../cloudtrail/time/window.js';
import { HuntError } from '../../errors.js';
import type { Manifest } from '../../integrity/manifest/manifest.js';
import type { Places } from '../../integrity/prove/places.js';
import { meantBy } from '../../rule/catalog/named.js';
import { HUNT_FLAGS } from '../options/flags/hunt-options.js';
import type { HuntSettings } from '../hunts/hunt-settings.js';
import { configIn, type Config } from '../options/hunt-yml/config.js';
import { readOptions, type GroupValues, type OptionValues } from '../options/flags/flag.js';
import type { READING_FLAGS } from '../options/flags/hunt-flags.js';
import { lateOf } from '../options/time/late.js';
import { reportNamed } from '../options/hunt-yml/reports.js';
import { select } from '../options/rules/selection.js';

export interface RecordedHunt {
  readonly settings: HuntSettings;
  readonly config: Config | undefined;
  readonly reading: GroupValues<typeof READING_FLAGS>;
}

/** Throws a HuntError if it cannot be made again: the reason is for the line of the answer. */
export async function recordedHunt(
  manifest: Manifest,
  { places, now }: { readonly places: Places; readonly now: number },
): Promise<RecordedHunt> {
  const config = configOf(manifest);
  const options = optionsOf(manifest, config);
  const { rules, reading } = options;
  const { rule } = rules;
  for (const name of rule.length > 0 ? rule : (config?.rules ?? [])) refuseElsewhere(name, places);
  for (const folder of rules.rules) refusePlace(folder, places);
  const window = windowOf(manifest);
  const events = { ...options.events, since: undefined, until: undefined, period: undefined };
  const selection = await select({ rules, events, config, now, window });
  return {
    settings: {
      selection: { ...selection, window },
      calls: false,
      follow: false,
      late: lateOf(reading.late, config),
      config: null,
      warnings: [],
      showsProgress: true,
      hashes: true,
    },
    config,
    reading,
  };
}

/**
 * The configuration that the manifest has the text of. Its window is left out: the manifest has the instants. Throws a HuntError if
 * the text has a mistake.
 */
export function configOf({ config }: Manifest): Config | undefined {
  if (config === null) return undefined;
  const read = configIn(Buffer.from(config.text), config.path, true);
  return { ...read, since: undefined, until: undefined };
}

type Options = OptionValues<typeof HUNT_FLAGS>;

/** A run of a report has the rules of its entry in hunt.yml. */
function optionsOf({ run, command }: Manifest, config: Config | undefined): Options {
  if (run === null) return parsed(command);
  const options = parsed([]);
  if (config === undefined)
    throw new HuntError('USAGE', 'the manifest of a run has no hunt.yml, which names its rules');
  const { rules } = reportNamed(run.report, config);
  return { ...options, rules: { ...options.rules, rule: rules } };
}

function parsed(command: readonly string[]): Options {
  const parser = new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined })
    .helpOption(false)
    .argument('[path...]');
  for (const { flags } of Object.values(HUNT_FLAGS))
    for (const { option } of Object.values(flags)) parser.addOption(option);
  try {
    parser.parse([...command], { from: 'user' });
  } catch (error) {
    throw new HuntError('USAGE', 'the command line in the manifest is none of hunt', {
      cause: error,
    });
  }
  return readOptions(HUNT_FLAGS, parser.opts());
}

function refuseElsewhere(name: string, places: Places): void {
  // What is no rule of hunt is a path, and `meantBy` would look at it.
  const isPath = /[/\\]|\.ya?ml$/i.test(name);
  if (isPath || meantBy(name).kind === 'file') refusePlace(name, places);
}

function refusePlace(path: string, places: Places): void {
  if (places.any(path) === 'here') return;
  throw new HuntError(
    'USAGE',
    `the rules in ${path} are not there, or lie elsewhere (--within FOLDER allows it)`,
  );
}

function windowOf({ window: { since, until } }: Manifest): Window {
  return { since: readInstant(since), until: readInstant(until) };
}
