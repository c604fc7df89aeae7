/** Sigma's `windash`: a dash or slash that begins a flag may be any of the characters that Windows accepts there. */
const DASHES = ['-', '/', '\u2013', '\u2014', '\u2015'];
const FLAG = /(?<!\w)[-/\u2013\u2014\u2015](?=\w)/g;

/** Each flag multiplies the number of values by five. More flags would make too many values for a statement. */
export const MOST_FLAGS = 4;

/** How many flags a value has. */
export function countFlags(value: string): number {
  return value.match(FLAG)?.length ?? 0;
}

/** The value in every spelling of its flags. */
export function windash(value: string): readonly string[] {
  const positions = [...value.matchAll(FLAG)].map(({ index }) => index);
  return positions.reduce<readonly string[]>(
    (values, position) =>
      values.flatMap((text) =>
        DASHES.map((dash) => text.slice(0, position) + dash + text.slice(position + 1)),
      ),
    [value],
  );
}
