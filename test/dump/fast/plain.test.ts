/**
 * The fast reader parses almost nothing. Whatever a log holds, the result must be the same as that of the splitter, which
 * reads the same text when it arrives in pieces so small that the fast reader can take no record out of them.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allOf, anyOf, valueRequired } from '../../../src/cloudtrail/requirement.js';
import { PlainReader } from '../../../src/dump/fast/plain.js';
import { HEAD_BYTES } from '../../../src/dump/open/opened-stream.js';
import type { Window } from '../../../src/cloudtrail/time/window.js';
import {
  namesRequired,
  folderOf,
  reading,
  readingPieces,
  type Reading,
} from '../../support/read-dump.js';

const NAMES = ['CreateSecurityGroup', 'AuthorizeSecurityGroupIngress', 'deletetrail'];
const AT = Date.parse('2026-01-14T09:30:00Z');

type Member = readonly [key: string, value: string];

const PLAIN: readonly Member[] = [
  ['eventVersion', '"1.11"'],
  ['userIdentity', '{"type":"AssumedRole","arn":"arn:aws:sts::112233445566:assumed-role/a/b"}'],
  ['eventTime', '"2026-01-14T09:30:00Z"'],
  ['eventSource', '"ec2.amazonaws.com"'],
  ['eventName', '"DescribeInstances"'],
  ['awsRegion', '"eu-west-1"'],
  ['requestParameters', '{"items":[{"a":1},{"b":[{}]}],"note":"plain"}'],
  ['eventID', '"e"'],
  ['eventType', '"AwsApiCall"'],
  ['recipientAccountId', '"112233445566"'],
  ['eventCategory', '"Management"'],
];

const name = fc.constantFrom(
  ...NAMES,
  'DescribeInstances',
  'DELETETRAIL',
  'Décrire',
  'createsecuritygroup',
);
const time = fc.constantFrom(
  '2026-01-14T09:30:00Z',
  '2026-01-14T09:29:59Z',
  '2026-01-14T10:00:00Z',
  '2026-02-30T09:30:00Z',
  '2026-01-14T09:30:61Z',
  '2026-01-14T09:75:00Z',
  '2026-01-14T24:00:00Z',
  '2026-01-14T09:30:00.5Z',
  '2026-01-14 09:30:00',
  '2026-01-14T09:30:00+01:00',
  '',
);
/** A whole event, as some tools keep it beside a copy of its members. */
const INSIDE = `{${PLAIN.map(([key, value]) => `"${key}":${key === 'eventName' ? '"CreateSecurityGroup"' : value}`).join(',')}}`;
const strange: readonly string[] = [
  INSIDE,
  JSON.stringify(INSIDE),
  'null',
  '5',
  '{"eventName":"CreateSecurityGroup","eventVersion":"1"}',
  '[{"eventVersion":"1.08","eventName":"CreateSecurityGroup"},{"eventName":"CreateSecurityGroup"}]',
  '"},{\\"eventName\\":\\"CreateSecurityGroup\\"}"',
  '"\\\\"',
  '"\\u0043reateSecurityGroup"',
  '"[{\\\\\\""',
  '"aws:s3"',
  '"arn:aws:s3:::b"',
  '"AwsCloudTrailInsight"',
  '"AwsAggregatedEvent"',
  '"Insight"',
  '"Data"',
  '"é😀"',
  '"eventName"',
  '{}',
  '[]',
];
const keys = [
  ...PLAIN.map(([key]) => key),
  'EventName',
  'EVENTTIME',
  'awsregion',
  'RecipientAccountID',
  'eventNames',
  'insightDetails',
  'eventJson',
  'EventOriginal',
  'event.original',
  'event\\u004eame',
  'errorCode',
];

/** What says the kind of a record, with and without a category. */
const kind = fc.constantFrom<readonly Member[]>(
  ...['"Management"', '"Managements"', '"Data"', '"data"', '"NetworkActivity"', '""', 'null'].map(
    (value): readonly Member[] => [
      ['eventCategory', value],
      ['eventSource', '"dynamodb.amazonaws.com"'],
    ],
  ),
  ...['"1.0"', '"1.06"', '"1.0\\u0036"', '"1.07"', '"1.061"', '1.05', '"2.0"', '"1.11"'].flatMap(
    (version) =>
      [
        ['"s3.amazonaws.com"', '"GetObject"'],
        ['"lambda.amazonaws.com"', '"GetObject"'],
        ['"lambda.amazonaws.com"', '"Invoke"'],
        ['"ec2.amazonaws.com"', '"CompleteMultipartUpload"'],
        ['"s3.amazonaws.com"', '"PutBucketIntelligentTieringConfiguration"'],
      ].map(([source = '', call = '']): readonly Member[] => [
        ['eventVersion', version],
        ['eventSource', source],
        ['eventName', call],
      ]),
  ),
);
const isManagement = fc.constantFrom(
  '',
  '',
  '',
  'true',
  'false',
  '"true"',
  '"false"',
  '"tru\\u0065"',
  '"True"',
  'null',
  '5',
);
const kinds = fc.tuple(kind, isManagement).map(([members, management]): readonly Member[] => {
  const own = new Map(PLAIN.filter(([key]) => key !== 'eventCategory'));
  for (const [key, value] of members) own.set(key, value);
  if (management !== '') own.set('managementEvent', management);
  return [...own];
});

