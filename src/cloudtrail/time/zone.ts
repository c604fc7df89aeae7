/** Instants in the time of a place, by the time zones that Node knows. */

/** The time zone of reports that name none. */
export const UTC = 'UTC';

/** The zone as Node spells it: `Europe/Berlin` for `europe/berlin`. Undefined if Node does not know it. */
export function knownZone(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/**
 * Gives instants of reports (`YYYY-MM-DDThh:mm:ss.sssZ`) as local times with the distance from UTC:
 * `2026-01-12T10:14:27.000+01:00`. In UTC for a zone that Node does not know: a report that is read back may name any.
 */
export function localTimeIn(zone: string): (instant: string) => string {
  const timeZone = knownZone(zone) ?? UTC;
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return (instant) => {
    const time = Date.parse(instant);
    const parts = format.formatToParts(time);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
    // `GMT` stands for no distance. Long ago, zones had seconds too.
    const [, sign = '+', hours = '00', minutes = '00', seconds = '00'] =
      /^GMT([+-\u2212])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name) ?? [];
    const distance = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    const local = new Date(time + (sign === '+' ? distance : -distance)).toISOString();
    return `${local.slice(0, -1)}${sign === '+' ? '+' : '-'}${hours}:${minutes}`;
  };
}
