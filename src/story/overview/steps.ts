/** The slots of the timeline: from the times of findings, the shortest step that a chart has room for. */
import { DAY, HOUR, MINUTE } from '../../cloudtrail/time/window.js';
import { TIMELINE_STEPS, type TimelineStep } from '../../report/overview.js';

/** `[since, until)`, in milliseconds. */
export interface Slot {
  readonly since: number;
  readonly until: number;
  readonly isSilence: boolean;
}

interface Steps {
  /** The number of the step with an instant. */
  readonly indexOf: (instant: number) => number;
  readonly startOf: (index: number) => number;
}

/** They fit on a line of a terminal with 80 columns. */
const MOST_SLOTS = 76;
const MOST_SILENCES = 4;
/** A silence of more steps is one slot. */
const LONGEST_EMPTY = 8;

/** A Monday. */
const WEEK_ZERO = -3 * DAY;

const STEPS: Readonly<Record<TimelineStep, Steps>> = {
  '1 minute': equal(MINUTE),
  '5 minutes': equal(5 * MINUTE),
  '15 minutes': equal(15 * MINUTE),
  '1 hour': equal(HOUR),
  '6 hours': equal(6 * HOUR),
  '1 day': equal(DAY),
  '1 week': equal(7 * DAY, WEEK_ZERO),
  '1 month': months(1),
  '3 months': months(3),
  '1 year': months(12),
  '10 years': months(120),
  '100 years': months(1200),
};

function equal(length: number, zero = 0): Steps {
  return {
    indexOf: (instant) => Math.floor((instant - zero) / length),
    startOf: (index) => zero + index * length,
  };
}

/** Steps of the calendar, counted from the year 0. */
function months(many: number): Steps {
  return {
    indexOf: (instant) => {
      const date = new Date(instant);
      return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / many);
    },
    startOf: (index) => new Date(0).setUTCFullYear(0, index * many, 1),
  };
}

/** The step and its slots, for instants in order. The years of CloudTrail's times, 1000 to 2999, always fit into the last step. */
export function slotsFor(instants: Iterable<number>): {
  readonly step: TimelineStep;
  readonly slots: readonly Slot[];
} {
  for (const step of TIMELINE_STEPS) {
    const slots = slotsOf(instants, STEPS[step]);
    if (slots !== undefined) return { step, slots };
  }
  return { step: '100 years', slots: [] };
}

/** Undefined where there would be too many slots or silences. */
function slotsOf(
  instants: Iterable<number>,
  { indexOf, startOf }: Steps,
): readonly Slot[] | undefined {
  const slots: Slot[] = [];
  let silences = 0;
  let next: number | undefined;
  let until = -Infinity;
  for (const instant of instants) {
    if (instant < until) continue;
    const index = indexOf(instant);
    const empty = index - (next ?? index);
    if (empty > LONGEST_EMPTY) {
      silences += 1;
      slots.push({ since: until, until: startOf(index), isSilence: true });
    } else
      for (let at = index - empty; at < index; at++)
        slots.push({ since: startOf(at), until: startOf(at + 1), isSilence: false });
    next = index + 1;
    until = startOf(next);
    slots.push({ since: startOf(index), until, isSilence: false });
    if (slots.length > MOST_SLOTS || silences > MOST_SILENCES) return undefined;
  }
  return slots;
}
