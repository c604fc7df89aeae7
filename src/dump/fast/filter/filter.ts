/**
 * Writes the requirement of a reading into the memory of the WebAssembly module, as tables that `filter.as.ts` evaluates. A
 * formula with too many parts is weakened until it fits.
 */
import {
  allOf,
  anyOf,
  NOTHING_REQUIRED,
  requirementKey,
  requiresNothing,
  DISTINGUISHING_FIELDS,
  type RequiredText,
  type RequiredTexts,
  type RequiredValue,
  type Requirement,
} from '../../../cloudtrail/requirement.js';
import * as at from '../layout.js';

/** Each test and each node has a bit. */
const MOST_BITS = 64;
/** Each text costs a search of the whole log. */
const MOST_TEXTS = 24;
/** In all texts. The beginnings of the sets follow them. */
const MOST_BYTES = 8192;

/** Each set costs a search for what its texts begin with. */
const MOST_SETS = 8;
/** In all sets: of more, too many others would pass for one of them. */
const MOST_MEMBERS = 16_384;

/** How many tests alternatives may have that are kept beside another requirement: as many as fit. */
const FEW_TESTS = [16, 8, 4, 0];

/** The keys that matter, in the order of their numbers. */
const KEYS = [
  ...DISTINGUISHING_FIELDS,
  'eventTime',
  'eventVersion',
  'insightDetails',
  'CloudTrailEvent',
];

/** Writes the tables into the module's memory, which has none yet. */
export function writeFilter(bytes: Buffer, required: Requirement): void {
  for (const [number, key] of KEYS.entries()) writeKey(bytes, key, number);
  const root = fitting(required);
  const tests = [...testsIn(root).values()];
  const texts = tests.filter((test) => test.kind === 'text');
  const sets = tests.filter((test) => test.kind === 'texts');
  const values = tests.filter((test) => test.kind === 'value');
  // `filter.as.ts` relies on it that the first bits are those of the texts.
  const bits = new Map(
    [...texts, ...sets, ...values].map((test, bit) => [requirementKey(test), bit]),
  );
  const free = writeTexts(bytes, texts);
  writeSets(bytes, sets, { free, firstBit: texts.length });
  for (const test of values) writeValue(bytes, test, bitOf(bits, test));
  const nodes = nodesIn(root, bits);
  bytes.writeUInt32LE(bits.size, at.FIRST_NODE_BIT);
  bytes.writeUInt32LE(nodes.length, at.NODE_COUNT);
  for (const [index, { parts, isAll }] of nodes.entries()) {
    bytes.writeBigUInt64LE(parts, at.NODES + index * at.NODE_BYTES);
    bytes.writeUInt32LE(Number(isAll), at.NODES + index * at.NODE_BYTES + 8);
  }
}

/** The requirement, or a weaker one that has a bit for each part. */
function fitting(required: Requirement): Requirement {
  const weaker = [
    required,
    withMergedAlternatives(required),
    ...FEW_TESTS.map((most) => withFewAlternatives(required, most)),
    onlyValues(required),
  ];
  return weaker.find((one) => fits(one) && !requiresNothing(one)) ?? NOTHING_REQUIRED;
}

/**
 * Leaves out alternatives of more than so many tests beside which something else is required: of "one of these calls, and this key or
 * this session", the key and the session remain.
 */
function withFewAlternatives(required: Requirement, most: number): Requirement {
  if (!('of' in required)) return required;
  const parts = required.of.map((part) => withFewAlternatives(part, most));
  if (required.kind === 'any') return anyOf(parts);
  const few = parts.filter((part) => part.kind !== 'any' || testsIn(part).size <= most);
  return allOf(few.length === 0 ? parts : few);
}

function fits(required: Requirement): boolean {
  const tests = [...testsIn(required).values()];
  const sets = tests.filter((test) => test.kind === 'texts');
  const single = tests.filter((test) => test.kind === 'text');
  const bytes = single.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  return (
    single.length <= MOST_TEXTS &&
    bytes <= MOST_BYTES &&
    sets.length <= MOST_SETS &&
    sets.reduce((sum, { texts }) => sum + texts.size, 0) <= MOST_MEMBERS &&
    tests.length + nodeCount(required) + 1 <= MOST_BITS
  );
}

/** Alternatives, of which each has a value of the same field, become the values of that field. What else they require is left out. */
function withMergedAlternatives(required: Requirement): Requirement {
  if (required.kind === 'all') return allOf(required.of.map(withMergedAlternatives));
  if (required.kind !== 'any') return required;
  const branches = required.of.map(valuesOf);
  return allOf(
    DISTINGUISHING_FIELDS.map((field) => {
      const own = branches.map((values) => values.filter((value) => value.field === field));
      return own.some(({ length }) => length === 0) ? NOTHING_REQUIRED : anyOf(own.map(allOf));
    }),
  );
}

function onlyValues(required: Requirement): Requirement {
  return allOf(valuesOf(withMergedAlternatives(required)));
}

function valuesOf(required: Requirement): readonly RequiredValue[] {
  if (required.kind === 'value') return [required];
  return required.kind === 'all' ? required.of.flatMap(valuesOf) : [];
}

type RequiredTest = RequiredText | RequiredTexts | RequiredValue;

/** The tests of a formula, each once. */
function testsIn(required: Requirement): ReadonlyMap<string, RequiredTest> {
  return 'of' in required
    ? new Map(required.of.flatMap((part) => [...testsIn(part)]))
    : new Map([[requirementKey(required), required]]);
}

function nodeCount(required: Requirement): number {
  return 'of' in required ? required.of.reduce((count, part) => count + nodeCount(part), 1) : 0;
}

