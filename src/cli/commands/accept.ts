/** `hunt accept REPORT EVENT-ID…`: writes an exception for events of a report. */
import { member, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { withException, nextId } from '../../disposition/exceptions/add.js';
import { endOf } from '../../disposition/exceptions/covers.js';
import { readExceptions } from '../../disposition/exceptions/read.js';
import { HuntError } from '../../errors.js';
import { calledText } from '../../report/called.js';
import { findingsInFile } from '../../report/read/findings.js';
import { safeLine } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-code.js';
import { exceptionsToWrite } from '../options/exceptions-file.js';
import { readConfig } from '../options/hunt-yml/config.js';
import { listArgument, requiredArgument, textFlag } from '../options/flags/flag.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { lastDay } from '../options/time/last-day.js';
import { userName } from '../options/user-name.js';
import { textIfThere } from '../files/read-file.js';
import { replaceFile } from '../files/replace-file.js';

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
    const { now, stderr, signal } = context;
    const reason = required(given.reason, '--reason');
    const expires = lastDay(required(given.expires, '--expires'), { where: '--expires', now });
    const owner = required(given.owner ?? userName(context), '--owner');
    const path = exceptionsToWrite(given.file, readConfig(options.general.config));
    const eventIDs = [...new Set(ids)];
    const notes = notesOf(report, eventIDs);
    const text = textIfThere(path);
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
    await replaceFile({ path, text, changed }, signal);
    stderr.write(`hunt: wrote ${id} (until ${expires}) to ${safeLine(path)}\n`);
    for (const note of notes) stderr.write(`hunt:   ${safeLine(note)}\n`);
    return EXIT.complete;
  },
});

function required(text: string | undefined, option: string): string {
  const trimmed = text?.trim() ?? '';
  if (trimmed !== '') return trimmed;
  throw new HuntError('USAGE', `hunt accept needs ${option}; see hunt accept --help`);
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
      `${safeLine(path)} has no finding with the event ID ${safeLine(missing)}: hunt view ${safeLine(path)} prints those that it has`,
    );
  return ids.flatMap((id) => notes.get(id) ?? []);
}

/** `2026-01-13T02:07:12.000Z role/Admin (session dana): opened …` */
function noteOf({ eventTime, eventName, actor, change }: JsonObject): string {
  const who = textIn(actor, 'name') ?? 'somebody';
  const said =
    textIn(change, 'sentence') ?? calledText(typeof eventName === 'string' ? eventName : null);
  return `${typeof eventTime === 'string' ? `${eventTime} ` : ''}${who}: ${said}`;
}

function textIn(value: Json | undefined, key: string): string | undefined {
  const found = member(value ?? null, key);
  return typeof found === 'string' ? found : undefined;
}
