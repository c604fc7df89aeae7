/** Bad input is reported with a reason, and everything else is read. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectLinear } from '../../support/cpu.js';
import {
  folderOf,
  ids,
  reading,
  readingFile,
  readingPieces,
  namesRequired,
} from '../../support/read-dump.js';

const event = (id: string, more: object = {}) => ({
  eventName: 'E',
  eventSource: 's',
  eventID: id,
  ...more,
});
const line = (id: string): string => JSON.stringify(event(id));
const reasons = async (found: ReturnType<typeof readingFile>) =>
  (await found).summary.unreadable.map(({ reason }) => reason);

describe('a file that is broken', () => {
  test.each<[string, string | Buffer, string]>([
    ['empty', '', 'empty'],
    ['white space only', ' \n', 'empty'],
    ['a binary', Buffer.from([0, 159, 146, 150, 255]), 'no JSON document'],
    ['plain text', 'Jan 1 00:00:00 host sshd[1]: hello', 'no JSON document'],
    ['invalid JSON', '{"eventName": tru}', 'invalid JSON'],
    ['Records that is no list', '{"Records": {"a": 1}}', '"Records" is no list'],
    ['zstd', Buffer.from('28b52ffd00000000', 'hex'), 'zstd'],
    ['zip', Buffer.from('504b030400000000', 'hex'), 'zip'],
    ['gzip of nothing much', gzipSync('').subarray(0, 12), 'cut short'],
  ])('%s', async (_name, content, reason) => {
    const found = readingFile(content);
    expect(await reasons(found)).toEqual([expect.stringContaining(reason)]);
    expect((await found).summary.read).toBe(0);
  });

  test('a truncated text gives what stands before the break', async () => {
    const text = JSON.stringify({ Records: ['a', 'b', 'c'].map((id) => event(id)) });
    const found = await readingFile(text.slice(0, text.length - 20));
    expect(ids(found)).toEqual(['a', 'b']);
    expect(found.summary.unreadable[0]?.reason).toMatch(
      /^line 1, record 3: the text ends in the middle/,
    );
  });

  test('a truncated gzip gives what stands before the break', async () => {
    const many = Array.from({ length: 9000 }, (_, i) => event(`e${i}`, { noise: Math.random() }));
    const packed = gzipSync(JSON.stringify({ Records: many }));
    const found = await readingFile(packed.subarray(0, Math.floor(packed.length / 2)));
    expect(found.rows.length).toBeGreaterThan(500);
    expect(found.summary.unreadable[0]?.reason).toContain('gzip that is cut short');
  });

  test('a corrupt gzip too', async () => {
    const many = Array.from({ length: 9000 }, (_, i) => event(`e${i}`, { noise: Math.random() }));
    const packed = gzipSync(JSON.stringify({ Records: many }));
    const middle = Math.floor(packed.length / 2);
    packed.fill(0xff, middle, middle + 40);
    const found = await readingFile(packed);
    expect(found.rows.length).toBeGreaterThan(500);
    expect(found.summary.unreadable[0]?.reason).toContain('gzip');
  });

  test('records that are none are named, and the others read', async () => {
    const found = await readingFile(
      JSON.stringify({ Records: [7, event('a'), null, [1], {}, event('b')] }),
    );
    expect(ids(found)).toEqual(['a', 'b']);
    expect(found.summary.unreadable[0]?.reason).toBe(
      'line 1, record 1: a number where an event should stand (and 3 more)',
    );
    expect(found.summary.read).toBe(1);
  });

  test('a looked-up event that is broken JSON', async () => {
    const text = JSON.stringify({
      Events: [{ CloudTrailEvent: '{"eventName": ' }, { CloudTrailEvent: line('a') }],
    });
    const found = await readingFile(text);
    expect(ids(found)).toEqual(['a']);
    expect(found.summary.unreadable).toHaveLength(1);
  });

  test('if a line is cut short, at any position, only that line is lost', async () => {
    const property = fc.asyncProperty(
      fc.nat(5),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (which, part) => {
        const more = { p: { list: [1, { deep: 'x, {"y": [' }], text: 'a\\"b' }, q: null };
        const lines = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => JSON.stringify(event(id, more)));
        const cut = Math.max(1, Math.floor((lines[which]?.length ?? 0) * part * 0.999));
        const text = lines
          .map((one, index) => (index === which ? one.slice(0, cut) : one))
          .join('\n');
        const found = await readingFile(text, 'log.jsonl');
        expect(ids(found)).toEqual(
          ['a', 'b', 'c', 'd', 'e', 'f'].filter((_, index) => index !== which),
        );
        expect(found.summary.unreadable).toHaveLength(1);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  test('a broken document among others costs itself', async () => {
    const text = [{ Records: [event('a')] }, { Records: [event('x')] }, { Records: [event('b')] }]
      .map((document) => JSON.stringify(document))
      .map((document, index) => (index === 1 ? document.slice(0, 30) : document))
      .join('\n');
    expect(ids(await readingFile(text))).toEqual(['a', 'b']);
  });
});

describe('paths', () => {
  test('one that is named and not there is an error', async () => {
    await expect(reading(['/no/such/folder'])).rejects.toThrow(
      'no such file or folder: /no/such/folder',
    );
  });

  test('broken links, links to themselves, files reached twice', async () => {
    const folder = folderOf({ 'a.json': line('a'), 'in/b.json': line('b') });
    symlinkSync(join(folder, 'gone'), join(folder, 'broken.json'));
    symlinkSync(folder, join(folder, 'in/loop'));
    symlinkSync(join(folder, 'a.json'), join(folder, 'again.json'));
    const found = await reading([folder, join(folder, 'in')]);
    expect(ids(found).toSorted()).toEqual(['a', 'b']);
    expect(found.summary.unreadable.map(({ reason }) => reason)).toEqual(['broken link']);
    expect(found.summary.skipped).toContainEqual({ reason: 'reached twice', count: 1 });
  });

  test.skipIf(process.getuid?.() === 0)('a folder without rights is named', async () => {
    const folder = folderOf({ 'a.json': line('a') });
    mkdirSync(join(folder, 'closed'), { mode: 0o000 });
    const found = await reading([folder]);
    expect(ids(found)).toEqual(['a']);
    expect(found.summary.unreadable.map(({ reason }) => reason)).toEqual(['permission denied']);
  });

  test('a file that is no log, and not named like one, is skipped', async () => {
    const found = await reading([
      folderOf({
        'a.json': line('a'),
        'notes.txt': 'x',
        '._a.json': 'x',
        '__MACOSX/b.json': 'x',
        marker: '',
      }),
    ]);
    expect(ids(found)).toEqual(['a']);
    expect(found.summary.skipped).toEqual([
      { reason: 'AppleDouble', count: 2 },
      { reason: 'folder marker', count: 1 },
      { reason: 'no CloudTrail events', count: 1 },
    ]);
    expect(found.summary.unreadable).toEqual([]);
  });
});

describe('too much', () => {
  const MEGABYTE = 1024 * 1024;

  test('a record of 256 KB is an event', async () => {
    const found = await readingFile(
      JSON.stringify(event('a', { requestParameters: { x: 'y'.repeat(256 * 1024) } })),
    );
    expect(ids(found)).toEqual(['a']);
  });

  test('a file of 50 MB is read', async () => {
    const one = event('a', { requestParameters: { x: 'y'.repeat(5000) } });
    const found = await readingFile(
      JSON.stringify({ Records: Array(10_000).fill(one) }),
      'log.json',
      {
        required: namesRequired(new Set(['none'])),
      },
    );
    expect(found.summary).toMatchObject({ records: 10_000, unreadable: [] });
  });

  test('a record of more than 32 MB is named, and those around it are read', async () => {
    const pieces = [
      Buffer.from(`{"Records":[${line('a')},{"eventName":"`),
      ...Array<Buffer>(40).fill(Buffer.alloc(MEGABYTE, 'x')),
      Buffer.from(`"},${line('b')}]}`),
    ];
    const found = await readingPieces(pieces);
    expect(ids(found)).toEqual(['a', 'b']);
    expect(found.summary.unreadable[0]?.reason).toContain('more than 32 MB');
  });

  test('a record nested very deep is named', async () => {
    const deep = `{"eventName":"E","eventSource":"s","x":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    const found = await readingFile(`${line('a')}\n${deep}\n${line('b')}`);
    expect(ids(found)).toEqual(['a', 'b']);
    expect(found.summary.unreadable[0]?.reason).toContain('nested more than 1000 deep');
  });

  test.each(['[', '"', '{"a":', '\\', '}\n{'])(
    'a megabyte of %j is eight times the work of an eighth',
    async (part) => {
      const some = part.repeat(MEGABYTE / 8 / part.length);
      await expectLinear((amount) => readingFile(some.repeat(amount)), 8);
    },
  );
});

describe('hostile keys and text', () => {
  test('unpaired surrogates in values and keys are replaced and counted', async () => {
    const found = await readingFile(
      `{"eventName":"E","eventSource":"s","requestParameters":{"\\ud800k":"\\udfff\\udc00v"}}`,
    );
    expect(found.rows[0]?.['requestparameters']).toEqual({ '\uFFFDk': '\uFFFD\uFFFDv' });
    expect(found.summary.repairedSurrogates).toBe(3);
  });

  test('__proto__ is a key like any other', async () => {
    const found = await readingFile(
      `{"eventName":"E","eventSource":"s","__proto__":{"eventID":"x"},"requestParameters":{"__proto__":{"a":1}}}`,
    );
    expect(found.rows[0]?.['eventid']).toBeNull();
    expect(JSON.stringify(found.rows[0]?.['requestparameters'])).toBe('{"__proto__":{"a":1}}');
  });

  test('keys in another case, the documented spelling winning, else the last', async () => {
    const found = await readingFile(
      '{"EVENTNAME":"no","eventName":"E","eventname":"no","EventSource":"s","eventid":"1","EVENTID":"2"}',
    );
    expect(found.rows[0]).toMatchObject({ eventname: 'E', eventsource: 's', eventid: '2' });
  });

  test('wrong types in any field', async () => {
    const wrong = {
      userAgent: 7,
      userIdentity: ['x'],
      resources: {},
      requestParameters: 'text',
      errorCode: false,
      tlsDetails: 'x',
    };
    const found = await readingFile(JSON.stringify(event('a', wrong)));
    expect(found.rows[0]).toMatchObject({
      useragent: '7',
      useridentity: null,
      resources: [],
      requestparameters: null,
      errorcode: 'false',
      tlsdetails: null,
      extra: '{"userIdentity":["x"],"requestParameters":"text","tlsDetails":"x"}',
    });
    expect(found.summary.unreadableFields).toBe(1);
    expect(found.summary.unreadable[0]?.reason).toMatch(
      /^line 1, record 1: userIdentity and tlsDetails are in no form/,
    );
  });
});
