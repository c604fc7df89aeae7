/**
 * Finds what somebody does for the first time: an actor who was not there before, or a network, a tool or a call that an actor did not
 * use before. Only findings are compared, those of this hunt and, in a scheduled report, those of its earlier runs.
 */
import type { HowFlag } from '../change/actor/flags.js';
import { HABITS, type FirstUse, type Habit } from '../change/actor/first-use.js';
import type { SeenActor, SeenBefore } from '../change/actor/seen-before.js';
import { DAY } from '../cloudtrail/time/window.js';
import {
  addValue,
  isUsual,
  pointOf,
  valuesBefore,
  type EventTime,
  type Point,
  type Values,
} from './habit.js';

/** That something was not there before says little, if there are findings of fewer days than this. */
const LEAST_DAYS = 7;
/** After a longer pause without any finding, nobody knows what was there meanwhile: perhaps the logs were not. */
const LONGEST_PAUSE = 30 * DAY;
/** Only a hostile log has findings with more. */
const MOST_ACTORS = 50_000;

interface Habits {
  readonly first: Point;
  /** When the second day with findings began; undefined before. */
  secondDay: number | undefined;
  isAlone: boolean;
  readonly values: Readonly<Record<Habit, Values>>;
}

export interface FirstUseContext {
  /** Null where earlier runs do not count. */
  readonly seen: SeenBefore | null | undefined;
  /** Whether another flag says already that the address is new. */
  readonly isNewAddress: boolean;
}

/** The uses of all actors in the findings. First all are added; then each is asked what is new in it. */
export class FirstUses {
  readonly #actors = new Map<string, Habits>();
  /** When findings began, and began again after a long pause. */
  readonly #starts: number[] = [];
  #last = -Infinity;

  /** Adds a use. They come in the order of time. */
  add(use: FirstUse, event: EventTime): void {
    const point = pointOf(event);
    if (point === undefined) return;
    if (point.at - this.#last > LONGEST_PAUSE) this.#starts.push(point.at);
    this.#last = point.at;
    const known = this.#actors.get(use.actor);
    if (known === undefined && this.#actors.size >= MOST_ACTORS) return;
    const habits = known ?? beginning(point);
    if (known === undefined) this.#actors.set(use.actor, habits);
    else habits.isAlone = false;
    if (dayOf(point) > dayOf(habits.first)) habits.secondDay ??= point.at;
    for (const habit of HABITS) addValue(habits.values[habit], use[habit], point);
  }

  /** What is new in a use. To be asked once all uses have been added. */
  flags(
    use: FirstUse,
    event: EventTime,
    { seen, isNewAddress }: FirstUseContext,
  ): readonly HowFlag[] {
    const here = pointOf(event);
    if (here === undefined || seen === null) return [];
    const { at, eventID } = here;
    const start = this.#starts.findLast((one) => one <= at) ?? at;
    const days = Math.floor((at - Math.min(seen?.since ?? start, start)) / DAY);
    if (days < LEAST_DAYS) return [];
    const habits = this.#actors.get(use.actor);
    if (habits === undefined) return [];
    const isHere = (point: Point | undefined): boolean =>
      point?.at === at && point.eventID === eventID;
    const before = seen?.actor(use.actor);
    const news =
      before === undefined && isHere(habits.first)
        ? // Who is there once in a report would be new with each finding. After earlier runs, that is worth a look.
          habits.isAlone && seen === undefined
          ? []
          : ['']
        : HABITS.flatMap((habit) =>
            !(habit === 'network' && isNewAddress) &&
            isNew(habit, { use, habits, before, at, isHere })
              ? [WORDS[habit](use[habit] ?? '')]
              : [],
          );
    if (news.length === 0) return [];
    const what = news.join(',');
    return [
      {
        reason: 'first time',
        text: `first time in ${days} days: ${use.name}${what}`,
        eventID: null,
      },
    ];
  }
}

const WORDS: Readonly<Record<Habit, (value: string) => string>> = {
  network: (value) => ` from ${value}`,
  tool: (value) => ` with ${value}`,
  call: (value) => ` calls ${value}`,
};

function beginning(first: Point): Habits {
  return {
    first,
    secondDay: undefined,
    isAlone: true,
    values: { network: new Map(), tool: new Map(), call: new Map() },
  };
}

function dayOf({ at }: Pick<Point, 'at'>): number {
  return Math.floor(at / DAY);
}

interface Question {
  readonly use: FirstUse;
  readonly habits: Habits;
  readonly before: SeenActor | undefined;
  readonly at: number;
  readonly isHere: (point: Point | undefined) => boolean;
}

/** New is what an actor with few and settled habits did not use before: it was there on two other days, or in earlier runs. */
function isNew(habit: Habit, { use, habits, before, at, isHere }: Question): boolean {
  const value = use[habit];
  if (value === null || before?.has(habit, value) === true) return false;
  const values = habits.values[habit];
  if (!isHere(values.get(value))) return false;
  // Where earlier runs have seen it, this is another day.
  const since = before === undefined ? habits.secondDay : habits.first.at;
  const isSettled = before?.onSeveralDays === true || (since !== undefined && since < at);
  if (!isSettled) return false;
  const own = valuesBefore(values, at).filter((other) => before?.has(habit, other) !== true);
  const usual = own.length + (before?.count(habit) ?? 0);
  return usual > 0 && isUsual(usual);
}
