/**
 * Reads the text that Athena, Presto and Trino make of a struct: `{type=IAMUser, arn=arn:aws:iam::…, sessioncontext=null}`. Its
 * values have no quotes, so not every such text can be read. One that allows two readings is not read at all.
 */
import type { Column, ColumnType } from '../field/columns.js';
import type { Json } from '../json.js';
import { FURTHER_FIELDS } from '../field/further-fields.js';
import { columnOf, plainName } from './names.js';

/** The struct or list that a text holds; undefined if it holds none, or if it is in doubt which. */
export function structText(text: string, type: ColumnType): Json | undefined {
  const value = valueOf(text.trim(), type);
  return typeof value === 'object' ? value : undefined;
}

/** The value that a text holds. Its braces and brackets belong to structs and lists alone. */
function valueOf(text: string, type: ColumnType): Json | undefined {
  if (text === 'null') return null;
  switch (type.kind) {
    case 'text':
    case 'json':
      return /[{}[\]]/.test(text) ? undefined : text;
    case 'struct':
      return objectOf(inside(text, '{', '}'), (key) => columnOf(type.members, key) ?? further(key));
    case 'map':
      return objectOf(inside(text, '{', '}'), textColumn);
    case 'list':
      return listOf(inside(text, '[', ']'), type.of);
    default:
      return type satisfies never;
  }
}

function textColumn(name: string): Column {
  return { name, column: name, type: { kind: 'text' } };
}

const FURTHER = new Set(FURTHER_FIELDS.map(({ name }) => plainName(name.split('.').at(-1) ?? '')));

/** A member that AWS documents and that its table for Athena does not have. */
function further(key: string): Column | undefined {
  return FURTHER.has(plainName(key)) ? textColumn(key) : undefined;
}

/** The text between its first and its last sign. */
function inside(text: string, first: string, last: string): string | undefined {
  return text.length > 1 && text.startsWith(first) && text.endsWith(last)
    ? text.slice(1, -1)
    : undefined;
}

/** Every key must be known, and stand once: a value may have a comma and an equals sign, and must not pass for a member. */
function objectOf(
  text: string | undefined,
  memberNamed: (key: string) => Column | undefined,
): Json | undefined {
  if (text === undefined) return undefined;
  const members = new Map<string, Json>();
  for (const part of text.trim() === '' ? [] : partsOf(text)) {
    const [, key = '', rest = ''] = /^\s*([^=\s{}]+)=(.*)$/s.exec(part) ?? [];
    const member = memberNamed(key);
    const value = member && valueOf(rest, member.type);
    if (value === undefined || members.has(key)) return undefined;
    members.set(key, value);
  }
  return Object.fromEntries(members);
}

function listOf(text: string | undefined, type: ColumnType): Json | undefined {
  if (text === undefined) return undefined;
  const items = text.trim() === '' ? [] : partsOf(text).map((part) => valueOf(part.trim(), type));
  return items.every((item) => item !== undefined) ? items : undefined;
}

/** The texts between the commas that are in no brace and that a key, or another struct, follows. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if ('{['.includes(sign)) depth++;
    else if ('}]'.includes(sign)) depth--;
    else if (sign === ',' && depth === 0 && isSeparator(text, at)) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

const next = /\s+(?:[^=\s{}[\],]+=|\{)/y;

function isSeparator(text: string, comma: number): boolean {
  next.lastIndex = comma + 1;
  return next.test(text);
}
