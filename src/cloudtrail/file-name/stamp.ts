/** The time that CloudTrail writes into the name of a file, in UTC. */
import { readInstant } from '../time/time.js';
import { HOUR, MINUTE } from '../time/window.js';

/** The instant of `20260131T0805` or `20260131T080500`; undefined if it is no time of the calendar. */
export function instantOf(stamp: string): number | undefined {
  const day = stamp.slice(0, 8);
  // Files come day by day, and to read a date takes longer.
  if (day !== latest.day) latest = { day, midnight: midnightOf(day) };
  const [hour, minute] = [Number(stamp.slice(9, 11)), Number(stamp.slice(11, 13))];
  const second = Number(stamp.slice(13));
  const isTime = hour < 24 && minute < 60 && second < 60;
  return latest.midnight === undefined || !isTime
    ? undefined
    : latest.midnight + hour * HOUR + minute * MINUTE + second * 1000;
}

let latest: { readonly day: string; readonly midnight: number | undefined } = {
  day: '',
  midnight: undefined,
};

function midnightOf(day: string): number | undefined {
  return readInstant(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`);
}
