/** The lines of `hunt prove` that need the logs: whether the logs are the same, and whether they have the same findings. */
import { HuntError } from '../../errors.js';
import type { Manifest } from '../../integrity/manifest/manifest.js';
import { check, type Check } from '../../integrity/prove/check.js';
import type { InputList } from '../../integrity/prove/list.js';
import type { Places } from '../../integrity/prove/places.js';
import { safeLine } from '../../text/safe-text.js';
import type { CommandContext } from '../context.js';
import { awsSettings } from '../options/target/aws-settings.js';
import { huntAgain } from './again.js';
import { recordedHunt, type RecordedHunt } from './recorded.js';
import { Roots } from './roots.js';
import { tableAgain, tableNotAsked, type TableOptionsNow } from './table-again.js';

interface LogsNow extends TableOptionsNow {
  readonly list: InputList | undefined;
  /** Where the logs lie now; empty if the user does not say. */
  readonly logs: readonly string[];
}

/** Throws HuntErrors where the user's own options are wrong, and where the logs cannot be read. */
export async function logChecks(
  { manifest, places }: { readonly manifest: Manifest; readonly places: Places },
  now: LogsNow,
  context: CommandContext,
): Promise<readonly Check[]> {
  const { list, logs, table } = now;
  const { source } = manifest;
  const isTable = table.athena !== undefined || table.trino !== undefined;
  if (manifest.inputs === null ? logs.length > 0 : isTable)
    throw new HuntError(
      'USAGE',
      manifest.inputs === null
        ? `the report is about the table ${safeLine(source.table ?? '')}, and not about logs: give --athena or --trino`
        : 'the report is about logs, and not about a table: hunt prove MANIFEST LOGS',
    );
  if (manifest.inputs === null && !isTable) return [tableNotAsked(manifest)];
  const paths = logs.length > 0 ? logs : source.paths;
  const obstacle = isTable
    ? undefined
    : obstacleTo({ paths, isNamed: logs.length > 0 }, manifest, { places, list });
  if (obstacle !== undefined) return unknown(obstacle);
  const roots = new Roots(source.paths, paths);
  let recorded: RecordedHunt;
  try {
    recorded = await recordedHunt(manifest, { places, now: context.now });
  } catch (error) {
    if (error instanceof HuntError)
      return unknown(`the hunt cannot be made again: ${error.message}`);
    throw error;
  }
  if (isTable) return tableAgain({ manifest, recorded }, now, context);
  const s3 = awsSettings(table, undefined, context.environment);
  const listed = list?.inputs ?? [];
  return huntAgain({ manifest, recorded, listed, paths, roots, s3 }, context);
}

/** Why logs are not read; undefined if they are. */
function obstacleTo(
  { paths, isNamed }: { readonly paths: readonly string[]; readonly isNamed: boolean },
  { source }: Manifest,
  { places, list }: { readonly places: Places; readonly list: InputList | undefined },
): string | undefined {
  if (list?.inputs === undefined) return 'without the list, nothing says what was read';
  if (source.paths.includes('-')) return 'the hunt read standard input, which cannot be read again';
  const outside = isNamed ? undefined : paths.find((path) => places.any(path) !== 'here');
  return outside === undefined
    ? undefined
    : `${outside} is not below the current folder: name the logs, hunt prove MANIFEST LOGS`;
}

function unknown(text: string): readonly Check[] {
  return [
    check('inputs', 'unknown', { text }),
    check('hunted again', 'unknown', { text: 'see the line above' }),
  ];
}
