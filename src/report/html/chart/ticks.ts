/** Where the time axis has labels, and which. */
import { DAY } from '../../../cloudtrail/time/window.js';
import type { TimeSlot } from '../../overview.js';

export interface Tick {
  /** The place of the slot at whose beginning it stands. */
  readonly slot: number;
  readonly label: string;
  /** Whether there is room for it on a phone. */
  readonly isForPhones: boolean;
}

/** In parts of the whole axis: labels may not touch. */
const APART = 0.17;
const APART_ON_PHONES = 0.45;

/** A label at the beginning, after each silence where there is room, and in between. */
export function ticksOf(slots: readonly TimeSlot[]): readonly Tick[] {
  const ticks: Tick[] = [];
  let onPhones = 0;
  let day: string | null = null;
  for (const slot of placesOf(slots)) {
    const since = slots[slot]?.since;
    if (since === undefined) continue;
    const place = slot / slots.length;
    const isForPhones = ticks.length === 0 || place - onPhones >= APART_ON_PHONES;
    if (isForPhones) onPhones = place;
    const own = since.slice(0, 10);
    // On a phone, the label before may not be there.
    ticks.push({ slot, label: labelOf(slots[slot], isForPhones || own !== day), isForPhones });
    day = own;
  }
  return ticks;
}

/** Slots that begin a stretch after a silence come first, then those that divide what is left. */
function placesOf(slots: readonly TimeSlot[]): readonly number[] {
  const step = Math.max(1, Math.ceil(slots.length * APART));
  const chosen = [0];
  const isFree = (slot: number): boolean =>
    chosen.every((other) => Math.abs(other - slot) >= step) && slots.length - slot >= step * 0.8;
  for (const [slot] of slots.entries())
    if (slot > 0 && slots[slot - 1]?.isSilence === true && isFree(slot)) chosen.push(slot);
  for (const [slot, { isSilence }] of slots.entries())
    if (!isSilence && isFree(slot)) chosen.push(slot);
  return chosen.toSorted((a, b) => a - b);
}

function labelOf(slot: TimeSlot | undefined, hasDay: boolean): string {
  if (slot === undefined) return '';
  const day = slot.since.slice(0, 10);
  if (Date.parse(slot.until) - Date.parse(slot.since) >= DAY) return day;
  const time = slot.since.slice(11, 16);
  return hasDay ? `${day} ${time}` : time;
}
