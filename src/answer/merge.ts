/**
 * Puts the rows of a hunt's parts together. Delivery is at least once, so copies of one event may lie in several parts:
 * such an event is taken out of its rows and becomes one row of its own, as if one statement had read them all. What was
 * found has left the rows before; the store of findings knows an event when it sees it again.
 */
import { parseJson } from '../cloudtrail/json.js';
import type { Row } from '../engine/engine.js';
import { MOST_IDS } from '../sql/statement/account.js';
import { numbersIn, toldIn } from './fold.js';

export interface Merged {
  readonly rows: readonly Row[];
  /** Events that may be counted twice, at most: a part had more events in a row than it could name. */
  readonly doubtful: number;
}

interface Own {
  readonly row: Row;
  readonly part: number;
  /** Of the events in the row, those that stay there. */
  stay: number;
  /** Of them, those that it does not name. */
  readonly unnamed: number;
  /** Of the unnamed, those that an earlier part may have too. */
  readonly unnamedEarly: number;
}

interface Seen {
  readonly own: Own;
  readonly body: string;
  /** From before the part's first day, so that an earlier part may have it too. */
  readonly early: boolean;
}

/** How `accountSql` writes an event's ID: one sign, then two digests of one length. */
const DIGEST = 24;

/** The rows of all parts. */
export function mergeParts(parts: readonly (readonly Row[])[]): Merged {
  if (parts.length < 2) return { rows: parts.flat(), doubtful: 0 };
  const seen = new Map<string, Seen[]>();
  const all = parts.flatMap((rows, part) => rows.map((row) => ownOf(row, part, seen)));
  const repeated = [...seen.values()].filter((copies) => copies.length > 1);
  for (const copies of repeated) for (const { own } of copies) own.stay--;
  const incomplete = new Set(all.filter(({ unnamed }) => unnamed > 0).map(({ part }) => part));
  const isDoubtful = (copies: readonly Seen[]): boolean =>
    copies.every(({ early }) => early) &&
    [...incomplete].some((part) => copies.every(({ own }) => own.part !== part));
  return {
    rows: [
      ...all.map(({ row, stay }) => ({ ...row, events: String(stay) })),
      ...repeated.map((copies) => mergedRow(copies)),
    ],
    doubtful:
      [...seen.values()].filter(isDoubtful).length +
      all.reduce((total, { unnamedEarly }) => total + unnamedEarly, 0),
  };
}

function ownOf(row: Row, part: number, seen: Map<string, Seen[]>): Own {
  const ids = parseJson(row['ids'] ?? '[]') as readonly string[];
  const events = Number(row['events']);
  // Events without an ID are in no list, and are no repeats.
  const unnamed = ids.length < MOST_IDS ? 0 : events - ids.length;
  const isEarly = ids.every((id) => id.startsWith('0'));
  const own = { row, part, stay: events, unnamed, unnamedEarly: isEarly ? unnamed : 0 };
  for (const id of ids) {
    const key = id.slice(1, 1 + DIGEST);
    const copy = { own, body: id.slice(1 + DIGEST), early: id.startsWith('0') };
    const known = seen.get(key);
    if (known === undefined) seen.set(key, [copy]);
    else known.push(copy);
  }
  return own;
}

/** One event as if its copies had been read together; its records are counted where they were. */
function mergedRow(copies: readonly Seen[]): Row {
  const rows = copies.map(({ own }) => own.row);
  const texts = (name: string): readonly string[] => rows.flatMap((row) => row[name] ?? []);
  const differ = new Set(copies.map(({ body }) => body)).size > 1;
  return {
    ...rows[0],
    stages: furthest(texts('stages')),
    omitted: [...new Set(texts('omitted').flatMap(numbersIn))].map((n) => ` ${n}`).join(''),
    missed: union(texts('missed')),
    conflicting: String(differ || texts('conflicting').includes('true')),
    events: '1',
    records: '0',
  };
}

/** For each rule the stage that any of the texts has for it, the furthest one. */
function furthest(texts: readonly string[]): string {
  const stages = new Map<number, number>();
  for (const [n, stage] of texts.flatMap(toldIn))
    stages.set(n, Math.max(stages.get(n) ?? 0, Number(stage)));
  return [...stages].map(([n, stage]) => ` ${n}=${stage}`).join('');
}

/** The distinct objects of several JSON lists, as one; null for none. */
function union(lists: readonly string[]): string | null {
  const objects = lists.flatMap((list) => parseJson(list) as readonly unknown[]);
  if (objects.length === 0) return null;
  return `[${[...new Set(objects.map((object) => JSON.stringify(object)))].join(',')}]`;
}