/** One change to a record's members. */
const change = fc.oneof(
  fc.record({ key: fc.constant('eventName'), value: name.map((text) => JSON.stringify(text)) }),
  fc.record({ key: fc.constant('eventTime'), value: time.map((text) => JSON.stringify(text)) }),
  fc.record({
    key: fc.constant('awsRegion'),
    value: fc.constantFrom('"us-east-1"', '"eu-west-1"', '""'),
  }),
  fc.constantFrom(
    { key: 'eventSource', value: '"aws:s3"' },
    { key: 'eventType', value: '"AwsCloudTrailInsight"' },
    { key: 'eventType', value: '"AwsAggregatedEvent"' },
    { key: 'eventType', value: '"AwsVpceEvent"' },
    { key: 'eventCategory', value: '"Insight"' },
    { key: 'eventCategory', value: '"Data"' },
    { key: 'eventCategory', value: '"NetworkActivity"' },
    { key: 'insightDetails', value: '{}' },
    { key: 'insightDetails', value: '5' },
    { key: 'eventName', value: '"\\u0043reateSecurityGroup"' },
    {
      key: 'requestParameters',
      value: '{"eventName":"CreateSecurityGroup","awsRegion":"x","eventTime":5}',
    },
    { key: 'requestParameters', value: '{"awsRegion":"nested"}' },
    { key: 'requestParameters', value: '[{"recipientAccountId":"nested"}]' },
    { key: 'additionalEventData', value: '"\\\\"' },
  ),
  fc.record({ key: fc.constantFrom(...keys), value: fc.constantFrom(...strange) }),
);
const record = fc
  .tuple(
    fc.array(
      fc.tuple(change, fc.constantFrom('set', 'set', 'set', 'append', 'append', 'first', 'drop')),
      { maxLength: 2 },
    ),
    fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(PLAIN.length)),
  )
  .map(([changes, first]) => {
    let members = [...PLAIN];
    for (const [{ key, value }, how] of changes) {
      if (how === 'drop') members = members.filter(([own]) => own !== key);
      else if (how === 'append') members.push([key, value]);
      else if (how === 'first') members.unshift([key, value]);
      else members = members.map((own) => (own[0] === key ? [key, value] : own));
    }
    return [...members.slice(first), ...members.slice(0, first)];
  });

const GAPS = ['', ' ', '\n', '\r\n  ', '\t'];
const gap = fc.constantFrom(...GAPS);

function recordText(members: readonly Member[], space: string): string {
  return `{${space}${members.map(([key, value]) => `"${key}"${space}:${space}${value}`).join(`${space},${space}`)}${space}}`;
}

/** The usual text, and sometimes another one. */
function usually(usual: string, ...others: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

/** A record in each line. */
const lines = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: record }, kinds), { minLength: 2, maxLength: 7 }),
    usually(
      '\n',
      '\r\n',
      '\n\n',
      ' \n\t',
      '',
      ' ',
      ',\n',
      '\n,',
      '\n5\n',
      '\n{}\n',
      '\n"x"\n',
      '}\n',
    ),
    usually('', '\n', '[', '\ufeff', '{"Records":[]}\n', '5\n'),
    usually('\n', '', ' \r\n', '\n]', '\n{', '\nx', '\n{"Records":[]}', `\n${' '.repeat(300)}`),
  )
  .map(([records, odd, head, tail]) => {
    const texts = records.map((members) => recordText(members, ''));
    const [first = '', ...others] = texts;
    return `${head}${first}\n${others.slice(0, -1).join('\n')}${odd}${others.at(-1) ?? ''}${tail}`;
  });

