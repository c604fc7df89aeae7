/**
 * Tells whether the credentials of an instance were used from elsewhere, if somebody asks about one of its keys. That is told from
 * the calls of the instance's own agents, which have other keys: they are looked for around the time of the calls with this key.
 */
import { USER_HOURS } from '../../change/actor/behind.js';
import { HOUR, type Window } from '../../cloudtrail/time/window.js';
import { INSTANCE_CODE } from '../assemble/warnings/instance-warnings.js';
import type { Report, Warning } from '../../report/report.js';

/** No key of a session is older, so the instance was there in this time. */
const AROUND = USER_HOURS * HOUR;

/** The time of all calls that were counted, and around it the time that a key lasts; undefined where not all were counted by name. */
export function timeAround({ calls, otherCalls }: Report): Window | undefined {
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

/** The warnings of a report, and what another one, which has all of its calls and more of the same instances, says of their keys. */
export function warningsComparing(
  { warnings }: Report,
  compared: Report | undefined,
): readonly Warning[] {
  if (compared === undefined) return warnings;
  return [
    ...warnings.filter(({ code }) => code !== INSTANCE_CODE),
    ...compared.warnings.filter(({ code }) => code === INSTANCE_CODE),
  ];
}
