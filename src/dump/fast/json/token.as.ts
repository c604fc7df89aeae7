/** AssemblyScript: checks numbers and literals, and what stands before a list or between records. */

const TRUE: u32 = 0x65757274;
const FALS: u32 = 0x736c6166;
const NULL: u32 = 0x6c6c756e;

export function isBlank(byte: u8): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39;
}

/** The address after a run of digits. */
function afterDigits(from: usize): usize {
  let at = from;
  while (isDigit(load<u8>(at))) at++;
  return at;
}

/** The address after the number that begins here; 0 if there is none. */
function afterNumber(from: usize): usize {
  let at = from;
  if (load<u8>(at) == 0x2d) at++;
  const whole = at;
  at = afterDigits(at);
  if (at == whole || (load<u8>(whole) == 0x30 && at > whole + 1)) return 0;
  if (load<u8>(at) == 0x2e) {
    const fraction = at + 1;
    at = afterDigits(fraction);
    if (at == fraction) return 0;
  }
  if ((load<u8>(at) | 0x20) == 0x65) {
    at++;
    const sign = load<u8>(at);
    if (sign == 0x2b || sign == 0x2d) at++;
    const exponent = at;
    at = afterDigits(exponent);
    if (at == exponent) return 0;
  }
  return at;
}

/** The address after the number or literal that begins here; 0 if there is none. */
export function afterScalar(from: usize): usize {
  const word = load<u32>(from);
  if (word == TRUE || word == NULL) return from + 4;
  if (word == FALS) return load<u8>(from, 4) == 0x65 ? from + 5 : 0;
  return afterNumber(from);
}

/** Whether there is exactly one comma and otherwise only blanks between two addresses. */
export function isComma(from: usize, to: usize): bool {
  let commas = 0;
  for (let at = from; at < to; at++) {
    const byte = load<u8>(at);
    if (byte == 0x2c) commas++;
    else if (!isBlank(byte)) return false;
  }
  return commas == 1;
}

/** Whether only white space is between two addresses, with the end of a line. */
export function isLineEnd(from: usize, to: usize): bool {
  let lines = 0;
  for (let at = from; at < to; at++) {
    const byte = load<u8>(at);
    if (!isBlank(byte)) return false;
    lines += i32(byte == 0x0a);
  }
  return lines > 0;
}

/** Whether the key of the list that begins here is `resources`. */
export function isResources(list: usize): bool {
  let at = list - 1;
  while (isBlank(load<u8>(at))) at--;
  if (load<u8>(at) != 0x3a) return false;
  at--;
  while (isBlank(load<u8>(at))) at--;
  return (
    load<u64>(at - 10) == 0x6372756f73657222 && // "resourc
    load<u16>(at - 2) == 0x7365 && // es
    load<u8>(at) == 0x22
  );
}
