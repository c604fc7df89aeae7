/**
 * Puts calls that are alike on one line of a time line: calls by the same actor, within a minute, that did the same to the same thing or
 * to others. Whoever reads secrets does not read one, and a page with a line for each hides what else was done. Two calls of one name
 * that did different things are not alike.
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
  /** On what the next ones were, without what the first was on: at most a few. */
  readonly others: readonly string[];
  /** How many things these are. */
  readonly things: number;
  /** Whether there may be more things than were told apart. */
  readonly areMore: boolean;
  /** Whether some of the next ones are on the same thing as the first. */
  readonly isAgain: boolean;
}

interface Open {
  readonly first: Finding;
  readonly number: number;
  readonly also: number[];
  count: number;
  until: string | null;
  /** What the calls were on, as texts that differ if the things do, each with a name for people. The first is that of the first call. */
  readonly things: Map<string, string>;
  isAgain: boolean;
}

/** Different things of one line that are told apart. */
const MOST_THINGS = 1000;
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
      addThing(known, finding);
      return;
    }
    // Lines stay in the order of their first calls, so all that are open before this one are closed with it.
    if (known !== undefined || this.#open.size === MOST_OPEN) yield* this.end();
    const { eventTime: until } = finding;
    const things = new Map([[thingKey(namesIn(finding)), '']]);
    const open = { first: finding, number, also: [], count: 1, until, things, isAgain: false };
    this.#open.set(key, open);
  }

  /** The lines that are open. */
  *end(): Generator<Alike> {
    for (const { things, ...line } of this.#open.values())
      yield {
        ...line,
        others: [...things.values()].slice(1, 1 + NAMED),
        things: things.size - 1,
        areMore: things.size === MOST_THINGS,
      };
    this.#open.clear();
  }
}

/** What lets others in always has a line of its own. */
function keyOf(finding: Finding): string {
  const { eventSource, eventName, errorCode, outcome, change, eventID, eventTime } = finding;
  if (outcome === 'succeeded' && change?.exposure?.direction === 'ingress')
    return JSON.stringify([eventID, eventTime]);
  const { rights, exposure } = change ?? {};
  const call = [eventSource, eventName, outcome, errorCode];
  return JSON.stringify([call, rights, exposure?.peer, doneIn(finding)]);
}

/** IDs that AWS gives, keys, and the times in names that programs make up: they tell things apart, and not what was done to them. */
const IDS = /\b[a-z]{1,24}-[\da-f]{8,17}\b|\bA[A-Z]{3}[A-Z\d]{8,124}\b|\d{10,}/g;

/** What was done, without on what. */
function doneIn(finding: Finding): string {
  let done = finding.change?.sentence ?? '';
  for (const name of namesIn(finding)) done = withoutWord(done, name);
  return done;
}

const IN_WORD = /^[\p{L}\p{N}_-]{2}$/u;

/** A text without a name. The same letters within a word are none: of a user `e`, the words of a sentence stay. */
function withoutWord(sentence: string, name: string): string {
  let kept = '';
  let from = 0;
  for (let at = sentence.indexOf(name); at !== -1; at = sentence.indexOf(name, at + 1)) {
    const end = at + name.length;
    const isPart = [at, end].some((edge) => IN_WORD.test(sentence.slice(edge - 1, edge + 1)));
    if (isPart || at < from) continue;
    kept += sentence.slice(from, at);
    from = end;
  }
  return kept + sentence.slice(from);
}

/** The names of what a call was on: those of its resources, and further IDs in its sentence. */
function namesIn({ change }: Finding): readonly string[] {
  const ofResources = (change?.resources ?? []).flatMap(({ id, name }) =>
    name === null || name === '' ? [id] : [id, name],
  );
  const names = [...ofResources, ...(change?.sentence.match(IDS) ?? [])].filter(Boolean);
  return [...new Set(names)];
}

function thingKey(names: readonly string[]): string {
  return JSON.stringify(names);
}

function addThing(open: Open, finding: Finding): void {
  const names = namesIn(finding);
  const key = thingKey(names);
  const [first = ''] = open.things.keys();
  if (key === first) open.isAgain = true;
  if (open.things.size >= MOST_THINGS || open.things.has(key)) return;
  const known = new Set(namesIn(open.first));
  open.things.set(key, names.find((name) => !known.has(name)) ?? names[0] ?? '');
}

function isNear(until: string | null, eventTime: string | null): boolean {
  if (until === null || eventTime === null) return until === eventTime;
  return Date.parse(eventTime) - Date.parse(until) <= LONGEST_PAUSE;
}
