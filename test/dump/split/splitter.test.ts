/** How text is split into the values that may be records, in whatever chunks it arrives. */
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { scalarText, type Json } from '../../../src/cloudtrail/json.js';
import { Scanner } from '../../../src/dump/split/value/scanner.js';
import type { TakeRecords } from '../../../src/dump/split/record-taker.js';
import { Splitter } from '../../../src/dump/split/splitter.js';
import { peek } from '../../../src/dump/recognise/peek.js';

interface Pieces {
  readonly candidates: readonly string[];
  readonly breaks: readonly string[];
}

const RUNS = {
  list: /^\{[^{}]*\}(?:\s*,\s*\{[^{}]*\})*(?=\s*,\s*\{)/,
  lines: /^\{[^{}]*\}(?:\s*\n\s*\{[^{}]*\})*(?=\s*\n\s*\{)/,
};

/** Takes the objects that follow each other, but for the last one. */
const takeAll: TakeRecords = (text, { shape }) => {
  const run = RUNS[shape].exec(text.toString());
  return run === null ? undefined : { records: run[0].split('{').length - 1, bytes: run[0].length };
};

/** What a splitter finds in a text that arrives in chunks of these sizes, which repeat. */
function split(text: string, sizes: readonly number[]): Pieces {
  const splitter = new Splitter();
  const bytes = Buffer.from(text);
  const candidates: string[] = [];
  const breaks: string[] = [];
  const drain = () => {
    for (let found = splitter.next(); found; found = splitter.next()) {
      if (found.kind === 'break') breaks.push(`${found.line}, ${found.number}: ${found.reason}`);
      else if (found.kind === 'candidate') {
        const candidate = found.bytes.toString();
        let parses = true;
        try {
          JSON.parse(candidate);
        } catch {
          parses = false;
        }
        expect(found.isParseable).toBe(parses);
        candidates.push(`${found.context} ${found.line} ${found.number} ${candidate}`);
      }
    }
  };
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    splitter.feed(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
    drain();
  }
  splitter.finish();
  drain();
  return { candidates, breaks };
}

const texts = (pieces: Pieces) =>
  pieces.candidates.map(
    (candidate) => JSON.parse(candidate.replace(/^\w+ \d+ \d+ /, '')) as unknown,
  );

const member = fc.oneof(
  fc.constantFrom('eventName', 'Records', 'a"b', 'détail', '\\', '\u2028', '{', '['),
  fc.string({ unit: 'grapheme' }),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false, '', 0, -1.5, 1e100),
    fc.string({ unit: 'binary' }),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(member, tie('any'), { maxKeys: 3 }),
  ),
})).any;
const record = fc.dictionary(
  member.filter((key) => !['Records', 'Events', 'logFiles', 'configurationItems'].includes(key)),
  value,
  { maxKeys: 6 },
);
const records = fc.array(record, { maxLength: 6 });
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });
const space = fc.constantFrom(undefined, 1, 4, '\t');

const SHAPES: readonly (readonly [
  string,
  (list: readonly unknown[], space: string | number | undefined) => string,
])[] = [
  ['Records', (list, indent) => JSON.stringify({ x: 1, Records: list, y: [2] }, null, indent)],
  ['Events', (list, indent) => JSON.stringify({ Events: list }, null, indent)],
  ['an array', (list, indent) => JSON.stringify(list, null, indent)],
  ['lines', (list) => list.map((item) => JSON.stringify(item)).join('\n')],
  [
    'concatenated',
    (list, indent) => list.map((item) => JSON.stringify(item, null, indent)).join(''),
  ],
  [
    'Records, one a line',
    (list) => list.map((item) => JSON.stringify({ Records: [item] })).join('\n'),
  ],
];

test.each(SHAPES)('any records come back, in any chunks: %s', (name, serialise) => {
  fc.assert(
    fc.property(records, space, sizes, (list, indent, chunks) => {
      const found = split(serialise(list, indent), chunks);
      expect(found.breaks).toEqual([]);
      // Envelopes without their records, and a list without elements.
      const isShell = (candidate: string) =>
        candidate.endsWith(' []') ||
        (candidate.startsWith('document') && (name === 'Events' || name.startsWith('Records')));
      const candidates = found.candidates.filter((candidate) => !isShell(candidate));
      expect(texts({ ...found, candidates })).toEqual(
        list.map((item) => JSON.parse(JSON.stringify(item)) as unknown),
      );
    }),
    { numRuns: 400 },
  );
});

