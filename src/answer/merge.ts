/**
 * Puts the rows of a hunt's parts together. CloudTrail delivers at least once, so records of one event may lie in several parts:
 * such an event leaves its rows and becomes a row of its own, as if one statement had read all parts. Matches have left the rows
 * before: the store of findings recognises an event that it has already.
 */
import { ruleId, type Query } from '../query/query.js';
import type { EventsRow, NearMiss, Reached } from './row.js';
import { MOST_KEYS, readEventKey } from './statement/event-key.js';

export interface Merged {
  readonly rows: readonly EventsRow[];
  /** How many events may be counted twice, at most: a part had more events in a row than a row can name. */
  readonly uncertain: number;
}

/** A row of one part, and how many of its events stay there. */
interface PartRow {
  readonly row: EventsRow;
  readonly part: number;
  stay: number;
  /** How many of the events it does not name. */
  readonly unnamed: number;
  /** How many of the unnamed an earlier part may hold too. */
  readonly unnamedEarly: number;
}

/** An event as one row names it. */
interface Sighting {
  readonly from: PartRow;
  readonly body: string;
  readonly early: boolean;
}

/** The rows of all parts, each part a list; their keys are of no use any more. */
export function mergeParts(query: Query, parts: readonly (readonly EventsRow[])[]): Merged {
  if (parts.length < 2) return { rows: parts.flat(), uncertain: 0 };
  const events = new Map<string, Sighting[]>();
  const all = parts.flatMap((rows, part) => rows.map((row) => partRow(row, part, events)));
  const repeated = [...events.values()].filter((sightings) => sightings.length > 1);
  for (const sightings of repeated) for (const { from } of sightings) from.stay--;
  const incomplete = new Set(all.filter(({ unnamed }) => unnamed > 0).map(({ part }) => part));
  const isUncertain = (sightings: readonly Sighting[]): boolean =>
    sightings.every(({ early }) => early) &&
    [...incomplete].some((part) => sightings.every(({ from }) => from.part !== part));
  return {
    rows: [
      ...all.map(({ row, stay }) => ({ ...row, events: stay })),
      ...repeated.flatMap((sightings) => mergedRow(query, sightings)),
    ],
    uncertain:
      [...events.values()].filter(isUncertain).length +
      all.reduce((total, { unnamedEarly }) => total + unnamedEarly, 0),
  };
}

function partRow(row: EventsRow, part: number, events: Map<string, Sighting[]>): PartRow {
  const keys = (row.keys ?? []).map(readEventKey);
  // Events without an eventID are in no list, and never repeat.
  const unnamed = keys.length < MOST_KEYS ? 0 : row.events - keys.length;
  const isEarly = keys.every(({ early }) => early);
  const from = { row, part, stay: row.events, unnamed, unnamedEarly: isEarly ? unnamed : 0 };
  for (const { identity, body, early } of keys) {
    const known = events.get(identity);
    if (known === undefined) events.set(identity, [{ from, body, early }]);
    else known.push({ from, body, early });
  }
  return from;
}

/** One event as if its records had been read together. Its records are counted in the rows that it comes from. */
function mergedRow(query: Query, sightings: readonly Sighting[]): readonly EventsRow[] {
  const rows = sightings.map(({ from }) => from.row);
  const [first] = rows;
  if (first === undefined) return [];
  const bodies = new Set(sightings.map(({ body }) => body));
  return [
    {
      ...first,
      events: 1,
      records: 0,
      conflicting: bodies.size > 1 || rows.some(({ conflicting }) => conflicting),
      reached: furthest(query, rows),
      cut: new Set(rows.flatMap(({ cut }) => [...cut])),
      nearMisses: distinct(rows.flatMap(({ nearMisses }) => nearMisses)),
      keys: undefined,
    },
  ];
}

/** For each rule the furthest stage that any of the rows has for it. */
function furthest({ rules }: Query, rows: readonly EventsRow[]): EventsRow['reached'] {
  return new Map(
    rules.flatMap((rule) => {
      const order: readonly Reached[] = [...rule.stages.map(({ id }) => id), 'finding'];
      const reached = new Set(rows.flatMap((row) => row.reached.get(ruleId(rule)) ?? []));
      const last = order.findLast((stage) => reached.has(stage));
      return last === undefined ? [] : [[ruleId(rule), last]];
    }),
  );
}

function distinct(misses: readonly NearMiss[]): readonly NearMiss[] {
  const byText = misses.map(
    (miss) => [JSON.stringify({ ...miss, failed: [...miss.failed] }), miss] as const,
  );
  return [...new Map(byText).values()];
}
