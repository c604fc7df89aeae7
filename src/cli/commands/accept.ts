/** `hunt accept REPORT EVENT-ID…`: writes an exception for events of a report. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { member, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import { withException, nextId } from '../../disposition/exceptions/add.js';
import { endOf } from '../../disposition/exceptions/covers.js';
import { isExpiry, readExceptions } from '../../disposition/exceptions/read.js';
import { HuntError } from '../../errors.js';
import { findingsInFile } from '../../report/read/findings.js';
import { FileInTheWay, writeFiles } from '../../report/write.js';
import { safeLine } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-code.js';
import { textOfFile } from '../hunts/compared-with.js';
import { readConfig } from '../options/hunt-yml/config.js';
import { listArgument, requiredArgument, textFlag } from '../options/flags/flag.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { readDuration } from '../options/window.js';

const DEFAULT_FILE = 'exceptions.yml';

export const acceptCommand = defineCommand({
  name: 'accept',
  description: 'accept findings of a report until a day: writes an entry into exceptions.yml',
  arguments: {
    report: requiredArgument('<report>', 'a JSON or HTML report'),
    ids: listArgument('<event-id...>', 'the event IDs of the findings'),
  },
  options: {
    exception: {
      heading: 'Exception:',
      flags: {
        reason: textFlag('--reason <text>', 'why it is accepted'),
        expires: textFlag(
          '--expires <day>',
          'the last day on which it is accepted (UTC), 2026-12-31, or how long from today: 90d',
        ),
        owner: textFlag('--owner <name>', 'who is responsible for it (default: your user name)'),
        approver: textFlag('--approver <name>', 'who approved it'),
        ticket: textFlag('--ticket <id>', 'the ticket about it'),
        file: textFlag(
          '--file <file>',
          'the file to write to (default: exceptions of hunt.yml, else exceptions.yml)',
        ),
      },
    },
    general: CONFIG_FLAGS,
  },
  async run({ arguments: { report, ids }, options }, context) {
    const { exception: given } = options;
    const { environment, now, stderr, signal } = context;
    const reason = required(given.reason, '--reason');
    const expires = expiryOf(required(given.expires, '--expires'), now);
    const owner = required(
      given.owner ?? environment['USER'] ?? environment['USERNAME'] ?? userInfo().username,
      '--owner',
    );
    const path = given.file ?? readConfig(options.general.config)?.exceptions ?? DEFAULT_FILE;
    const eventIDs = [...new Set(ids)];
    const notes = notesOf(report, eventIDs);
    const text = textAt(path);
    const exceptions = readExceptions(text ?? '', safeLine(path));
    for (const { id, match, expires: until } of exceptions)
      if (endOf(until) > now && eventIDs.every((one) => match.eventIDs.includes(one)))
        throw new HuntError(
          'USAGE',
          `${safeLine(id)} of ${safeLine(path)} accepts it already, until ${until}`,
        );
    const id = nextId(exceptions);
    const exception = {
      id,
      reason,
      owner,
      approver: given.approver ?? null,
      ticket: given.ticket ?? null,
      expires,
      eventIDs,
    };
    const changed = withException(text ?? '', safeLine(path), { exception, notes });
    await replaced({ path, text, changed }, signal);
    stderr.write(`hunt: wrote ${id} (until ${expires}) to ${safeLine(path)}\n`);
    for (const note of notes) stderr.write(`hunt:   ${safeLine(note)}\n`);
    return EXIT.complete;
  },
});

/** Undefined where there is no file. */
function textAt(path: string): string | undefined {
  return existsSync(path) ? textOfFile(path) : undefined;
}

interface Replacement {
  readonly path: string;
  /** As it was read; undefined if it was not there. */
  readonly text: string | undefined;
  readonly changed: string;
}

/** Throws a HuntError if somebody has changed the file since it was read: their entry would be lost. */
async function replaced({ path, text, changed }: Replacement, signal: AbortSignal): Promise<void> {
  const force = text === undefined ? false : (): boolean => textAt(path) === text;
  try {
    await writeFiles([{ path, chunks: [changed] }], { force, signal });
  } catch (error) {
    if (!(error instanceof FileInTheWay)) throw error;
    throw new HuntError(
      'OUTPUT',
      `${safeLine(path)} was changed meanwhile: run the command again`,
      { cause: error },
    );
  }
}

function required(text: string | undefined, option: string): string {
  const trimmed = text?.trim() ?? '';
  if (trimmed !== '') return trimmed;
  throw new HuntError('USAGE', `hunt accept needs ${option}; see hunt accept --help`);
}

function expiryOf(text: string, now: number): string {
  const day = /^\d{1,6}[hdw]$/.test(text)
    ? formatInstant(now + readDuration({ text, where: '--expires' })).slice(0, 10)
    : text;
  if (!isExpiry(day))
    throw new HuntError(
      'USAGE',
      `--expires ${JSON.stringify(text)} is not a day: write 2026-12-31`,
    );
  if (endOf(day) <= now) throw new HuntError('USAGE', `--expires ${day} is over already`);
  return day;
}

/** What each event did. Throws a HuntError if the report does not have one of them. */
function notesOf(path: string, ids: readonly string[]): readonly string[] {
  if (ids.length === 0)
    throw new HuntError('USAGE', 'name the event IDs to accept: hunt accept report.json EVENT-ID');
  const notes = new Map<string, string>();
  for (const finding of findingsInFile(path)) {
    const { eventID } = finding;
    if (typeof eventID === 'string' && ids.includes(eventID) && !notes.has(eventID))
      notes.set(eventID, noteOf(finding));
    if (notes.size === ids.length) break;
  }
  const missing = ids.find((id) => !notes.has(id));
  if (missing !== undefined)
    throw new HuntError(
      'USAGE',
      `${safeLine(path)} has no finding with the event ID ${safeLine(missing)}`,
    );
  return ids.flatMap((id) => notes.get(id) ?? []);
}

/** `2026-01-13T02:07:12.000Z role/Admin (session dana): opened …` */
function noteOf({ eventTime, eventName, actor, change }: JsonObject): string {
  const who = textIn(actor, 'name') ?? 'somebody';
  const said =
    textIn(change, 'sentence') ??
    `called ${typeof eventName === 'string' ? eventName : 'something'}`;
  return `${typeof eventTime === 'string' ? `${eventTime} ` : ''}${who}: ${said}`;
}

function textIn(value: Json | undefined, key: string): string | undefined {
  const found = member(value ?? null, key);
  return typeof found === 'string' ? found : undefined;
}
