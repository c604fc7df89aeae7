/** Sigma's `windash`: a dash or slash that begins a flag may be any of the signs that Windows takes for one. */
const DASHES = ['-', '/', '\u2013', '\u2014', '\u2015'];
const FLAG = /(?<!\w)[-/\u2013\u2014\u2015](?=\w)/g;

/** More flags than this in one value would make more values than a statement can hold. */
export const MOST_FLAGS = 4;

/** How many flags a value has. */
export function countFlags(value: string): number {
  return value.match(FLAG)?.length ?? 0;
}

/** The value with each of its flags written in each way. */
export function windash(value: string): readonly string[] {
  const places = [...value.matchAll(FLAG)].map(({ index }) => index);
  return places.reduce<readonly string[]>(
    (values, place) =>
      values.flatMap((text) =>
        DASHES.map((dash) => text.slice(0, place) + dash + text.slice(place + 1)),
      ),
    [value],
  );
}
