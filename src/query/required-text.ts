/**
 * The text that must stand in the bytes of a record so that a test of a text can hold. Only runs of characters count that JSON
 * writes in one way: a reader that finds an escape which can stand for one of them takes the record for a possible match.
 */
import {
  anyOf,
  NOTHING_REQUIRED,
  type Requirement,
  type RequiredText,
} from '../cloudtrail/requirement.js';
import { isAscii } from '../cloudtrail/field/columns.js';
import type { Test } from '../rule/condition/condition.js';
import { readNetwork } from '../network/addresses.js';
import { groupedBy } from '../memory/grouped.js';
import { textsInMatches } from './regex-text.js';

/** In characters: the length of many first names. A shorter text stands in nearly every record. */
const SHORTEST = 3;
const LONGEST = 120;

/** A number inside JSON may come out of an engine in another spelling than the log has. */
const NUMBER = /^[-+]?[\d.]*(?:[eE][-+]?\d*)?$/;
/** What may stand between the strings of JSON text, which a log may write with blanks. */
const BETWEEN_STRINGS = /^[,:[\]{}\d+\-.eEtrufalsn]*$/;

export interface TextKind {
  /** Whether the value may be a number inside JSON. */
  readonly mayBeNumber: boolean;
}

/** What the test of a text requires; its values must be bound. */
export function requiredText(
  {
    op,
    values,
    ignoreCase,
  }: Pick<Test, 'op' | 'ignoreCase'> & { readonly values: readonly string[] },
  kind: TextKind,
): Requirement {
  const pieces = piecesOf(op);
  if (pieces === undefined) return NOTHING_REQUIRED;
  const texts = values.map((value) => {
    const own = pieces(value);
    return own === undefined ? undefined : safeText(own, { ignoreCase, ...kind });
  });
  const known = texts.filter((text) => text !== undefined);
  return known.length < texts.length ? NOTHING_REQUIRED : anyOf(together(known));
}

/** Fewer texts are looked for one by one. */
const MANY = 8;
/** What many texts begin with: the first letters of an access key say what kind of key it is. */
const PREFIX = 4;

/** Many texts that are alike are looked for together: somebody may have issued thousands of keys. */
function together(texts: readonly RequiredText[]): readonly Requirement[] {
  const groups = groupedBy(texts, ({ text, ignoreCase }) => {
    const isAlike = !ignoreCase && text.length >= 2 * PREFIX && isAscii(text);
    return isAlike ? `${text.length} ${text.slice(0, PREFIX)}` : '';
  });
  return [...groups].flatMap(([key, group]): readonly Requirement[] => {
    if (key === '' || group.length < MANY) return group;
    const own = new Set(group.map(({ text }) => text));
    const [first = ''] = own;
    return [{ kind: 'texts', prefix: first.slice(0, PREFIX), length: first.length, texts: own }];
  });
}

type Pieces = (value: string) => readonly string[] | undefined;

/** The texts that a value which passes the operator has in it. Undefined if the operator says nothing of them. */
function piecesOf(op: Test['op']): Pieces | undefined {
  switch (op) {
    case 'equals':
    case 'in':
    case 'startsWith':
    case 'endsWith':
    case 'contains':
    case 'mentions':
      return (value) => [value];
    case 'wildcard':
      return (value) => value.split(/[*?]/);
    case 'escapedWildcard':
      // Without the pieces that have an escape.
      return (value) => value.split(/\\.?|[*?]/su);
    case 'regex':
      return textsInMatches;
    case 'inCidr':
      return networkPieces;
    default:
      return undefined;
  }
}

/** The octets that all addresses of a network share. IPv6 has many spellings of one address. */
function networkPieces(value: string): readonly string[] | undefined {
  const network = readNetwork(value);
  if (network?.version !== 4) return undefined;
  const octets = Math.floor(network.prefix / 8);
  const shared = network.hex.match(/../g)?.slice(0, octets) ?? [];
  const text = shared.map((hex) => Number.parseInt(hex, 16)).join('.');
  return [octets === 4 ? text : `${text}.`];
}

/** The longest run of the texts that a reader can look for. */
function safeText(
  texts: readonly string[],
  { ignoreCase, mayBeNumber }: TextKind & Pick<Test, 'ignoreCase'>,
): RequiredText | undefined {
  // Without what JSON may escape, what does not come out of bytes that are no text, and surrogates.
  const split = texts.flatMap((text) => text.split(/[\0-\x1f"\\\x7f\ufffd]|\p{Cs}/u));
  const runs = split.flatMap((run) => {
    // Beyond ASCII, engines do not agree on the lower case of a letter.
    const plain = ignoreCase ? run.split(/[^\0-\x7f]/).map((part) => part.toLowerCase()) : [run];
    return plain.flatMap((part) => (BETWEEN_STRINGS.test(part) ? part.split(/[,:[\]{}]/) : [part]));
  });
  const usable = runs.filter((run) => run.length >= SHORTEST && !(mayBeNumber && NUMBER.test(run)));
  const [longest] = usable.toSorted((a, b) => b.length - a.length);
  if (longest === undefined) return undefined;
  const cut = longest.slice(0, LONGEST).replace(/\p{Cs}$/u, '');
  return { kind: 'text', text: cut, ignoreCase: ignoreCase && isAscii(cut) };
}