const list = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: record }, kinds), { minLength: 1, maxLength: 6 }),
    gap,
    usually(',', ', ,', '', ',{},', ',5,', ' , '),
    usually('{"Records":[', ' { "Records" : [\n', '[', '{"a":1,"Records":['),
    usually(']}', ']}\n', ' ] } ', ']', ',]}', '],"b":2}', ']}{}'),
  )
  .map(([records, space, odd, head, tail]) => {
    const texts = records.map((members) => recordText(members, space));
    const [first = '', ...others] = texts;
    const last = others.pop();
    const usual = [first, ...others].join(`${space},${space}`);
    return `${head}${usual}${last === undefined ? '' : `${odd}${last}`}${tail}`;
  });

const windows: readonly Window[] = [
  { since: undefined, until: undefined },
  { since: AT, until: undefined },
  { since: AT - 500, until: AT + 1 },
  { since: undefined, until: AT },
];

/** A text that begins with so many blanks is read in pieces. The fast reader does not take it as a whole. */
const BLANKS = ' '.repeat(HEAD_BYTES);
/** Fewer bytes than any record here has: the fast reader can take none out of such a piece. */
const SHORT = 64;

/** Each text in turn: a folder for each would take as long as reading it. */
const path = `${folderOf({ 'log.json': '' })}/log.json`;

