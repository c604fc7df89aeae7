/**
 * Times as a number since 1970: seconds, milliseconds, microseconds or nanoseconds. The ranges do not overlap, because a time
 * of AWS's lies between its first year and a far one.
 */

/** Seconds from 2005, the year before AWS began, to 2100. */
const FIRST = Date.UTC(2005, 0) / 1000;
const LAST = Date.UTC(2100, 0) / 1000;

/** How many digits behind the point of the seconds a unit has. */
const UNITS = [0, 3, 6, 9];

/** `1769940672`, `1769940672.123`, `1.769940672E9`, or .NET's `/Date(1769940672000)/`. */
const NUMBER = /^(\d{1,40})(?:[.](\d{1,40}))?(?:[eE][+]?(\d\d?))?$/;
const DOTNET = /^\\?\/Date\((\d{1,15})(?:[+-]\d{4})?\)\\?\/$/;

/** The instant in milliseconds since 1970; undefined for any other text. */
export function epochInstant(text: string): number | undefined {
  const [, milliseconds] = DOTNET.exec(text) ?? [];
  if (milliseconds !== undefined) return Number(milliseconds);
  const [, whole, fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  // From the digits and not from a sum: a nanosecond number has more digits than a JavaScript number.
  const shifted = (places: number): number => {
    const length = Math.max(0, point + places);
    return Number(digits.slice(0, length).padEnd(length, '0'));
  };
  const unit = UNITS.find((places) => {
    const seconds = shifted(-places);
    return seconds >= FIRST && seconds < LAST;
  });
  return unit === undefined ? undefined : shifted(3 - unit);
}
