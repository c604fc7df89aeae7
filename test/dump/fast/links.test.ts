/**
 * The quick pass remembers what stands between the values of a log, and what that means. One reader reads all logs here, so that
 * what it has learned of one, sound or damaged, holds for the next.
 */
import { describe, expect, test } from 'vitest';
import { PlainReader } from '../../../src/dump/fast/plain.js';
import { namesRequired } from '../../support/read-dump.js';
import { eventText } from '../dumps.js';

const WANTED = 'CreateSecurityGroup';
const reader = new PlainReader({
  required: namesRequired(new Set([WANTED])),
  window: { since: undefined, until: undefined },
});
/** The length of the parts in which the text is scanned. */
const PART = 4096;

const DAMAGED = eventText('damaged', {
  userIdentity: { type: 'Root' },
  eventName: 'DescribeInstances',
  requestParameters: { a: [{ n: -1.5e3 }, [], [true, 'x']], b: { c: null, d: '\\"' }, e: {} },
  resources: [{ type: 'AWS::EC2::Instance' }],
});
const wanted = eventText('wanted', { eventName: WANTED });

function logOf(...records: readonly string[]): string {
  return `{"Records":[${records.join(',')}]}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with how a log was read; undefined if nothing is. */
function faultOf(text: string): string | undefined {
  const bytes = Buffer.from(text);
  const found = reader.read(bytes);
  if (found === undefined) return undefined;
  const parsed = found.toParse.map(({ start, end }) => bytes.toString('utf8', start, end));
  // A parse of the record says what is wrong with it.
  if (!parsed.every(isJson)) return undefined;
  if (!isJson(text)) return 'was read, and is no JSON';
  const { Records: records } = JSON.parse(text) as { readonly Records: readonly unknown[] };
  if (records.length !== found.records) return `has ${found.records} records`;
  const places = found.toParse.map(({ number }) => JSON.stringify(records[number - 1]));
  return places.join() === parsed.map((one) => JSON.stringify(JSON.parse(one))).join()
    ? undefined
    : 'has other records to parse';
}

const PIECES = [
  ...'{}[]:,"\\0-\0\n x'.split(''),
  '\\"',
  '},{"eventVersion":"',
  '},{',
  '{}',
  '[]',
  'null',
  '01',
  '1.',
  '1e5',
  ' : ',
  ' '.repeat(20),
];

describe('a damaged record', () => {
  test.each(PIECES.map((piece) => [piece]))('is never counted as sound: with %j', (piece) => {
    for (let at = 0; at <= DAMAGED.length; at++)
      for (const to of [at, at + 1]) {
        const record = DAMAGED.slice(0, at) + piece + DAMAGED.slice(to);
        expect(faultOf(logOf(DAMAGED, record, wanted)), record).toBeUndefined();
      }
  });

  test('is never counted as sound: cut short, or without a byte', () => {
    const text = logOf(DAMAGED, wanted);
    for (let at = 0; at <= text.length; at++) {
      expect(faultOf(text.slice(0, at))).toBeUndefined();
      expect(faultOf(text.slice(0, at) + text.slice(at + 1))).toBeUndefined();
    }
  });
});

test('a record is the same wherever parts of the text end', () => {
  const escaped = eventText('escaped', {
    eventName: 'DescribeInstances',
    a: '\\"\\\\ "quoted"'.repeat(3),
  });
  const strange = eventText('strange', { eventName: 'DescribeInstances' }).replace(
    '"DescribeInstances"',
    '"\\u0043reateSecurityGroup"',
  );
  const textInText = eventText('text in text', { eventName: 'DescribeInstances', a: '\\u0043' });
  const records = [DAMAGED, wanted, escaped, strange, textInText, DAMAGED];
  for (let moved = 0; moved < records.join().length; moved++) {
    const filler = eventText('filler', { eventName: 'DescribeInstances', a: '-' });
    const first = filler.replace('"-"', `"${'-'.repeat(PART - filler.length - moved)}"`);
    const text = logOf(first, ...records);
    expect(faultOf(text), `${moved}`).toBeUndefined();
    const numbers = reader.read(Buffer.from(text))?.toParse.map(({ number }) => number);
    // An escape may also concern the record before or after it.
    expect(numbers, `${moved}`).toEqual(expect.arrayContaining([3, 5, 6]));
    expect(numbers, `${moved}`).not.toContain(2);
  }
});

test('a name is known only as a whole', () => {
  const names = [
    'CreateSeXurityGroup',
    WANTED,
    'XreateSecurityGroup',
    WANTED,
    'CreateSecurityGrouX',
  ];
  const records = names.map((eventName, index) => eventText(`${index}`, { eventName }));
  const found = reader.read(Buffer.from(logOf(...records, ...records)));
  expect(found?.toParse.map(({ number }) => number)).toEqual([2, 4, 7, 9]);
});

test('a record may be longer than several parts', () => {
  const long = DAMAGED.replace('"AWS::EC2::Instance"', `"${'x,:{'.repeat(PART)}"`);
  const found = reader.read(Buffer.from(logOf(DAMAGED, long, wanted)));
  expect(found?.records).toBe(3);
  expect(found?.toParse.map(({ number }) => number)).toEqual([3]);
});

test('more ways to nest values than can be remembered', () => {
  /** Brackets of both kinds around a string, by the bits of a number. */
  const nested = (bits: number, depth: number, inner: string): string =>
    depth === 0
      ? inner
      : bits & 1
        ? `[${nested(bits >> 1, depth - 1, inner)},"y"]`
        : `{"k":${nested(bits >> 1, depth - 1, inner)}}`;
  const sound = Array.from({ length: 2 ** 8 }, (_, bits) =>
    DAMAGED.replace('"e":{}', () => `"e":${nested(bits, 8, '"x"')}`),
  );
  const found = reader.read(Buffer.from(logOf(...sound, wanted)));
  expect(found?.records).toBe(sound.length + 1);
  expect(found?.toParse.map(({ number }) => number)).toEqual([sound.length + 1]);
  for (const [index, record] of sound.entries())
    for (const [bracket, other] of ['[{', '{[', ']}', '}]']) {
      const broken = record.replace(`"x"`, () => `"x"${other}`).replace(bracket ?? '', other ?? '');
      const records = [...sound.slice(0, index % 7), broken, wanted];
      expect(faultOf(logOf(...records)), broken).toBeUndefined();
    }
  expect(reader.read(Buffer.from(logOf(...sound)))?.records).toBe(sound.length);
});

test('more keys than can be remembered', () => {
  const keys = Array.from({ length: 2500 }, (_, index) => `key${index}`);
  const many = keys.map((key) => DAMAGED.replace('"requestParameters":{', `$&"${key}":"${key}",`));
  const found = reader.read(Buffer.from(logOf(...many, wanted, ...many)));
  expect(found?.records).toBe(2 * many.length + 1);
  expect(found?.toParse.map(({ number }) => number)).toEqual([many.length + 1]);
  const broken = DAMAGED.replace('"requestParameters":{', '$&"key9":"key9"');
  expect(faultOf(logOf(...many, broken, wanted))).toBeUndefined();
});

test('one key with more values than can be told apart by it', () => {
  const openings = Array.from({ length: 40 }, (_, index) => index).flatMap((number) => [
    `${'['.repeat(number + 1)}"x"${']'.repeat(number + 1)}`,
    `${number % 10},"k":"x"`,
    `{"k":${number}}`,
    `[${number % 10},"x"]`,
  ]);
  const records = openings.map((value) =>
    DAMAGED.replace('"requestParameters":{', `$&"same":${value},`),
  );
  const found = reader.read(Buffer.from(logOf(...records, wanted, ...records)));
  expect(found?.records).toBe(2 * records.length + 1);
  expect(found?.toParse.map(({ number }) => number)).toEqual([records.length + 1]);
});

test('a member counts for the record in which it is', () => {
  const named = (eventName: unknown): string =>
    eventText('one', { eventName }).replace('"requestParameters"', '"x"');
  const without = eventText('other', { eventName: 'DescribeInstances' }).replace(
    '"eventName"',
    '"eventNumber"',
  );
  const twice = named(WANTED).replace('"eventName"', '"eventName":"DescribeInstances","eventName"');
  const records = [named('DescribeInstances'), without, named(WANTED), twice, named(12), named(34)];
  const found = reader.read(Buffer.from(logOf(...records, ...records)));
  const ofOne = [2, 3, 4, 5, 6];
  expect(found?.toParse.map(({ number }) => number)).toEqual([
    ...ofOne,
    ...ofOne.map((number) => number + records.length),
  ]);
});

test.each([1, 56, 57, 112, 113, 1000])('a value of %i letters ends where it ends', (length) => {
  const value = 'x'.repeat(length);
  const record = eventText('long', { eventName: 'DescribeInstances', userAgent: value });
  const other = record.replace(`"${value}"`, () => `"${value}","eventName":"${WANTED}"`);
  const found = reader.read(Buffer.from(logOf(record, other, record, other, record)));
  expect(found?.records).toBe(5);
  expect(found?.toParse.map(({ number }) => number)).toEqual([2, 4]);
});

test('a member at the end of a record has its own value', () => {
  const ending = (value: string): string =>
    eventText('end', { eventName: 'DescribeInstances' }).replace(
      /}$/,
      `,"managementEvent":${value}}`,
    );
  const values = ['true', 'false', 'true', 'true', 'false', 'true'];
  const found = reader.read(Buffer.from(logOf(...values.map(ending))));
  const counts = found?.groups.map(({ cell }) => [cell.kind.category, cell.records]);
  expect(new Map(counts?.map(([kind, records]) => [kind, records]))).toEqual(
    new Map([
      ['management', 4],
      ['data', 2],
    ]),
  );
});

test('keys that differ in one letter are different keys, wherever in a link the letter stands', () => {
  const blanks = ' '.repeat(20);
  const spaced = (key: string, value: string): string =>
    eventText('spaced', { eventName: 'DescribeInstances' }).replace(
      '"awsRegion"',
      () => `${blanks}"${key}":${blanks}"${value}",\n"awsRegion"`,
    );
  const records = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((at) => {
    const key = `${'eventName'.slice(0, at)}x${'eventName'.slice(at + 1)}`;
    return [spaced(key, WANTED), spaced('eventName', 'x'), spaced(key, WANTED)];
  });
  const found = reader.read(Buffer.from(logOf(...records)));
  expect(found?.records).toBe(records.length);
  // Those with the member twice.
  const twice = records.flatMap((_, index) => (index % 3 === 1 ? [index + 1] : []));
  expect(found?.toParse.map(({ number }) => number)).toEqual(twice);
});

test.each([
  ['list', ','],
  ['lines', '\n'],
] as const)(
  'a part of a log of the shape %s is read as the whole is, and either leaves the other as it is',
  (shape, between) => {
    const records = [
      DAMAGED,
      wanted,
      DAMAGED,
      eventText('plain', { eventName: 'DescribeInstances', userIdentity: null }),
      wanted,
    ];
    const text = records.join(between);
    for (let length = 0; length <= text.length; length++) {
      const part = Buffer.from(text.slice(0, length));
      const found = reader.readPart(part, shape);
      // A record is taken once another has begun behind it.
      const ends = records.map((_, index) => records.slice(0, index + 1).join(between).length);
      const whole = ends.filter((end) => /^[,\n]\{".*?"/.test(text.slice(end, length))).length;
      const least = ends.filter((end) => end + 40 < length).length;
      expect(found?.records ?? 0).toBeLessThanOrEqual(whole);
      expect(found?.records ?? 0).toBeGreaterThanOrEqual(Math.min(least, records.length - 1));
      expect(found?.end ?? 0).toBe(found === undefined ? 0 : ends[found.records - 1]);
      const numbers = found?.toParse.map(({ number }) => number) ?? [];
      expect(numbers).toEqual([2, 5].filter((number) => number <= (found?.records ?? 0)));
      if (length % 50 === 0) expect(faultOf(logOf(...records))).toBeUndefined();
    }
  },
);

test.each(['[', 'x', '5', '"', ' '])('no part of a log begins with %j', (first) => {
  const text = `${first}${DAMAGED.slice(1)},${DAMAGED},${DAMAGED}`;
  expect(reader.readPart(Buffer.from(text), 'list')).toBeUndefined();
  expect(reader.readPart(Buffer.from(text.replaceAll(',{', '\n{')), 'lines')).toBeUndefined();
});

test('very many texts that are called credentials are looked at once', () => {
  const texts = Array.from({ length: 70_000 }, () => '"credentials"').join(',');
  const record = eventText('many', { eventName: 'AssumeRole' }).replace(
    /}$/,
    `,"requestParameters":{"list":[${texts}]}}`,
  );
  expect(reader.read(Buffer.from(logOf(record, wanted, record)))?.records).toBe(3);
});