/** Read by the fast reader as a whole, then in two pieces, and then by the splitter alone. */
async function allWays(text: string, window: Window): Promise<readonly Reading[]> {
  const bytes = Buffer.from(text);
  const options = { required: namesRequired(new Set(NAMES)), window };
  writeFileSync(path, bytes);
  const inPieces = (size: number): Promise<Reading> => {
    const count = Math.ceil(bytes.length / size);
    const pieces = Array.from({ length: count }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    return readingPieces([Buffer.from(BLANKS), ...pieces], options);
  };
  return Promise.all([
    // Named itself, because standard input is what the user named too.
    reading([path], options),
    inPieces(Math.ceil(bytes.length / 2)),
    inPieces(SHORT),
  ]);
}

function comparable({ rows, summary }: Reading): unknown {
  const { unreadable, ...numbers } = summary;
  return {
    rows: rows.map(({ source: _source, ...row }) => row),
    lost: unreadable.map(({ reason }) => reason),
    ...numbers,
  };
}

describe('a log of the plain shape', () => {
  test('gives the same as the splitter', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(list, lines), fc.constantFrom(...windows), async (text, window) => {
        const [plainly, inPieces, slowly] = (await allWays(text, window)).map(comparable);
        expect(plainly).toEqual(slowly);
        expect(inPieces).toEqual(slowly);
      }),
      { numRuns: 400 },
    );
  });

  const reader = (window: Window = windows[0] as Window): PlainReader =>
    new PlainReader({ required: namesRequired(new Set(NAMES)), window });
  const recordOf = (own: string): string =>
    recordText(
      PLAIN.map(([key, value]) => [key, key === 'eventName' ? JSON.stringify(own) : value]),
      '',
    );
  const logOf = (...names: readonly string[]): Buffer =>
    Buffer.from(`{"Records":[${names.map(recordOf).join(',')}]}`);

  test('is parsed only where a rule may match', () => {
    const names = Array.from({ length: 5000 }, (_, index) =>
      index % 1000 === 7 ? 'CreateSecurityGroup' : 'GetObject',
    );
    const found = reader().read(logOf(...names));
    expect(found?.records).toBe(5000);
    expect(found?.toParse.map(({ number }) => number)).toEqual([8, 1008, 2008, 3008, 4008]);
  });

  test('with a record in each line is parsed only where a rule may match', () => {
    const names = Array.from({ length: 5000 }, (_, index) =>
      index % 1000 === 7 ? 'CreateSecurityGroup' : 'GetObject',
    );
    const text = names.map((own) => `${recordOf(own)}\r\n`).join('');
    const one = reader();
    // What one log taught must not mislead in a log of the other shape.
    for (const bytes of [Buffer.from(text), logOf(...names), gzipSync(text)]) {
      const found = one.read(bytes);
      expect(found?.records).toBe(5000);
      expect(found?.toParse.map(({ number }) => number)).toEqual([8, 1008, 2008, 3008, 4008]);
    }
  });

  test('with lines of which none is surely an event is left to the splitter', () => {
    const bare = PLAIN.filter(([key]) => key !== 'userIdentity');
    const line = recordText(bare, '');
    expect(reader().read(Buffer.from(`${line}\n${line}\n`))).toBeUndefined();
    const event = recordText(PLAIN, '');
    const found = reader().read(Buffer.from(`${line}\n${event}\n`));
    expect(found?.toParse.map(({ number }) => number)).toEqual([1]);
  });

  test.each([
    'eventJson',
    'EVENTJSON',
    'eventOriginal',
    'event.original',
    'event_json',
    'cloud.trail.event',
    '@event.json',
    'CloudTrailEvent',
  ])('is parsed where a member may hold the event: %s', async (key) => {
    const event = recordText(PLAIN, '');
    const copy = recordText([...PLAIN, [key, INSIDE]], '');
    const text = `${[event, copy, event].join('\n')}\n`;
    const found = reader().read(Buffer.from(text));
    expect(found?.toParse.map(({ number }) => number)).toEqual([2]);
    const [plainly, inPieces] = await allWays(text, windows[0] as Window);
    expect(plainly?.rows).toHaveLength(1);
    expect(inPieces?.rows).toHaveLength(1);
  });

  test('is parsed only where the key stands that a rule of very many parts asks for', () => {
    const text = Buffer.from(
      `{"Records":[${['one', 'two', 'three']
        .map((key) => recordText([...PLAIN, ['sharedEventID', `"ASIA${key}"`]], ''))
        .join(',')}]}`,
    );
    const key = { kind: 'text', text: 'ASIAtwo', ignoreCase: false } as const;
    const calls = Array.from({ length: 100 }, (_, index) =>
      allOf([
        valueRequired('eventSource', new Set([`s${index}.amazonaws.com`])),
        valueRequired('eventName', new Set([`Call${index}`])),
      ]),
    );
    const required = anyOf([
      allOf([anyOf(calls), key]),
      key,
      valueRequired('eventName', new Set(['StopLogging'])),
    ]);
    const window = { since: undefined, until: undefined };
    const found = new PlainReader({ required, window }).read(text);
    expect(found?.toParse.map(({ number }) => number)).toEqual([2]);
  });

  test('is read for a text of any length', () => {
    const window = { since: undefined, until: undefined };
    for (const length of [1000, 10_000, 100_000]) {
      const long = 'x'.repeat(length);
      const records = [`"${long}"`, `"${long.slice(1)}"`].map((value) =>
        recordText([...PLAIN, ['userAgent', value]], ''),
      );
      const required = { kind: 'text', text: long, ignoreCase: false } as const;
      const text = Buffer.from(`{"Records":[${records.join(',')}]}`);
      const found = new PlainReader({ required, window }).read(text);
      expect(found?.records).toBe(2);
      expect(found?.toParse.map(({ number }) => number)).toContain(1);
    }
  });

  test('has its records at the positions given', () => {
    const text = logOf('GetObject', 'CreateSecurityGroup', 'DeleteTrail');
    const found = reader()
      .read(text)
      ?.toParse.map(
        ({ start, end }) => JSON.parse(text.toString('utf8', start, end)) as { eventName: string },
      );
    expect(found?.map(({ eventName }) => eventName)).toEqual([
      'CreateSecurityGroup',
      'DeleteTrail',
    ]);
  });

  test('counts by account, region and hour, in the window and out of it', () => {
    const read = reader({ since: AT + 1, until: undefined }).read(logOf('GetObject', 'GetObject'));
    expect(read?.groups).toEqual([
      {
        cell: {
          account: '112233445566',
          region: 'eu-west-1',
          kind: { category: 'management', eventSource: null },
          hour: AT - 1_800_000,
          first: AT,
          last: AT,
          records: 2,
        },
        inWindow: false,
      },
    ]);
  });

  test('is no log that ends inside a record, at whatever byte, and the next log is read all the same', () => {
    const one = reader();
    const whole = logOf('DescribeInstances', 'CreateSecurityGroup');
    for (let length = 0; length < whole.length; length++)
      expect(one.read(whole.subarray(0, length)), `${length} bytes`).toBeUndefined();
    expect(one.read(whole)?.records).toBe(2);
  });

  test.each(['{"Records":[]}', '', '{}', '[{}]', '{"Records":[{"a":"', '{"Records":[[{}]]}'])(
    'is not %s',
    (text) => {
      expect(reader().read(Buffer.from(text))).toBeUndefined();
    },
  );
});

test('scan.wasm is what its source compiles to', async () => {
  const { main } = await import('assemblyscript/asc');
  let binary: Uint8Array | undefined;
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly scripts: { readonly wasm: string };
  };
  const [, ...words] = scripts.wasm.split(' ');
  const { error } = await main(words, {
    readFile: (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : null),
    writeFile: (_file: string, contents: string | Uint8Array) => {
      if (typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  expect(error).toBeNull();
  expect(Buffer.from(binary ?? []).equals(readFileSync('src/dump/fast/scan.wasm'))).toBe(true);
});
