/**
 * AssemblyScript: masks of 64 bytes, with one bit a byte, as in Langdale and Lemire, "Parsing Gigabytes of JSON per Second"
 * (2019).
 */

/** The highest bits of 64 bytes: of text, those that are beyond ASCII. */
@inline
export function bits(a: v128, b: v128, c: v128, d: v128): i64 {
  return (
    i64(u32(i8x16.bitmask(a))) |
    (i64(u32(i8x16.bitmask(b))) << 16) |
    (i64(u32(i8x16.bitmask(c))) << 32) |
    (i64(u32(i8x16.bitmask(d))) << 48)
  );
}

/** A bit for each byte that is equal to this one. */
@inline
export function equal(a: v128, b: v128, c: v128, d: v128, byte: u8): i64 {
  const wanted = i8x16.splat(byte);
  return bits(i8x16.eq(a, wanted), i8x16.eq(b, wanted), i8x16.eq(c, wanted), i8x16.eq(d, wanted));
}

/** Which of 16 bytes may stand between the words of a key (`_`, `-`, `.`, `@` or a blank): one bit for each. */
@inline
export function separators(bytes: v128): i32 {
  // The lower four bits of a byte say where it would stand here. Other places are 0, and no text has that byte here.
  const known = i8x16.swizzle(
    i8x16(0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x2d, 0x2e, 0x5f),
    v128.and(bytes, i8x16.splat(0x0f)),
  );
  return i8x16.bitmask(v128.or(i8x16.eq(known, bytes), i8x16.eq(bytes, i8x16.splat(0x40))));
}

/** The letters b, f, n, r and t are at their lower four bits, all others are 0, which no letter is. */
@inline
function isSimpleEscape(bytes: v128): v128 {
  const letters = i8x16(0, 0, 0x62, 0, 0x74, 0, 0x66, 0, 0, 0, 0, 0, 0, 0, 0x6e, 0);
  const known = i8x16.swizzle(letters, v128.and(bytes, i8x16.splat(0x0f)));
  return v128.or(
    v128.and(i8x16.eq(known, bytes), i8x16.ne(bytes, i8x16.splat(0))),
    i8x16.eq(bytes, i8x16.splat(0x72)),
  );
}

/** A bit for each letter that stands for a control character behind a backslash: b, f, n, r and t. */
@inline
export function simpleEscapes(a: v128, b: v128, c: v128, d: v128): i64 {
  return bits(isSimpleEscape(a), isSimpleEscape(b), isSimpleEscape(c), isSimpleEscape(d));
}

/** A bit for each byte that is at most this one. */
@inline
export function atMost(a: v128, b: v128, c: v128, d: v128, byte: u8): i64 {
  const most = i8x16.splat(byte);
  return bits(
    i8x16.le_u(a, most),
    i8x16.le_u(b, most),
    i8x16.le_u(c, most),
    i8x16.le_u(d, most),
  );
}

/** Whether one of the 64 bytes is equal to this one. Cheaper than finding out which. */
@inline
export function has(a: v128, b: v128, c: v128, d: v128, byte: u8): bool {
  const wanted = i8x16.splat(byte);
  return v128.any_true(
    v128.or(
      v128.or(i8x16.eq(a, wanted), i8x16.eq(b, wanted)),
      v128.or(i8x16.eq(c, wanted), i8x16.eq(d, wanted)),
    ),
  );
}

/** The parity of each bit and all bits before it: set from an opening quote to just before the closing one. */
@inline
export function parity(quotes: i64): i64 {
  let x = quotes;
  x ^= x << 1;
  x ^= x << 2;
  x ^= x << 4;
  x ^= x << 8;
  x ^= x << 16;
  x ^= x << 32;
  return x;
}

@inline
function controls(bytes: v128): v128 {
  // The bytes 9, 10 and 13 are at their own places.
  const lines = i8x16(0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, -1, 0, 0);
  return v128.andnot(i8x16.le_u(bytes, i8x16.splat(0x1f)), i8x16.swizzle(lines, bytes));
}

/** Whether one of the 64 bytes is a control character other than tabs and line breaks. */
@inline
export function hasControl(a: v128, b: v128, c: v128, d: v128): bool {
  return v128.any_true(
    v128.or(v128.or(controls(a), controls(b)), v128.or(controls(c), controls(d))),
  );
}
