/** In which hours of the week there usually are records: at night and at weekends, most companies have few. */
import { HOUR } from '../../../cloudtrail/time/window.js';
import type { HourSpan } from '../../../cloudtrail/time/hour-span.js';

const WEEK = 168;
/** With one week, nothing tells a Sunday from any other day without records. */
const FEWEST_WEEKS = 2;

/**
 * How many hours of a gap usually have records, judged by the other weeks between the first and the last record (`active`). Undefined
 * where these are too few. The spans with records are in order.
 */
export function weekPattern(
  hours: readonly HourSpan[],
  active: HourSpan,
): ((gap: HourSpan) => number) | undefined {
  if (active.until - active.since < FEWEST_WEEKS * WEEK * HOUR) return undefined;
  const all = new Float64Array(WEEK);
  const busy = new Float64Array(WEEK);
  addTo(all, active);
  for (const span of hours) addTo(busy, span);
  return (gap) => {
    // A gap between two records must not be judged by itself. One before the first or after the last is in none of these weeks.
    const isInside = gap.since >= active.since && gap.until <= active.until;
    let sum = 0;
    eachSlot(gap, (slot, times) => {
      const others = (all[slot] ?? 0) - (isInside ? times : 0);
      if (others > 0) sum += (times * (busy[slot] ?? 0)) / others;
    });
    return sum;
  };
}

function addTo(counts: Float64Array, span: HourSpan): void {
  eachSlot(span, (slot, times) => (counts[slot] = (counts[slot] ?? 0) + times));
}

/** Calls back for each hour of the week that a span has, with how many times it has it. */
function eachSlot({ since, until }: HourSpan, then: (slot: number, times: number) => void): void {
  const length = (until - since) / HOUR;
  const weeks = Math.floor(length / WEEK);
  const begin = (((since / HOUR) % WEEK) + WEEK) % WEEK;
  for (let hour = 0; hour < Math.min(length, WEEK); hour++)
    then((begin + hour) % WEEK, weeks + Number(hour < length % WEEK));
}
