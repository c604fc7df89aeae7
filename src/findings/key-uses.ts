/**
 * Compares the uses of keys in findings, which come in the order of reports: who used a key in the console, and whether what calls
 * itself Terraform behaves as before. Only findings are compared, so that nothing more is read.
 */
import type { HowFlag } from '../change/actor/flags.js';
import type { KeyUse, Program } from '../change/actor/key-use.js';
import { DAY, MINUTE } from '../cloudtrail/time/window.js';
import { pushTo } from '../memory/grouped.js';
import {
  addValue,
  isUsual,
  pointOf,
  valuesBefore,
  type EventTime,
  type Point,
  type Values,
} from './habit.js';

/** Within this time of Terraform, another program with its key is worth a look. */
const NEAR = 10 * MINUTE;
/** Uses of a key by other programs that are closer to each other are one. */
const APART = MINUTE;
/** Only a hostile log has findings with more. */
const MOST_KEYS = 50_000;
const MOST_POINTS = 200_000;

interface Habits {
  readonly since: number;
  readonly addresses: Values;
  readonly versions: Values;
}

export class KeyUses {
  readonly #terraform: ReadonlySet<string>;
  readonly #console = new Map<string, string | null>();
  /** By key, in order of time. */
  readonly #others = new Map<string, (Point & Pick<Program, 'tool'>)[]>();
  readonly #habits = new Map<string, Habits>();
  #points = 0;

  /** `terraform` has the keys that Terraform used. */
  constructor(terraform: ReadonlySet<string>) {
    this.#terraform = terraform;
  }

  add({ key, principal, console, program }: KeyUse, event: EventTime): void {
    if (console === 'yes' && !this.#console.has(key) && this.#console.size < MOST_KEYS)
      this.#console.set(key, event.eventID);
    const point = pointOf(event);
    if (program === null || point === undefined) return;
    if (program.isTerraform) this.#addHabits(principal, program, point);
    else if (this.#terraform.has(key)) this.#addOther(key, { ...point, tool: program.tool });
  }

  /** Why a use deserves a second look. To be asked once all uses have been added. */
  flags(
    { key, principal, console, program }: KeyUse,
    { eventTime }: EventTime,
  ): readonly HowFlag[] {
    if (this.#console.size === 0 && this.#habits.size === 0) return [];
    const inConsole = console === 'maybe' ? this.#console.get(key) : undefined;
    const flags: HowFlag[] = [];
    if (inConsole !== undefined)
      flags.push({
        reason: 'console session',
        text: 'AWS says of another call with the same session key that it comes from the console',
        eventID: inConsole,
      });
    if (program?.isTerraform !== true || eventTime === null) return flags;
    const at = Date.parse(eventTime);
    return [...flags, ...this.#otherToolFlags(key, at), ...this.#newFlags(principal, program, at)];
  }

  #addOther(key: string, point: Point & Pick<Program, 'tool'>): void {
    const before = this.#others.get(key)?.at(-1);
    if (this.#points >= MOST_POINTS) return;
    if (before !== undefined && point.at - before.at < APART) return;
    this.#points += 1;
    pushTo(this.#others, key, point);
  }

  #addHabits(principal: string, { address, version }: Program, point: Point): void {
    const known = this.#habits.get(principal);
    if (known === undefined && this.#habits.size >= MOST_KEYS) return;
    const habits = known ?? { since: point.at, addresses: new Map(), versions: new Map() };
    if (known === undefined) this.#habits.set(principal, habits);
    addValue(habits.addresses, address, point);
    addValue(habits.versions, version, point);
  }

  #otherToolFlags(key: string, at: number): readonly HowFlag[] {
    const other = firstFrom(this.#others.get(key) ?? [], at - NEAR);
    if (other === undefined || other.at > at + NEAR) return [];
    const text = `the same key acted within 10 minutes with another tool: ${other.tool}`;
    return [{ reason: 'another tool', text, eventID: other.eventID }];
  }

  #newFlags(principal: string, { address, version }: Program, at: number): readonly HowFlag[] {
    const habits = this.#habits.get(principal);
    if (habits === undefined) return [];
    const flags: HowFlag[] = [];
    if (isNew(habits.addresses, address, { since: habits.since, at }))
      flags.push({
        reason: 'new address',
        text: 'Terraform did not run from this address before, with this role or user',
        eventID: habits.addresses.get(address ?? '')?.eventID ?? null,
      });
    if (isNew(habits.versions, version, { since: habits.since, at }))
      flags.push({
        reason: 'new version',
        text: "this version of Terraform's provider was not used before, with this role or user",
        eventID: habits.versions.get(version ?? '')?.eventID ?? null,
      });
    return flags;
  }
}

/** The first point from an instant on. The points are in order. */
function firstFrom<P extends Point>(points: readonly P[], from: number): P | undefined {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? Infinity) < from) low = middle + 1;
    else high = middle;
  }
  return points[low];
}

/** A value is new for a day, if it comes a day after the first use or later, and if there are few before it. */
function isNew(
  values: Values,
  value: string | null,
  { since, at }: { readonly since: number; readonly at: number },
): boolean {
  const first = value === null ? undefined : values.get(value);
  if (first === undefined || first.at - since < DAY || at - first.at >= DAY) return false;
  return isUsual(valuesBefore(values, first.at).length);
}
