/**
 * What the runs of a scheduled report have seen of the habits of actors: which networks, tools and calls each of them had. Hashes
 * with a number, so that months of it take little: the number of an actor says on which day it was last seen, and how much it had.
 */
import { firstUseOf, HABITS, type FirstUse, type Habit } from '../change/actor/first-use.js';
import type { SeenActor, SeenBefore } from '../change/actor/seen-before.js';
import type { Period } from '../cloudtrail/time/period.js';
import { DAY } from '../cloudtrail/time/window.js';
import type { Finding } from '../report/finding.js';
import { shortHash, type ShortHash } from '../text/short-hash.js';
import { NumberedHashList } from './hash-list.js';

/** What was not seen for longer is forgotten. */
const MOST_DAYS = 90;
/** Of actors and what they had. With more, nothing is said to be new. */
const MOST_SEEN = 500_000;

/** The number of an actor: 16 bits for the day, one for several days, and four for the count of each habit. */
const SEVERAL = 1 << 16;
const COUNT_BITS = 4;
const MOST_COUNTED = (1 << COUNT_BITS) - 1;

export class SeenMemory implements SeenBefore {
  readonly since: number;
  readonly #list: NumberedHashList;

  constructor(list: NumberedHashList, since: number) {
    this.#list = list;
    this.since = since;
  }

  /** Whether it has had to leave something out. */
  get isFull(): boolean {
    return this.#list.length >= MOST_SEEN;
  }

  actor(key: string): SeenActor | undefined {
    const number = this.#list.numberOf(actorHash(key));
    if (number === undefined) return undefined;
    return {
      onSeveralDays: (number & SEVERAL) !== 0,
      has: (habit, value) => this.#list.has(valueHash(key, habit, value)),
      count: (habit) => countIn(number, habit),
    };
  }

  *entries(): Generator<readonly [ShortHash, number]> {
    yield* this.#list.entries();
  }
}

/** From when on the memory after a run knows everything. */
export function rememberedSince(
  before: SeenMemory | undefined,
  { since, until }: Pick<Period, 'since' | 'until'>,
): number {
  return Math.max(before?.since ?? since, until - MOST_DAYS * DAY);
}

/** The memory after a run, with what is recent enough. `until` is the end of its period. */
export function remembered(
  before: SeenMemory | undefined,
  findings: Iterable<Finding>,
  until: number,
): NumberedHashList {
  const oldest = dayOf(until) - MOST_DAYS;
  const numbers = new Map<ShortHash, number>();
  for (const [one, number] of before?.entries() ?? [])
    if ((number & 0xffff) >= oldest) numbers.set(one, number);
  for (const finding of findings) {
    const use = firstUseOf(finding, finding);
    if (use === undefined || finding.eventTime === null) continue;
    const day = dayOf(Date.parse(finding.eventTime));
    if (day >= oldest && day <= 0xffff) remember(numbers, use, day);
  }
  return NumberedHashList.of(numbers);
}

function remember(numbers: Map<ShortHash, number>, use: FirstUse, day: number): void {
  const actor = actorHash(use.actor);
  let number = numbers.get(actor) ?? day;
  for (const habit of HABITS) {
    const value = use[habit];
    if (value === null) continue;
    const hash = valueHash(use.actor, habit, value);
    const known = numbers.get(hash);
    if (known === undefined) number = withOneMore(number, habit);
    if (known !== undefined || numbers.size < MOST_SEEN)
      numbers.set(hash, Math.max(known ?? 0, day));
  }
  const last = number & 0xffff;
  if (last !== day) number |= SEVERAL;
  number = (number & ~0xffff) | Math.max(last, day);
  if (numbers.has(actor) || numbers.size < MOST_SEEN) numbers.set(actor, number);
}

function shiftOf(habit: Habit): number {
  return 17 + HABITS.indexOf(habit) * COUNT_BITS;
}

function countIn(number: number, habit: Habit): number {
  return (number >> shiftOf(habit)) & MOST_COUNTED;
}

function withOneMore(number: number, habit: Habit): number {
  return countIn(number, habit) === MOST_COUNTED ? number : number + (1 << shiftOf(habit));
}

function dayOf(instant: number): number {
  return Math.floor(instant / DAY);
}

function actorHash(actor: string): ShortHash {
  return shortHash(JSON.stringify([actor]));
}

function valueHash(actor: string, habit: Habit, value: string): ShortHash {
  return shortHash(JSON.stringify([actor, habit, value]));
}