interface Node {
  readonly parts: bigint;
  readonly isAll: boolean;
}

type Bits = ReadonlyMap<string, number>;

function bitOf(bits: Bits, test: Requirement): bigint {
  return 1n << BigInt(bits.get(requirementKey(test)) ?? 0);
}

/** The nodes, each behind those that it looks at; the last one is the whole formula. */
function nodesIn(root: Requirement, bits: Bits): readonly Node[] {
  const nodes: Node[] = [];
  const add = (required: Requirement): bigint => {
    if (!('of' in required)) return bitOf(bits, required);
    const parts = required.of.map(add).reduce((sum, bit) => sum | bit, 0n);
    nodes.push({ parts, isAll: required.kind === 'all' });
    return 1n << BigInt(bits.size + nodes.length - 1);
  };
  const whole = add(root);
  return nodes.length > 0 ? nodes : [{ parts: whole, isAll: true }];
}

/** Writes the texts. Returns the address behind them. */
function writeTexts(bytes: Buffer, texts: readonly RequiredText[]): number {
  let address = at.TEXT_DATA;
  let anyCase = 0n;
  for (const [index, { text, ignoreCase }] of texts.entries()) {
    const length = bytes.write(text, address);
    const entry = at.TEXTS + index * at.TEXT_BYTES;
    bytes.writeUInt32LE(address, entry);
    bytes.writeUInt32LE(length, entry + 4);
    bytes.writeUInt32LE(Number(ignoreCase), entry + 8);
    if (ignoreCase) anyCase |= 1n << BigInt(index);
    address += length;
  }
  bytes.writeUInt32LE(texts.length, at.TEXT_COUNT);
  bytes.writeBigUInt64LE(anyCase, at.ANY_CASE);
  return address;
}

/** Writes the sets: what their texts begin with to the free address. */
function writeSets(
  bytes: Buffer,
  sets: readonly RequiredTexts[],
  { free, firstBit }: { readonly free: number; readonly firstBit: number },
): void {
  for (const [index, { prefix, length, texts }] of sets.entries()) {
    const entry = at.SETS + index * at.SET_BYTES;
    const address = free + index * at.PREFIX;
    bytes.write(prefix, address, at.PREFIX, 'latin1');
    bytes.writeUInt32LE(address, entry);
    bytes.writeUInt32LE(length, entry + 4);
    bytes.writeUInt32LE(firstBit + index, entry + 8);
    for (const text of texts) addMember(bytes, text);
  }
  bytes.writeUInt32LE(sets.length, at.SET_COUNT);
}

/** As in `isMember` in `filter.as.ts`. */
function addMember(bytes: Buffer, text: string): void {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  for (const one of [hash, Math.imul(hash, at.VALUES_FACTOR) >>> 0]) {
    const bit = one >>> (32 - at.MEMBERS_BITS);
    const address = at.MEMBERS + (bit >>> 3);
    bytes[address] = (bytes[address] ?? 0) | (1 << (bit & 7));
  }
}

function writeValue(bytes: Buffer, { field, values, missing }: RequiredValue, bit: bigint): void {
  const number = DISTINGUISHING_FIELDS.indexOf(field);
  const own = at.FIELDS + number * at.FIELD_BYTES;
  const set = (address: number): void =>
    void bytes.writeBigUInt64LE(bytes.readBigUInt64LE(address) | bit, address);
  set(own);
  // A record may have this field in more spellings than the scan knows.
  if (missing || field === 'managementEvent') {
    set(own + 8);
    bytes.writeUInt32LE(bytes.readUInt32LE(at.MISSING) | (1 << number), at.MISSING);
  }
  for (const value of values) {
    const lengths = own + 16;
    const length = 1n << BigInt(Math.min(Buffer.byteLength(value), at.MOST_LENGTH));
    bytes.writeBigUInt64LE(bytes.readBigUInt64LE(lengths) | length, lengths);
    for (const place of placesOf(value, number)) set(at.VALUES + 8 * place);
  }
}

/** The two places of a value in `VALUES`, as in `takeValue` in `filter.as.ts`. */
function placesOf(value: string, field: number): readonly number[] {
  let hash = (0x811c9dc5 ^ Math.imul(field, 0x01000193)) >>> 0;
  for (const byte of Buffer.from(value)) {
    const small = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
    hash = Math.imul(hash ^ small, 0x01000193) >>> 0;
  }
  const unused = 32 - at.VALUES_BITS;
  return [hash >>> unused, Math.imul(hash, at.VALUES_FACTOR) >>> unused];
}

const SMALL = 0x20202020;

/** An entry: the first eight letters in lower case, then 24 bytes of the key and its quote, each eight with a mask. */
function writeKey(bytes: Buffer, key: string, number: number): void {
  const text = Buffer.alloc(24);
  const length = text.write(`${key}"`, 'latin1');
  const [low, high] = [text.readUInt32LE(0) | SMALL, text.readUInt32LE(4) | SMALL];
  const hash = Math.imul(low ^ Math.imul(high, at.KEY_HIGH_FACTOR), at.KEY_FACTOR) >>> 0;
  const entry = at.KEYS + (hash >>> (32 - at.KEY_SLOTS_BITS)) * at.KEY_BYTES;
  bytes.writeUInt32LE(low >>> 0, entry);
  bytes.writeUInt32LE(high >>> 0, entry + 4);
  const mask = Buffer.alloc(24);
  mask.fill(0xff, 0, length);
  for (let word = 0; word < 3; word++) {
    text.copy(bytes, entry + 8 + word * 16, word * 8, word * 8 + 8);
    mask.copy(bytes, entry + 16 + word * 16, word * 8, word * 8 + 8);
  }
  bytes.writeUInt32LE(number, entry + 60);
}
