import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { folderOf, namesRequired } from '../../support/read-dump.js';
import { event, eventText, onlyReason, readOne, readPaths } from '../dumps.js';

const a = eventText('a');
const b = eventText('b');
const c = eventText('c');
const cut = (text: string, share = 0.5) => text.slice(0, Math.floor(text.length * share));

describe('the rest of a broken file is read', () => {
  const CASES: readonly (readonly [
    name: string,
    text: string,
    ids: string[],
    reason: string | RegExp,
  ])[] = [
    [
      'a file cut short in a record',
      `{"Records":[${a},${cut(b)}`,
      ['a'],
      'line 1, record 2: the text ends in the middle of it',
    ],
    [
      'a file cut short behind a record',
      `{"Records":[${a},${b}`,
      ['a', 'b'],
      'line 1, record 3: the text ends in the middle of it',
    ],
    [
      'a file cut short behind a comma',
      `{"Records":[${a},`,
      ['a'],
      'line 1, record 2: the text ends in the middle of it',
    ],
    ['a file cut short behind its list', `{"Records":[${a}]`, ['a'], /the text ends/],
    [
      'a line the text ends in the middle of it',
      `${a}\n${cut(b)}\n${c}\n`,
      ['a', 'c'],
      'line 2, record 2: a line break inside a string',
    ],
    [
      'a line cut short behind a colon',
      `${a}\n{"eventName":\n${c}\n${b}`,
      ['a', 'b', 'c'],
      'line 4, record 2: unexpected {',
    ],
    [
      'the line before the last cut short behind a colon',
      `${a}\n{"eventName":\n${c}\n`,
      ['a', 'c'],
      /record 2: the text ends/,
    ],
    [
      'a line cut short inside a list',
      `${a}\n{"resources":[\n${c}\n${b}`,
      ['a', 'b', 'c'],
      /unexpected \{/,
    ],
    [
      'a Records line cut short',
      `{"Records":[${a}\n{"Records":[${b}]}\n`,
      ['a', 'b'],
      'line 2, record 2: unexpected {',
    ],
    [
      'a Records line cut short behind a comma',
      `{"Records":[${a},\n{"Records":[${b}]}\n`,
      ['a', 'b'],
      'line 2, record 2: the text ends in the middle of it',
    ],
    [
      'a Records line cut short in a record',
      `{"Records":[${a},${cut(b)}\n{"Records":[${c}]}`,
      ['a', 'c'],
      /line break/,
    ],
    [
      'a record with a bad word',
      `{"Records":[${a},{"eventName":tru},${b}]}`,
      ['a', 'b'],
      'line 1, record 2: invalid JSON',
    ],
    [
      'a record with a bad escape',
      `{"Records":[${a},{"eventName":"\\x"},${b}]}`,
      ['a', 'b'],
      /record 2: invalid JSON/,
    ],
    [
      'a record with a raw control character',
      `{"Records":[${a},{"eventName":"\u0001"},${b}]}`,
      ['a', 'b'],
      /record 2: invalid JSON/,
    ],
    ['a missing comma', `{"Records":[${a} ${b}]}`, ['a', 'b'], 'line 1, record 2: unexpected {'],
    ['a comma too many', `[${a},${b},]`, ['a', 'b'], 'line 1, record 3: unexpected ]'],
    [
      'brackets that do not match',
      `${a}\n{"eventName":"x"]\n${b}`,
      ['a', 'b'],
      'line 2, record 2: unexpected ]',
    ],
    [
      'records that are no objects',
      `{"Records":[1,${a},"x",null,[]]}`,
      ['a'],
      'line 1, record 1: a number where an event should stand (and 3 more)',
    ],
    [
      'records without a trace of an event',
      `{"Records":[{},${a},{"x":1}]}`,
      ['a'],
      'line 1, record 1: no CloudTrail event (and 1 more)',
    ],
    [
      'a number among the events of an array',
      `[${a},5]`,
      ['a'],
      'line 1, record 2: a number where an event should stand',
    ],
    ['Records that is no list', '{"Records":5}', [], 'line 1, record 1: "Records" is no list'],
    [
      'CloudTrailEvent that is broken JSON',
      `{"Events":[{"CloudTrailEvent":"{"},{"CloudTrailEvent":${JSON.stringify(a)}}]}`,
      ['a'],
      /^line 1, record 1: CloudTrailEvent: invalid JSON/,
    ],
    [
      'CloudTrailEvent that is no string',
      '{"Events":[{"CloudTrailEvent":5}]}',
      [],
      /CloudTrailEvent is a number, not a string/,
    ],
    [
      'text that is no JSON',
      'hello world\nsecond line\n',
      [],
      'line 1, record 1: no JSON document',
    ],
    ['nothing at all', '', [], 'empty'],
    ['white space', ' \n\t\r\n', [], 'empty'],
    [
      'a record in the next line of a pretty-printed list',
      JSON.stringify([event('a'), event('b'), event('c')], null, 2).replace(
        '"eventID": "b"',
        '"eventID": "b',
      ),
      ['a', 'c'],
      /line break/,
    ],
  ];

  test.each(CASES)('%s', async (_name, text, ids, reason) => {
    for (const eventNames of [undefined, new Set(['CreateSecurityGroup'])]) {
      const reading = await readOne(text, { required: namesRequired(eventNames) });
      expect(reading.ids).toEqual(ids);
      expect(onlyReason(reading)).toMatch(reason);
      if (typeof reason === 'string') expect(onlyReason(reading)).toBe(reason);
    }
  });

  test('a broken record is reported even if no rule asks for its events', async () => {
    const text = `{"Records":[${a},{"eventName":"x","eventSource":"y","z":01}]}`;
    expect(onlyReason(await readOne(text, { required: namesRequired(new Set(['x2'])) }))).toMatch(
      /record 2: invalid JSON/,
    );
  });

  test('a value that nests too deeply', async () => {
    const deep = `{"eventName":"x","eventSource":"y","z":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    for (const text of [`${a}\n${deep}\n${b}`, `{"Records":[${a},${deep},${b}]}`]) {
      const reading = await readOne(text);
      expect(reading.ids).toEqual(['a', 'b']);
      expect(onlyReason(reading)).toMatch(/record 2: nested more than 1000 deep/);
    }
    const hidden = JSON.stringify({ CloudTrailEvent: deep });
    expect(onlyReason(await readOne(`${hidden}\n${a}`))).toMatch(/record 1: .*nested too deeply/);
  });

  test('a value that nests so deeply that a report of it could not be made', async () => {
    const list = `${'['.repeat(2800)}${']'.repeat(2800)}`;
    for (const nested of [list, '{"a":'.repeat(2800) + list + '}'.repeat(2800)]) {
      const name = 'CreateSecurityGroup';
      const deep = `{"eventVersion":"1","eventName":"${name}","eventSource":"y","requestParameters":{"z":${nested}}}`;
      for (const text of [`${a}\n${deep}\n${b}`, `{"Records":[${a},${deep},${b}]}`, deep])
        for (const eventNames of [undefined, new Set([name])]) {
          const reading = await readOne(text, { required: namesRequired(eventNames) });
          expect(reading.ids).toEqual(text === deep ? [] : ['a', 'b']);
          expect(onlyReason(reading)).toMatch(/nested/);
        }
    }
  });

  test('a record of more than 32 MB', async () => {
    const large = eventText('x', { requestParameters: { a: 'x'.repeat(33 << 20) } });
    for (const text of [`{"Records":[${a},${large},${b}]}`, `${a}\n${large}\n${b}`])
      for (const eventNames of [undefined, new Set(['Other'])]) {
        const reading = await readOne(text, { required: namesRequired(eventNames) });
        expect(reading.ids).toEqual(eventNames === undefined ? ['a', 'b'] : []);
        expect(reading.summary.records).toBe(2);
        expect(onlyReason(reading)).toBe(
          `line ${text.startsWith('{"R') ? 1 : 2}, record 2: a record of more than 32 MB`,
        );
      }
  });

  test.each([
    ['numbers', ',1'],
    ['objects', ',{}'],
    ['strings', ',""'],
    ['lists', ',[]'],
  ])('a record of more than 500,000 values: %s', async (_, one) => {
    const valued = (count: number): string => {
      const { length } = eventText('x');
      return `${eventText('x').slice(0, length - 1)},"additionalEventData":[0${one.repeat(count)}]}`;
    };
    const count = 1 << 19;
    for (const eventNames of [undefined, new Set(['Other'])]) {
      const reading = await readOne(`{"Records":[${a},${valued(count)},${b}]}`, {
        required: namesRequired(eventNames),
      });
      expect(reading.summary.records).toBe(2);
      expect(onlyReason(reading)).toBe('line 1, record 2: a record of more than 500,000 values');
      const less = await readOne(`{"Records":[${a},${valued(count - 100)},${b}]}`, {
        required: namesRequired(eventNames),
      });
      expect(less.summary).toMatchObject({ records: 3, unreadable: [] });
    }
  });

  test('a record of 256 KB and one of 20 MB are read', async () => {
    for (const size of [256 << 10, 20 << 20]) {
      const large = eventText('x', { requestParameters: { a: 'x'.repeat(size), b: 1.5 } });
      expect((await readOne(`${a}\n${large.replace('1.5', '1.50')}`)).ids).toEqual(['a', 'x']);
    }
  });
});

describe('gzip', () => {
  const noise = Array.from({ length: 400 }, (_, i) =>
    eventText(`n${i}`, { userAgent: String(Math.sin(i)) }),
  );
  const packed = gzipSync(`{"Records":[${noise.join(',')}]}`);

  test('cut short: what stands before the break is hunted', async () => {
    const reading = await readOne(packed.subarray(0, packed.length >> 1));
    expect(reading.ids.length).toBeGreaterThan(150);
    expect(reading.summary.records).toBe(reading.ids.length);
    expect(onlyReason(reading)).toBe('gzip that is cut short');
  });

  test('cut short in its last bytes: every record is hunted', async () => {
    const reading = await readOne(packed.subarray(0, packed.length - 3));
    expect(reading.ids.length).toBe(400);
    expect(onlyReason(reading)).toBe('gzip that is cut short');
  });

  test('damaged: what stands before the damage is hunted', async () => {
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, damaged.length >> 1);
    const reading = await readOne(damaged);
    expect(reading.ids.length).toBeGreaterThan(150);
    expect(onlyReason(reading)).toMatch(/^broken gzip: /);
  });

  test('with a wrong sum: every record is hunted, and the file named', async () => {
    const wrong = Buffer.from(packed);
    wrong.fill(0, wrong.length - 8, wrong.length - 4);
    const reading = await readOne(wrong);
    expect(reading.ids.length).toBe(400);
    expect(onlyReason(reading)).toMatch(/^broken gzip: /);
  });

  test('of a large file, cut short', async () => {
    const text = Array.from({ length: 40_000 }, (_, i) =>
      eventText(`n${i}`, { userAgent: String(Math.sin(i)) + Math.cos(i) + Math.tan(i) }),
    ).join('\n');
    const large = gzipSync(text, { level: 1 }).subarray(0, -10_000);
    const stream = Buffer.concat([large.subarray(0, 0), large]);
    expect(stream.length).toBeGreaterThan(1 << 20);
    const reading = await readOne(stream);
    expect(reading.ids.length).toBeGreaterThan(39_000);
    expect(onlyReason(reading)).toBe('gzip that is cut short');
  });
});

describe('text that is not JSON', () => {
  test.each([
    ['a binary', Buffer.from([0, 1, 2, 3, 255, 254, 10, 0]), /no JSON document/],
    [
      'zip',
      Buffer.from('504b0304aaaa', 'hex'),
      'a zip archive without its directory: it is cut short or damaged',
    ],
    ['zstd', Buffer.from('28b52ffdaaaa', 'hex'), /^zstd that is cut short/],
    ['bzip2', Buffer.from('BZh91AY'), /^bzip2/],
    ['Parquet', Buffer.from('PAR1xxxx'), /^Parquet, which only an engine reads/],
    [
      'a broken tar archive in gzip',
      gzipSync(Buffer.concat([Buffer.alloc(257), Buffer.from('ustar'), Buffer.alloc(512)])),
      /^broken tar archive/,
    ],
  ])('%s is named', async (_name, content, reason) => {
    const folder = folderOf({ 'x.json': content });
    expect(onlyReason(await readPaths([folder]))).toMatch(reason);
  });
});
