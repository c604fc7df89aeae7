/** The name of a file decides nothing: a log is found by its content, in a folder, in an archive and in S3. */
import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { tar, zip } from '../../support/archives.js';
import { folderOf } from '../../support/read-dump.js';
import { readBucket } from '../../support/s3/reading.js';
import { BUCKET } from '../../support/s3/server.js';
import { event, eventText, onlyReason, readPaths } from '../dumps.js';

const text = JSON.stringify({ Records: [event('a'), event('b')] });
const long = JSON.stringify({
  Records: Array.from({ length: 400 }, (_, i) => event(`${i}`, { noise: 'x'.repeat(100) })),
});

/** Names that people's files have, and any other, but those of AppleDouble. */
const name = fc
  .oneof(
    fc.constantFrom(
      'x',
      'x.txt',
      'x.json.gz.6eF3aB12',
      'x.part',
      'x.1',
      'x.js',
      'x.md',
      'x.map',
      'x.zst',
    ),
    fc.constantFrom(
      'x.gz',
      'x.csv',
      'x.png',
      'x.tar',
      'x.zip',
      'x.parquet',
      'x.gpg',
      'x.7z.002',
      'x.br',
    ),
    fc.stringMatching(/^[a-zA-Z0-9_ ()=-]{1,8}(\.[a-zA-Z0-9~]{0,6}){0,3}$/),
  )
  .filter((found) => !found.startsWith('._') && !/^\.{0,2}$/.test(found));

const CONTENTS: Readonly<Record<string, string | Buffer>> = {
  plain: text,
  'after white space': `\ufeff\n ${text}`,
  lines: `${eventText('a')}\n${eventText('b')}\n`,
  packed: gzipSync(text),
  'two packed': Buffer.concat([gzipSync(eventText('a')), gzipSync(eventText('b'))]),
  tar: await tar([['x', text]]),
  zip: await zip([['x', gzipSync(text)]]),
};

describe.each(Object.entries(CONTENTS))('a log: %s', (_kind, content) => {
  test('gives its events with any name', async () => {
    await fc.assert(
      fc.asyncProperty(name, async (path) => {
        const { ids, summary } = await readPaths([folderOf({ [path]: content })]);
        expect(ids).toEqual(['a', 'b']);
        expect(summary.unreadable).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test('gives them as a member of an archive with any name', async () => {
    await fc.assert(
      fc.asyncProperty(name, async (path) => {
        const { ids, summary } = await readPaths([folderOf({ x: await tar([[path, content]]) })]);
        const isZip = summary.unreadable.some(({ reason }) =>
          reason.startsWith('a zip archive in'),
        );
        expect(isZip ? ['a', 'b'] : ids).toEqual(['a', 'b']);
      }),
      { numRuns: 15 },
    );
  });
});

const FOREIGN: Readonly<Record<string, readonly [content: string, reason: RegExp]>> = {
  OCSF: [
    JSON.stringify(
      {
        api: { operation: 'CreateUser', service: { name: 'iam.amazonaws.com' } },
        class_uid: 6003,
        metadata: { product: { name: 'CloudTrail' } },
      },
      undefined,
      2,
    ),
    /OCSF rows .*: export the original events/,
  ],
  Falco: [
    JSON.stringify({ source: 'aws_cloudtrail', output_fields: { 'ct.name': 'CreateUser' } }),
    /alerts of Falco/,
  ],
  'Falco, behind other text': [
    `Jan 14 09:30:00 host falco: ${JSON.stringify({ source: 'aws_cloudtrail', rule: 'r' })}\n`,
    /alerts of Falco/,
  ],
  Elastic: [
    JSON.stringify({ event: { action: 'CreateUser', dataset: 'aws.cloudtrail' } }),
    /Elastic documents/,
  ],
  Datadog: [
    JSON.stringify({ source: 'cloudtrail', attributes: { evt: { name: 'CreateUser' } } }),
    /Datadog logs/,
  ],
};

describe.each(Object.entries(FOREIGN))('events in the form of %s', (_tool, [content, reason]) => {
  test.each(['x.json', 'x', 'x.txt', 'x.ocsf', 'x.event', 'x.raw', 'x.json.1'])(
    'are lost evidence in a file that is called %s',
    async (path) => {
      const found = await readPaths([folderOf({ [path]: content, 'good.json': text })]);
      expect(found.ids).toEqual(['a', 'b']);
      expect(onlyReason(found)).toMatch(reason);
    },
  );
});

test('a small text that names CloudTrail is still no log', async () => {
  const notes = 'See {"docs": "https://docs.aws.amazon.com/awscloudtrail"} for the trail.\n';
  const { summary } = await readPaths([folderOf({ notes, 'good.json': text })]);
  expect(summary).toMatchObject({
    unreadable: [],
    skipped: [{ reason: 'no CloudTrail events', count: 1 }],
  });
});

describe('in S3', () => {
  const ROOT = `s3://${BUCKET}`;

  test('objects of any name are read', async () => {
    const { ids, summary } = await readBucket(
      {
        'stream-1-2026-02-01-10-11-12-aaaa': eventText('a'),
        'packed-1-2026': gzipSync(eventText('b')),
        'other.jpg': 'x',
        'program.bin': Buffer.from('7f454c4600', 'hex'),
      },
      [ROOT],
    );
    expect(ids).toEqual(['a', 'b']);
    expect(summary.skipped).toEqual([
      { reason: 'a program', count: 1 },
      { reason: 'named like a picture or a document', count: 1 },
    ]);
  });

  test('of an object that is no log, only the beginning is fetched; of a log, each byte once', async () => {
    const bytes = Buffer.alloc(1 << 20, 7);
    const { summary, calls } = await readBucket({ noise: bytes, stream: long }, [ROOT]);
    expect(summary).toMatchObject({ records: 400, unreadable: [] });
    const gets = calls.filter(({ kind }) => kind === 'get');
    expect(gets.filter(({ key }) => key === 'noise')).toHaveLength(1);
    expect(gets.filter(({ key }) => key === 'stream')).toHaveLength(2);
  });
});

describe('a file that the user named', () => {
  test.each<[string, string, string]>([
    ['a text', 'hello', 'holds no CloudTrail events: other text'],
    ['other JSON', '{"a":1}', 'holds no CloudTrail events: other JSON'],
    ['a digest', '{"digestStartTime":"x"}', 'holds no CloudTrail events: digest'],
    ['an empty file', '', 'empty'],
  ])('and that is %s is lost evidence', async (_what, content, reason) => {
    const folder = folderOf({ x: content });
    expect(onlyReason(await readPaths([`${folder}/x`]))).toBe(reason);
  });

  test('and that is an archive without logs is lost evidence', async () => {
    const folder = folderOf({ x: await zip([['notes.txt', 'hello']]), y: await tar([]) });
    expect(onlyReason(await readPaths([`${folder}/x`]))).toBe(
      'holds no CloudTrail events: an archive',
    );
  });

  test('and that is a log without events is a log', async () => {
    const folder = folderOf({ x: '{"Records":[]}' });
    const { summary } = await readPaths([`${folder}/x`]);
    expect(summary).toMatchObject({ read: 1, unreadable: [] });
  });
});