test('any text gives the same in any chunks', () => {
  const scrap = fc.oneof(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\n',
      '\n{',
      '\n[',
      ' ',
      '\\',
      'tru',
      'true',
      '1',
      '-',
      '{"Records":[',
      '{"a":1}',
      '"a":',
      '\n  {',
      '\u0001',
      '{"Events":[',
      '{"logFiles":[',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 40 }), sizes, (scraps, chunks) => {
      const text = scraps.join('');
      expect(split(text, chunks)).toEqual(split(text, [1 << 20]));
    }),
    { numRuns: 4000 },
  );
});

test('a line that is cut short does not cost the lines beside it', () => {
  const line = fc.record({
    id: fc.integer(),
    at: fc.double({ min: 0.05, max: 1, noNaN: true }),
    item: record,
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), sizes, (lines, chunks) => {
      const cuts = lines.map(({ id, at, item }) => {
        const whole = JSON.stringify({ id, item });
        return {
          whole,
          text: at > 0.5 ? whole : whole.slice(0, Math.max(1, Math.floor(at * whole.length))),
        };
      });
      const found = split(cuts.map(({ text }) => text).join('\n'), chunks);
      const candidates = found.candidates.map((candidate) =>
        candidate.replace(/^\w+ \d+ \d+ /, ''),
      );
      for (const { whole, text } of cuts) if (text === whole) expect(candidates).toContain(whole);
      if (cuts.some(({ whole, text }) => whole !== text)) expect(found.breaks).not.toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('peeking at a record gives what parsing gives', () => {
  const text = fc.oneof(
    fc.constantFrom('aws:s3', 'Insight', 'AwsApiCall', 'é', 'a\\b'),
    fc.string(),
  );
  const keys = [
    'eventName',
    'eventTime',
    'awsRegion',
    'recipientAccountId',
    'eventSource',
    'eventType',
    'readOnly',
    'eventname',
    'read-only',
    'other',
  ];
  const members = fc.array(
    fc.tuple(
      fc.constantFrom(...keys),
      fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
    ),
    { maxLength: 9 },
  );
  fc.assert(
    fc.property(members, (list) => {
      const json = `{${list.map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`).join(',')}}`;
      const splitter = new Splitter();
      splitter.feed(Buffer.from(json));
      const candidate = splitter.next();
      if (candidate?.kind !== 'candidate') throw new Error('no candidate');
      const seen = peek(candidate.bytes, splitter.members, candidate.context);
      const parsed = JSON.parse(json) as Record<string, unknown>;
      if (seen === undefined) return;
      expect(seen).toMatchObject({
        account: parsed['recipientAccountId'],
        region: parsed['awsRegion'],
        time: parsed['eventTime'],
      });
      for (const key of ['eventName', 'eventSource', 'eventType', 'readOnly'] as const) {
        const told = seen.valueOf(key);
        if (told !== undefined) expect(told).toBe(scalarText((parsed[key] ?? null) as Json));
      }
      expect(parsed['eventSource']).not.toMatch(/^aws:/);
      expect(parsed).not.toHaveProperty('eventname');
      expect(parsed).not.toHaveProperty('read-only');
    }),
    { numRuns: 3000 },
  );
});

test('the bytes that are read again have a limit, however often the text breaks', () => {
  // Each line begins a value inside the one before, and none of them ends.
  const broken = `${'{"a":[1,\n'.repeat(400)}}\n`;
  const text = Buffer.from(broken.repeat(50));
  const limit = 50_000;
  let scanned = 0;
  // oxlint-disable-next-line typescript/unbound-method -- it is called on the spied scanner
  const { scan } = Scanner.prototype;
  const spy = vi.spyOn(Scanner.prototype, 'scan').mockImplementation(function (
    this: Scanner,
    range,
  ) {
    const end = scan.call(this, range);
    scanned += end - range.from;
    return end;
  });
  const splitter = new Splitter({ maxReread: limit });
  splitter.feed(text);
  while (splitter.next());
  spy.mockRestore();
  expect(scanned).toBeGreaterThan(text.length);
  expect(scanned).toBeLessThanOrEqual(2 * text.length + limit);
});

test.each([20, 33, 64, 1000])(
  'records that are taken count as if they had been split: %i bytes',
  (size) => {
    const list = ['{"a":1}', '{"b":2}', '\n{"c":3}', '{"d":4}', '\r\n {"e":5}', '{"f":6}'];
    const lines = ['{"l":12}', '{"m":13}', '\n {"n":14}', '{"o":15} x', '{"p":16}', '{"q":17}'];
    const text = `{"Records":[${list.join(',')}, x, {"g":7},\n{"h":8},{"i":9}]}\n{"Records":[{"j":10},{"k":11}]}\n${lines.join('\r\n')}`;
    const bytes = Buffer.from(text);
    const foundBy = (
      take?: TakeRecords,
    ): { candidates: string[]; breaks: string[]; taken: number } => {
      const splitter = new Splitter({ take });
      const found = { candidates: [] as string[], breaks: [] as string[], taken: 0 };
      const drain = (): void => {
        for (let one = splitter.next(); one; one = splitter.next())
          if (one.kind === 'candidate')
            found.candidates.push(`${one.line} ${one.number} ${one.bytes.toString()}`);
          else if (one.kind === 'break')
            found.breaks.push(`${one.line} ${one.number} ${one.reason}`);
          else found.taken++;
      };
      for (let at = 0; at < bytes.length; at += size) {
        splitter.feed(bytes.subarray(at, at + size));
        drain();
      }
      splitter.finish();
      drain();
      return found;
    };
    const whole = foundBy();
    const taken = foundBy(takeAll);
    expect(taken.taken).toBeGreaterThan(0);
    expect(taken.breaks).toEqual(whole.breaks);
    // The others are the same, each at its own place.
    expect(whole.candidates).toEqual(expect.arrayContaining(taken.candidates));
    expect(taken.candidates.length).toBeLessThan(whole.candidates.length);
    expect(taken.candidates.at(-1)).toBe(whole.candidates.at(-1));
  },
);

test('only objects are offered to be taken: those of a list of records, and documents', () => {
  const offered: string[] = [];
  const take: TakeRecords = (text, { shape, first }) => {
    offered.push(`${shape} ${first.line} ${first.number} ${text.toString()}`);
    return undefined;
  };
  const list = '{"Records":[5,[1],{"a":1}]}\n';
  const text = `${list}[{"b":2}]\n{"logEvents":[{"c":3}]}\n{"Events":[{"d":4}]}\n`;
  const splitter = new Splitter({ take });
  // Each piece gives room for more to be offered in vain.
  for (const line of text.split(/(?<=\n)/)) {
    splitter.feed(Buffer.from(line));
    while (splitter.next() !== undefined);
  }
  expect(offered).toEqual([
    `lines 1 1 ${list}`,
    'list 1 3 {"a":1}]}\n',
    'lines 3 5 {"logEvents":[{"c":3}]}\n',
    'lines 4 6 {"Events":[{"d":4}]}\n',
  ]);
});

test.each(['{"Records":[', ''])('no byte is offered often: %s', (start) => {
  let offered = 0;
  let taken = 0;
  const object = '{"a":1}';
  const text = Buffer.from(`${start}${Array.from({ length: 5000 }, () => object).join(',\n')}`);
  const take: TakeRecords = (given) => {
    offered += given.length;
    taken++;
    return { records: 1, bytes: object.length };
  };
  const splitter = new Splitter({ take });
  splitter.feed(text);
  while (splitter.next() !== undefined);
  expect(taken).toBeGreaterThan(0);
  expect(offered).toBeLessThanOrEqual(2 * text.length);
});

test('no more than a megabyte is offered at once, and the reader gets its turn after each', () => {
  const offered: number[] = [];
  const take: TakeRecords = (text, offer) => {
    offered.push(text.length);
    return takeAll(text, offer);
  };
  const long = `{"a":"${'x'.repeat(1000)}"}`;
  const splitter = new Splitter({ take });
  splitter.feed(Buffer.from(`{"Records":[${Array.from({ length: 3000 }, () => long).join(',')}]}`));
  const kinds: string[] = [];
  for (let found = splitter.next(); found; found = splitter.next()) kinds.push(found.kind);
  expect(Math.max(...offered)).toBeLessThanOrEqual(1 << 20);
  expect(kinds.filter((kind) => kind === 'taken')).toHaveLength(3);
});
