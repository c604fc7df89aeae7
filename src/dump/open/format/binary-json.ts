/** Binary forms of JSON. Their magic numbers are too short to tell by themselves. */

/** The name of the form; undefined if the bytes have none of these. */
export function binaryNameOf(head: Buffer): string | undefined {
  const [first = 0, second = 0] = head;
  if (head.toString('latin1', 0, 6) === 'bplist') return 'a binary property list';
  if (first === 0x80 && second >= 2 && second <= 5) return 'a Python pickle';
  if (head.length > 5 && head[3] === 0 && head.readInt32LE(0) > 16 && isBsonType(head[4] ?? 0))
    return 'BSON';
  const isMessagePack = (first >= 0x80 && first <= 0x9f) || (first >= 0xdc && first <= 0xdf);
  return isMessagePack && head.includes('\xa9eventName', 0, 'latin1') ? 'MessagePack' : undefined;
}

function isBsonType(type: number): boolean {
  return type > 0 && type <= 0x13;
}
