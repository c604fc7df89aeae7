/** Findings over time, in lanes: all, the actors with the most, and all others. */
import { formatInstant } from '../../cloudtrail/time/time.js';
import type { Lane, Timeline } from '../../report/overview.js';
import type { Facts } from '../facts.js';
import type { Mark } from './name-counts.js';
import { inNameOrder } from './names.js';
import { slotsFor, type Slot } from './steps.js';

const MOST_ACTORS = 8;

/** Slots of time in UTC; a long silence is one slot. Findings without a time are counted apart. */
export function timelineOf(facts: Facts): Timeline {
  const instants = [...facts.indexes()]
    .map((index) => facts.instantOf(index))
    .filter((instant) => !Number.isNaN(instant));
  const { step, slots } = slotsFor(Float64Array.from(instants).toSorted());
  return {
    step,
    slots: slots.map(({ since, until, isSilence }) => ({
      since: formatInstant(since),
      until: formatInstant(until),
      isSilence,
    })),
    lanes: lanesOf(facts, slots),
    undated: facts.length - instants.length,
  };
}

function lanesOf(facts: Facts, slots: readonly Slot[]): readonly Lane[] {
  if (facts.length === 0) return [];
  const busiest = busiestActors(facts);
  const actors = new Map(busiest.map(({ actor }) => [actor, new LaneCounts(slots.length)]));
  const all = new LaneCounts(slots.length);
  const others = new LaneCounts(slots.length);
  for (const index of facts.indexes()) {
    const mark = facts.markOf(index);
    const slot = slotAt(slots, mark.instant);
    for (const lane of [all, actors.get(facts.actorOf(index)) ?? others]) lane.add(slot, mark);
  }
  return [
    { kind: 'all', name: null, account: null, ...all.counts() },
    ...busiest.flatMap(({ actor, name, account }): readonly Lane[] => {
      const lane = actors.get(actor);
      return lane === undefined ? [] : [{ kind: 'actor', name, account, ...lane.counts() }];
    }),
    ...(others.findings === 0
      ? []
      : [{ kind: 'others', name: null, account: null, ...others.counts() } as const]),
  ];
}

/** In the order of the breakdown by principal. */
function busiestActors(facts: Facts) {
  const byActor = new Map<number, number>();
  for (const index of facts.indexes()) {
    const actor = facts.actorOf(index);
    byActor.set(actor, (byActor.get(actor) ?? 0) + 1);
  }
  const names = facts.actorNames();
  return [...byActor]
    .flatMap(([actor, findings]) => {
      const named = names[actor];
      return named === undefined || actor === facts.otherActors
        ? []
        : [{ actor, findings, ...named }];
    })
    .toSorted((a, b) => b.findings - a.findings || inNameOrder(a, b))
    .slice(0, MOST_ACTORS);
}

/** The last slot that begins at or before the instant; undefined without an instant. */
function slotAt(slots: readonly Slot[], instant: number): number | undefined {
  if (Number.isNaN(instant)) return undefined;
  let [low, high] = [0, slots.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((slots[middle]?.since ?? Infinity) <= instant) low = middle;
    else high = middle - 1;
  }
  return low;
}

class LaneCounts {
  findings = 0;
  readonly #counts: number[];
  readonly #exposed: number[];
  readonly #failed: number[];

  constructor(slots: number) {
    const zeros = (): number[] => Array.from({ length: slots }, () => 0);
    [this.#counts, this.#exposed, this.#failed] = [zeros(), zeros(), zeros()];
  }

  add(slot: number | undefined, { isExposed, isFailed }: Mark): void {
    this.findings += 1;
    if (slot === undefined) return;
    addOne(this.#counts, slot);
    if (isExposed) addOne(this.#exposed, slot);
    if (isFailed) addOne(this.#failed, slot);
  }

  counts(): Pick<Lane, 'findings' | 'counts' | 'exposed' | 'failed'> {
    return {
      findings: this.findings,
      counts: this.#counts,
      exposed: this.#exposed,
      failed: this.#failed,
    };
  }
}

function addOne(numbers: number[], index: number): void {
  numbers[index] = (numbers[index] ?? 0) + 1;
}
