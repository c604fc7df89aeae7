/**
 * Times in other forms than CloudTrail's own. Databases and exports write `eventTime` as seconds or milliseconds since 1970,
 * with a space, or with an offset in another form. A form is read if it says one instant and no other: a date like 02/01/2026
 * has two readings, and a time on somebody's clock, without its zone, is no instant.
 */
import { isObject, parseJson, type Json } from '../json.js';
import { formatInstant, isDay, readInstant } from '../time/time.js';
import { epochInstant } from './epoch.js';

/** In UTF-16 units. No time is so long. An engine would copy the text again and again. */
const LONGEST = 1000;

/**
 * The time in CloudTrail's form (`YYYY-MM-DDThh:mm:ssZ`, with a fraction if it is not a whole second). A text that is in a
 * form of `TIME_PATTERN` already, or in no form that can be read, stays as it is, but for what is beyond `LONGEST`.
 */
export function timeText(text: string): string {
  // Nearly every text of every log is in this form.
  if (readInstant(text) !== undefined) return text;
  const instant = instantOf(text.trim());
  return instant === undefined ? shortened(text) : formatInstant(instant).replace('.000Z', 'Z');
}

function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  // A copy, because a part of a text keeps the whole in memory.
  return Buffer.from(text.slice(0, LONGEST)).toString();
}

function instantOf(text: string): number | undefined {
  const instant = /^[{["]/.test(text) ? wrappedInstant(text) : (epochInstant(text) ?? dated(text));
  return instant === undefined || !isReadable(instant) ? undefined : instant;
}

/** Whether the years have four digits, as in `TIME_PATTERN`. */
function isReadable(instant: number): boolean {
  return instant >= Date.UTC(1000, 0) && instant < Date.UTC(3000, 0);
}

/** MongoDB writes `{"$date": …}`, and PowerShell an object that has the time as `value`. */
function wrappedInstant(text: string): number | undefined {
  let value: Json | undefined;
  try {
    value = parseJson(text);
  } catch {
    return undefined;
  }
  for (const key of ['$date', '$numberLong', 'value'])
    if (isObject(value) && Object.hasOwn(value, key)) value = value[key];
  if (typeof value === 'number') return epochInstant(String(value));
  if (typeof value !== 'string' || /^[{["]/.test(value)) return undefined;
  return readInstant(value) ?? instantOf(value);
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const CLOCK = String.raw`(?<clock>\d\d:\d\d(?::\d\d(?:[.,]\d{1,30})?)?)`;
const ZONE = String.raw`(?<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?)`;
/** The name of the zone, which some programs write behind its offset: `+0000 UTC`, `Z[UTC]`. It changes nothing. */
const REMARK = String.raw`(?: [A-Z]{3,5}| ?\[[A-Za-z/_+-]+\]| \([A-Za-z ]+\))?`;
const MONTH = '(?<name>[A-Z][a-z]{2})';

/** The forms of a date with a time. Only the first two may have no zone, which means UTC. */
const FORMS = [
  // 2026-02-01 10:11:12 UTC
  String.raw`(?<year>\d{4})(?<mark>[-/])(?<month>\d\d)\k<mark>(?<day>\d\d)(?:T| {1,2})${CLOCK}(?: ?${ZONE}${REMARK})?`,
  // 20260201T101112Z
  String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)T?(?<digits>\d{6})(?: ?${ZONE})?`,
  // Sun, 01 Feb 2026 10:11:12 GMT
  String.raw`(?:[A-Z][a-z]{2},? )?(?<day>\d\d?)[ -]${MONTH}[ -](?<year>\d{4}) ${CLOCK} ?${ZONE}`,
  // Sun Feb 01 2026 10:11:12 GMT+0000 (Coordinated Universal Time)
  String.raw`[A-Z][a-z]{2} ${MONTH} (?<day>\d\d) (?<year>\d{4}) ${CLOCK} ${ZONE}${REMARK}`,
  // Sun Feb  1 10:11:12 UTC 2026
  String.raw`[A-Z][a-z]{2} ${MONTH} {1,2}(?<day>\d\d?) ${CLOCK} ${ZONE} (?<year>\d{4})`,
  // 01/Feb/2026:10:11:12 +0000
  String.raw`(?<day>\d\d)/${MONTH}/(?<year>\d{4})[: ]${CLOCK} ${ZONE}`,
].map((form) => new RegExp(`^${form}$`, 'i'));

function dated(text: string): number | undefined {
  // The longest form has fewer characters.
  if (text.length > 120) return undefined;
  for (const form of FORMS) {
    const groups = form.exec(text)?.groups;
    if (groups !== undefined) return instantFrom(groups);
  }
  return undefined;
}

function instantFrom(groups: { readonly [name: string]: string | undefined }): number | undefined {
  const { year = '', month, name = '', day = '', clock, digits = '', zone = 'Z' } = groups;
  const number = month ?? String(MONTHS.indexOf(name.toLowerCase()) + 1).padStart(2, '0');
  const date = `${year}-${number}-${day.padStart(2, '0')}`;
  const [time = '', fraction = ''] = (clock ?? digits.replace(/(..)(..)(..)/, '$1:$2:$3')).split(
    /[.,]/,
  );
  const seconds = time.length === 5 ? `${time}:00` : time;
  const offset = offsetOf(zone);
  if (number === '00' || !isDay(date) || offset === undefined) return undefined;
  return readInstant(`${date}T${seconds}.${fraction || '0'}${offset}`);
}

/** The offset as `TIME_PATTERN` has it; undefined if it is none. */
function offsetOf(zone: string): string | undefined {
  const [, sign = '', hours = '', minutes = '00'] = /([+-])(\d\d)(?::?(\d\d))?$/.exec(zone) ?? [];
  return sign === '' ? 'Z' : `${sign}${hours}:${minutes}`;
}
