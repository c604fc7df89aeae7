/**
 * Puts calls that are alike on one line of a time line: the same call by the same actor, within a minute. Whoever reads secrets does
 * not read one, and a page with a line for each hides what else was done.
 */
import type { Finding } from '../../finding.js';

/** In milliseconds. */
const LONGEST_PAUSE = 60_000;
/** So many lines wait for calls that are like theirs. A program may make any number of different calls. */
const MOST_OPEN = 200;
const NAMED = 4;

export interface Alike {
  readonly first: Finding;
  /** The place of the first in the report, from 1. */
  readonly number: number;
  /** The places of the next ones, as far as they are kept. */
  readonly also: readonly number[];
  /** How many there are, with the first. */
  readonly count: number;
  /** The time of the last. */
  readonly until: string | null;
  /** The resources of the next ones, each once and not that of the first: at most a few. */
  readonly others: readonly string[];
  /** How many different resources the calls have, as far as they were told apart. */
  readonly resources: number;
}

interface Open {
  readonly first: Finding;
  readonly number: number;
  readonly also: number[];
  count: number;
  until: string | null;
  readonly resources: Set<string>;
}

/** Different resources of one line that are told apart. */
const MOST_RESOURCES = 1000;
/** Places of one line that are kept. */
const MOST_PLACES = 1000;

/** The findings of one run, in their order. A line stands where its first call does. */
export class AlikeLines {
  readonly #open = new Map<string, Open>();

  /** Adds a finding, and gives the lines that are complete with it. */
  *add(finding: Finding, number: number): Generator<Alike> {
    const key = keyOf(finding);
    const known = this.#open.get(key);
    if (known !== undefined && isNear(known.until, finding.eventTime)) {
      known.count += 1;
      if (known.also.length < MOST_PLACES) known.also.push(number);
      known.until = finding.eventTime;
      addResource(known.resources, finding);
      return;
    }
    // Lines stay in the order of their first calls, so all that are open before this one are closed with it.
    if (known !== undefined || this.#open.size === MOST_OPEN) yield* this.end();
    const resources = new Set<string>();
    addResource(resources, finding);
    const { eventTime: until } = finding;
    this.#open.set(key, { first: finding, number, also: [], count: 1, until, resources });
  }

  /** The lines that are open. */
  *end(): Generator<Alike> {
    for (const { first, number, also, count, until, resources } of this.#open.values())
      yield {
        first,
        number,
        also,
        count,
        until,
        others: [...resources].slice(1, 1 + NAMED),
        resources: resources.size,
      };
    this.#open.clear();
  }
}

/** What lets others in always has a line of its own. */
function keyOf(finding: Finding): string {
  const { eventSource, eventName, errorCode, outcome, change, eventID, eventTime } = finding;
  if (outcome === 'succeeded' && change?.exposure?.direction === 'ingress')
    return JSON.stringify([eventID, eventTime]);
  return JSON.stringify([eventSource, eventName, outcome, errorCode]);
}

function addResource(resources: Set<string>, { change }: Finding): void {
  const [resource] = change?.resources ?? [];
  if (resource !== undefined && resources.size < MOST_RESOURCES) resources.add(resource.id);
}

function isNear(until: string | null, eventTime: string | null): boolean {
  if (until === null || eventTime === null) return until === eventTime;
  return Date.parse(eventTime) - Date.parse(until) <= LONGEST_PAUSE;
}
