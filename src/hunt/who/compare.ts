/**
 * Tells whether the credentials of an instance were used from elsewhere, if somebody asks about one of its keys. That is told from
 * the calls of the instance's own agents, which have other keys: they are looked for around the time of the calls with this key.
 */
import { USER_HOURS } from '../../change/actor/behind.js';
import { HOUR, type Window } from '../../cloudtrail/time/window.js';
import type { Report, Warning } from '../../report/report.js';
import { INSTANCE_CODE } from '../assemble/warnings/instance-warnings.js';

/** No key of a session is older, so the instance was there in this time. */
const AROUND = USER_HOURS * HOUR;

interface Compared {
  readonly report: Report;
  readonly onWritten: () => void;
}

/** Hunts once more, for the same and for all calls of the instances, in a window or in all of the time that is asked for. */
type Compare = (within: Window | undefined) => Promise<Compared | undefined>;

/** The warnings of a report, with what a comparison of its instances says of their keys. Throws what `compare` throws. */
export async function comparedWarnings(
  report: Report,
  compare: Compare,
): Promise<readonly Warning[]> {
  const around = timeAround(report);
  const near = around && (await compare(around));
  near?.onWritten();
  // Calls without a time are in no window, and those in late files may not be read for it.
  const isEnough = near !== undefined && callsIn(near.report) === callsIn(report);
  const compared = isEnough ? near : await compare(undefined);
  if (!isEnough) compared?.onWritten();
  return [
    ...report.warnings.filter(({ code }) => code !== INSTANCE_CODE),
    ...(compared?.report.warnings ?? []).filter(({ code }) => code === INSTANCE_CODE),
  ];
}

/** The time of all calls that were counted, and around it the time that a key lasts; undefined where not all were counted by name. */
function timeAround({ calls, otherCalls }: Report): Window | undefined {
  if (calls === null || otherCalls > 0) return undefined;
  const instants = calls
    .flatMap(({ first, last }) => [first, last])
    .flatMap((time) => (time === null ? [] : [Date.parse(time)]));
  if (instants.length === 0) return undefined;
  return {
    since: instants.reduce((a, b) => Math.min(a, b)) - AROUND,
    until: instants.reduce((a, b) => Math.max(a, b)) + AROUND,
  };
}

function callsIn({ calls, otherCalls }: Report): number {
  return (calls ?? []).reduce((sum, { events }) => sum + events, otherCalls);
}
