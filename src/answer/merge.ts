/**
 * Merges the rows of a hunt's parts. CloudTrail delivers an event at least once, so several parts may have records of one
 * event. Such an event is taken out of its rows and gets a row of its own, as if one statement had read all parts. The rows
 * have no matches any more: the store of findings merges those itself.
 */
import { byCodePoint } from '../cloudtrail/canonical.js';
import { callKey } from './calls.js';
import { ruleId, type Query } from '../query/query.js';
import type { EventsRow, NearMiss, Reached } from './row.js';
import { MOST_KEYS, readEventKey, type EventKey } from './statement/event-key.js';
import { pushTo } from '../memory/grouped.js';

export interface Merged {
  readonly rows: readonly EventsRow[];
  /** The most events that may be counted twice, because a row had more events than it can have keys. */
  readonly uncertain: number;
}

/** A row of one part. */
interface PartRow {
  readonly row: EventsRow;
  readonly part: number;
  /** How many of its events are in no other part. */
  stay: number;
  /** How many of its events have no key in the row, because the list of keys was cut short. */
  readonly unnamed: number;
  /** How many of the unnamed events may also be in an earlier part. */
  readonly unnamedEarly: number;
}

/** The key of an event in one row. */
interface Sighting extends Omit<EventKey, 'identity'> {
  readonly from: PartRow;
}

/** Merges the rows of all parts; each part is a list. The keys of the merged rows mean nothing. */
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
  // A shorter list is complete: the events that are missing in it have no eventID, and such events never repeat.
  const unnamed = keys.length < MOST_KEYS ? 0 : row.events - keys.length;
  const isEarly = keys.every(({ early }) => early);
  const from = { row, part, stay: row.events, unnamed, unnamedEarly: isEarly ? unnamed : 0 };
  for (const { identity, ...key } of keys) pushTo(events, identity, { from, ...key });
  return from;
}

/**
 * The row of one event, as if one part had all of its records. The original rows count the records and have the time, so here
 * `records` is 0, and there is no time.
 */
function mergedRow(query: Query, sightings: readonly Sighting[]): readonly EventsRow[] {
  const rows = sightings.map(({ from }) => from.row);
  const [first] = rows;
  if (first === undefined) return [];
  return [
    {
      ...first,
      events: 1,
      records: 0,
      conflicting: isConflicting(sightings),
      reached: furthest(query, rows),
      cut: new Set(rows.flatMap(({ cut }) => [...cut])),
      call: firstCall(rows),
      first: undefined,
      last: undefined,
      nearMisses: distinct(rows.flatMap(({ nearMisses }) => nearMisses)),
      keys: undefined,
    },
  ];
}

/** Some parts read only the tested columns: then those of one part say nothing about the whole bodies of another. */
function isConflicting(sightings: readonly Sighting[]): boolean {
  const differ = (bodies: readonly (string | undefined)[]): boolean =>
    new Set(bodies.filter((body) => body !== undefined)).size > 1;
  return (
    sightings.some(({ from }) => from.row.conflicting) ||
    differ(sightings.map(({ body }) => body)) ||
    differ(sightings.map(({ tested }) => tested))
  );
}

/** For each rule, the furthest stage that any of the rows has. */
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

/** Of different calls the first by its text, whichever part was read first. */
function firstCall(rows: readonly EventsRow[]): EventsRow['call'] {
  const calls = rows.flatMap(({ call }) => call ?? []);
  return calls.toSorted((a, b) => byCodePoint(callKey(a), callKey(b)))[0];
}

function distinct(misses: readonly NearMiss[]): readonly NearMiss[] {
  const byText = misses.map(
    (miss) => [JSON.stringify({ ...miss, failed: [...miss.failed] }), miss] as const,
  );
  return [...new Map(byText).values()];
}
