/** Adds entries to `allow` in the text of `hunt.yml`. The rest of the text stays as it is, with its comments. */
import { Document, isMap, isScalar, isSeq, parseDocument, stringify, YAMLSeq } from 'yaml';
import { HuntError } from '../../../errors.js';
import { safeLine } from '../../../text/safe-text.js';
import { truncate } from '../../../text/width.js';
import { configIn } from './config.js';

export interface AllowedEntry {
  /** One line, which stands above the entry. */
  readonly comment: string;
  readonly entry: object;
}

const LINE = 160;
/** Each value is a text, as hunt reads it: YAML would write the account 012345678901 anew as a number, without the zero. */
const AS_SPELLED = { schema: 'failsafe' } as const;

/** The text of hunt.yml with these entries added to `allow`. Throws a HuntError if the text has a mistake, or cannot be changed. */
export function withAllowed(text: string, path: string, added: readonly AllowedEntry[]): string {
  const before = allowedIn(text, path);
  const document: Document = parseDocument(text, AS_SPELLED);
  const candidates = [() => written(text, document, added), () => rebuilt(document, added)];
  for (const candidate of candidates) {
    const changed = candidate();
    if (changed !== undefined && isWith(changed, path, before + added.length)) return changed;
  }
  throw new HuntError('CONFIG', `cannot add to allow in ${safeLine(path)}: add the entry by hand`);
}

/** How many exclusions the text adds. */
function allowedIn(text: string, path: string): number {
  return text.trim() === '' ? 0 : configIn(Buffer.from(text), path, true).exclusions.add.length;
}

function isWith(text: string, path: string, count: number): boolean {
  try {
    return allowedIn(text, path) === count;
  } catch {
    return false;
  }
}

/** The text with lines more, where `allow` is a plain list or missing. */
function written(
  text: string,
  { contents }: Document,
  added: readonly AllowedEntry[],
): string | undefined {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = (indent: string): string =>
    added
      .flatMap((one) => [
        `# ${commentOf(one)}`,
        ...stringify([one.entry], { lineWidth: 0 }).trimEnd().split('\n'),
      ])
      .map((line) => `${indent}${line}${newline}`)
      .join('');
  const insertedAt = (at: number, inserted: string): string => {
    const head = text.slice(0, at);
    return `${head}${head === '' || head.endsWith('\n') ? '' : newline}${inserted}${text.slice(at)}`;
  };
  if (contents === null) return insertedAt(text.length, `allow:${newline}${lines('  ')}`);
  if (!isMap(contents) || contents.flow === true) return undefined;
  const list = contents.get('allow', true);
  if (list === undefined) {
    const space = text.endsWith('\n') ? newline : `${newline}${newline}`;
    return insertedAt(text.length, `${space}allow:${newline}${lines('  ')}`);
  }
  // All entries are comments, as hunt init writes its questions.
  if (isNothing(list)) {
    const line = /^allow:[ \t]*(?:#.*)?(?:\r?\n|$)/m.exec(text);
    return line === null ? undefined : insertedAt(line.index + line[0].length, lines('  '));
  }
  if (!isSeq(list) || list.flow === true || list.items.length === 0) return undefined;
  const start = list.range?.[0] ?? 0;
  const column = start - text.lastIndexOf('\n', start - 1) - 1;
  const last = list.items.at(-1);
  const end = isNodeWithRange(last) ? last.range[1] : undefined;
  if (end === undefined) return undefined;
  // A block ends at the beginning of a line; another value, or a comment beside it, ends with its line.
  const atLineStart = end > 0 && text[end - 1] === '\n';
  const lineEnd = text.indexOf('\n', end);
  const at = atLineStart ? end : lineEnd < 0 ? text.length : lineEnd + 1;
  return insertedAt(at, lines(' '.repeat(column)));
}

/** Whether nothing stands behind the key. */
function isNothing(node: unknown): boolean {
  return isScalar(node) && node.source === '' && node.type === 'PLAIN';
}

function isNodeWithRange(
  node: unknown,
): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

/** The document written anew, with its comments: for lists in brackets, and for what is no list. */
function rebuilt(document: Document, added: readonly AllowedEntry[]): string {
  const list = document.get('allow', true);
  const sequence = isSeq(list) ? list : new YAMLSeq();
  if (list !== undefined && !isSeq(list) && !isNothing(list)) sequence.add(list);
  for (const one of added) {
    const node = parseDocument(stringify(one.entry, { lineWidth: 0 }), AS_SPELLED).contents;
    if (node === null) continue;
    node.commentBefore = ` ${commentOf(one)}`;
    sequence.add(node);
  }
  sequence.flow = false;
  if (document.contents === null) document.contents = document.createNode({});
  document.set('allow', sequence);
  return document.toString({ lineWidth: 0 });
}

function commentOf({ comment }: AllowedEntry): string {
  return truncate(safeLine(comment), LINE);
}
