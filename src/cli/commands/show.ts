/** `hunt show LOGS… EVENT-ID…`: prints whole records as they stand in their files, and where they stand. */
import { HuntError } from '../../errors.js';
import type { FoundRecord } from '../../hunt/find-events.js';
import { indented } from '../../text/indented.js';
import { safeJson, safeLine } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import { findInLogs, saySearch, searchExitCode } from '../events/find-in-logs.js';
import { awsSettings } from '../options/target/aws-settings.js';
import { readConfig } from '../options/hunt-yml/config.js';
import { idsAndLogs } from '../options/arguments/event-ids.js';
import { formatFlag, listArgument } from '../options/flags/flag.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { READING_FLAGS } from '../options/flags/hunt-flags.js';
import { EVENT_FLAGS } from '../options/flags/rule-flags.js';
import { TABLE_FLAGS } from '../options/flags/table-flags.js';
import { givenWindow } from '../options/time/given-window.js';
import { lateOf } from '../options/time/late.js';

const FORMATS = ['text', 'json', 'ndjson'] as const;
type Format = (typeof FORMATS)[number];
/** So many further files are named in text. JSON names all. */
const MOST_FILES = 5;

const { profile, awsRegion, endpoint, athena, trino } = TABLE_FLAGS.flags;
const { since, until, period } = EVENT_FLAGS.flags;

export const showCommand = defineCommand({
  name: 'show',
  description: 'print events whole, as they stand in their files, and where they stand',
  arguments: {
    given: listArgument(
      '<event-id|path...>',
      'event IDs, and the logs that may hold them (folders, files, s3://… or -), in any order (default: the paths of hunt.yml)',
    ),
  },
  options: {
    output: {
      heading: 'Output:',
      flags: {
        format: formatFlag(
          FORMATS,
          'text for people; json, a list, or ndjson for programs: with the file, line and number of each record',
        ),
      },
    },
    events: { heading: EVENT_FLAGS.heading, flags: { since, until, period } },
    reading: { heading: READING_FLAGS.heading, flags: { late: READING_FLAGS.flags.late } },
    aws: { heading: TABLE_FLAGS.heading, flags: { athena, trino, profile, awsRegion, endpoint } },
    general: CONFIG_FLAGS,
  },
  async run({ arguments: { given }, options }, context) {
    const { aws, events, output } = options;
    const { ids, paths: named } = idsAndLogs(given);
    if (aws.athena !== undefined || aws.trino !== undefined) throw refusedTable(ids);
    const config = readConfig(options.general.config);
    const paths = named.length > 0 ? named : (config?.paths ?? []);
    if (ids.length === 0 || paths.length === 0)
      throw new HuntError(
        'USAGE',
        `name the logs and an event ID: hunt show ./logs 93d8874c-8c86-40fc-a93d-be15c765ffa0`,
      );
    const found = await findInLogs(
      {
        ids,
        paths,
        window: givenWindow(events, undefined, context.now),
        late: lateOf(options.reading.late, config),
        s3: awsSettings(aws, config?.athena, context.environment),
      },
      context,
    );
    context.stdout.write(textOf(found.records, output.format));
    saySearch(found, context);
    return searchExitCode(found, context);
  },
});

function refusedTable([id = 'ID']: readonly string[]): HuntError {
  return new HuntError(
    'USAGE',
    `hunt show reads logs only. For a table: hunt --athena TABLE --rule all --event-id ${id} -f json shows the event if a rule matches it; or ask the engine: SELECT * FROM TABLE WHERE eventid = '${id}', with a condition on its partitions`,
  );
}

function textOf(records: readonly FoundRecord[], format: Format): string {
  switch (format) {
    case 'text':
      return records.map((record) => `${paragraph(record)}\n`).join('\n');
    case 'json':
      return `${safeJson(indented(`[${records.map(asJson).join(',')}]`))}\n`;
    case 'ndjson':
      // No string of JSON has a line feed.
      return records.map((record) => `${safeJson(asJson(record).replace(/\n */g, ''))}\n`).join('');
    default:
      return format satisfies never;
  }
}

function paragraph({ id, json, places }: FoundRecord): string {
  const [first, ...others] = places;
  if (first === undefined) return safeJson(json);
  const { file, line, record } = first;
  const named = others.slice(0, MOST_FILES).map((place) => safeLine(place.file));
  const more = others.length > MOST_FILES ? ', …' : '';
  const files = others.length === 1 ? 'file' : 'files';
  const also =
    others.length === 0
      ? []
      : [`and in ${others.length} more ${files}: ${named.join(', ')}${more}`];
  const where = `event ${safeLine(id)} in ${safeLine(file)}, line ${line}, record ${record}`;
  return [where, ...also, safeJson(json)].join('\n');
}

/** The record's own text stays as it is, with all digits of its numbers. */
function asJson({ id, json, places }: FoundRecord): string {
  return `{"eventID":${JSON.stringify(id)},"places":${JSON.stringify(places)},"event":${json}}`;
}
