/** Adds an exception to the text of `exceptions.yml`. The rest of the text stays as it is, with its comments. */
import { Document, parseDocument, YAMLSeq } from 'yaml';
import { HuntError } from '../../errors.js';
import { safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';
import type { Exception } from './exception.js';
import { readExceptions } from './read.js';

/** An exception for events. */
export interface EventException extends Omit<Exception, 'match'> {
  readonly eventIDs: readonly string[];
}

const LINE = 160;

/** The new text. `notes` say above the entry what its events did. Throws a HuntError where the text has a mistake. */
export function withException(
  text: string,
  file: string,
  { exception, notes }: { readonly exception: EventException; readonly notes: readonly string[] },
): string {
  const before = readExceptions(text, file).length;
  const comment = notes.map((note) => ` ${truncate(safeLine(note), LINE)}`).join('\n');
  const document: Document = parseDocument(text);
  const list = document.contents;
  const isPlain = list instanceof YAMLSeq && list.flow !== true && list.items.length > 0;
  const changed = isPlain ? appended(text, list, { exception, comment }) : undefined;
  if (changed !== undefined && isWith(changed, file, before + 1)) return changed;
  // An empty file, or a list in brackets.
  if (!(list instanceof YAMLSeq)) document.contents = document.createNode([]);
  const sequence = document.contents;
  if (!(sequence instanceof YAMLSeq))
    throw new HuntError('CONFIG', `${file} must be a list of exceptions`);
  const node = document.createNode(entryOf(exception));
  node.commentBefore = comment;
  sequence.flow = false;
  sequence.add(node);
  return document.toString({ lineWidth: 0 });
}

/** Adds the entry below the others, in their column. */
function appended(
  text: string,
  list: YAMLSeq,
  { exception, comment }: { readonly exception: EventException; readonly comment: string },
): string {
  const start = list.range?.[0] ?? 0;
  const indent = ' '.repeat(start - text.lastIndexOf('\n', start - 1) - 1);
  const entry = new Document([entryOf(exception)]).toString({ lineWidth: 0 });
  const lines = [...comment.split('\n').map((line) => `#${line}`), ...entry.trimEnd().split('\n')];
  const newline = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${newline}${lines.map((line) => `${indent}${line}\n`).join('')}`;
}

function isWith(text: string, file: string, count: number): boolean {
  try {
    return readExceptions(text, file).length === count;
  } catch {
    return false;
  }
}

function entryOf({ eventIDs, ...exception }: EventException): object {
  const given = Object.entries(exception).filter(([, value]) => value !== null);
  const eventID = eventIDs.length === 1 ? eventIDs[0] : eventIDs;
  return { ...Object.fromEntries(given), match: { eventID } };
}

/** `EX-4` after `EX-3`. */
export function nextId(exceptions: readonly Pick<Exception, 'id'>[]): string {
  const numbers = exceptions.map(({ id }) => Number(/^EX-(\d{1,9})$/.exec(id)?.[1] ?? 0));
  return `EX-${numbers.reduce((most, one) => Math.max(most, one), 0) + 1}`;
}
