/** The time zone of audit reports: `--time-zone`, or `timeZone` of hunt.yml. */
import { knownZone } from '../../../cloudtrail/time/zone.js';
import { HuntError } from '../../../errors.js';
import { didYouMean } from '../../../text/did-you-mean.js';
import type { MappingReader } from '../../../yaml/mapping.js';

/** `timeZone` of hunt.yml; undefined where it has none. Throws a HuntError with line and column if it is unknown. */
export function readTimeZone(config: MappingReader): string | undefined {
  const name = config.text('timeZone');
  if (name === undefined) return undefined;
  return knownZone(name) ?? config.fail(`timeZone ${problemWith(name)}`, 'timeZone');
}

/** `--time-zone`. Throws a HuntError if it is unknown. */
export function readZone(name: string): string {
  const known = knownZone(name);
  if (known !== undefined) return known;
  throw new HuntError('USAGE', `--time-zone ${problemWith(name)}`);
}

function problemWith(name: string): string {
  const near = didYouMean(name, Intl.supportedValuesOf('timeZone'));
  return `${JSON.stringify(name)} is not a time zone.${near} Write UTC, or a name such as Europe/Berlin.`;
}
