/** Reads `history` and `lookback` of `hunt.yml`: where scheduled reports remember what they told, and for how long. */
import { DAY } from '../../../cloudtrail/time/window.js';
import type { MappingReader } from '../../../yaml/mapping.js';
import { durationOf } from '../time/window.js';

export interface HistoryConfig {
  /** The folder of the histories of all reports. */
  readonly folder: string;
  /** How long after an event its file may still come, in milliseconds. */
  readonly lookback: number;
}

const FOLDER = '.hunt';
/** CloudTrail may deliver an event again for 30 days. */
const LOOKBACK = 31 * DAY;

/** `pathOf` resolves a path that starts at the folder of the file. Throws a HuntError with line and column on a mistake. */
export function readHistoryConfig(
  config: MappingReader,
  pathOf: (path: string) => string,
): HistoryConfig {
  const folder = config.text('history') ?? FOLDER;
  if (folder === '' || folder.includes('://'))
    config.fail(`${config.what}: history must be a folder, such as ${FOLDER}`, 'history');
  return { folder: pathOf(folder), lookback: lookbackOf(config) };
}

function lookbackOf(config: MappingReader): number {
  const text = config.text('lookback');
  if (text === undefined) return LOOKBACK;
  const duration = durationOf(text);
  return duration === undefined || duration < DAY
    ? config.fail(
        `${config.what}: lookback ${JSON.stringify(text)} is not a duration of a day or more: write 31d or 6w`,
        'lookback',
      )
    : duration;
}
