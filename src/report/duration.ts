/** A span of time in words. */
import { DAY, HOUR, MINUTE } from '../cloudtrail/time/window.js';

const SECOND = 1000;
/** The two largest units say enough. */
const UNITS = [
  { from: 3 * DAY, large: DAY, small: HOUR, names: ['d', 'h'] },
  { from: 3 * HOUR, large: HOUR, small: MINUTE, names: ['h', 'm'] },
  { from: 3 * MINUTE, large: MINUTE, small: SECOND, names: ['m', 's'] },
] as const;

/** `109 s`, `4 m 13 s`, `5 h 2 m`, `12 d 3 h`. */
export function durationText(milliseconds: number): string {
  const unit = UNITS.find(({ from }) => milliseconds >= from);
  if (unit === undefined) return `${Math.floor(milliseconds / SECOND)} s`;
  const { large, small, names } = unit;
  const rest = Math.floor((milliseconds % large) / small);
  return `${Math.floor(milliseconds / large)} ${names[0]} ${rest} ${names[1]}`;
}
