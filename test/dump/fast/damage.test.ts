/**
 * Damaged logs of the plain shape: the quick pass never fails, and never loses in silence what a parse of every record would
 * find or report.
 */
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { Memory } from '../../../src/dump/fast/memory.js';
import { PlainReader } from '../../../src/dump/fast/plain.js';
import { namesRequired } from '../../support/read-dump.js';
import { aboutNames, WAYS, WaysReader } from '../../support/read-ways.js';
import { event, eventText } from '../dumps.js';

const NAMES = new Set(['CreateSecurityGroup']);
const ALWAYS = { since: undefined, until: undefined };
const reader = new WaysReader(aboutNames(NAMES), ALWAYS);
const NAMED = { required: namesRequired(NAMES), window: ALWAYS };

const OTHER = {
  eventName: 'DescribeInstances',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/u' },
  requestParameters: { ids: ['i-1', { n: -1.5e3 }, []], empty: {}, deep: { a: { b: { c: [1] } } } },
  responseElements: null,
  readOnly: false,
  managementEvent: true,
  resources: [{ accountId: '111122223333', type: 'AWS::EC2::Instance' }],
};
const other = eventText('other', OTHER);
const wanted = eventText('wanted');

const compact = `{"Records":[${other},${wanted},${other}]}`;
const pretty = JSON.stringify(
  { Records: [event('1', OTHER), event('wanted'), event('2', OTHER)] },
  undefined,
  2,
);

/** A change to the text of the record that no rule matches. */
type Damage = readonly [what: string, damage: (text: string) => string];

const first =
  (what: string, by: string) =>
  (text: string): string => {
    expect(text).toContain(what);
    return text.replace(what, () => by);
  };

const DAMAGES: readonly Damage[] = [
  ['a cut literal', first('false', 'fals')],
  ['a longer literal', first('true', 'truee')],
  ['an empty value', first('false', '')],
  ['an unquoted value', first('"DescribeInstances"', 'DescribeInstances')],
  ['a value with one quote', first('"DescribeInstances"', 'DescribeInstances"')],
  ['a value with doubled quotes', first('"AWS::EC2::Instance"', '""AWS::EC2::Instance""')],
  ['a page of zeros', (text) => text.replace(/"ids.{20}/s, '\0'.repeat(20))],
  ['zeros in a string', first('user/u', 'user/\0')],
  ['a tab in a string', first('user/u', 'user/\tu')],
  ['a line break in a string', first('user/u', 'user/\nu')],
  ['a zero between tokens', first('"n"', '\0"n"')],
  ['a form feed between tokens', first('"n"', '\f"n"')],
  ['a no-break space between tokens', first('"n"', '\u00a0"n"')],
  ['a number with a leading zero', first('-1500', '-01500')],
  ['a number without digits', first('-1500', '-')],
  ['a number that ends with a point', first('-1500', '1.')],
  ['a number without an exponent', first('-1500', '1e')],
  ['a number with a plus', first('-1500', '+1500')],
  ['a missing colon', (text) => text.replace(/"empty": ?/, '"empty"')],
  ['a doubled colon', first('"empty":', '"empty"::')],
  ['a missing comma', (text) => text.replace(/false, ?/, 'false ')],
  ['a doubled comma', first('false,', 'false,,')],
  ['a comma before a bracket', first('{}', '{,}')],
  ['a comma at the end of an object', (text) => text.replace(/-1500/, '-1500,')],
  ['a comma at the end of a list', (text) => text.replace(/(c": ?\[\s*1)/, '$1,')],
  ['a value in place of a key', first('"n"', '5')],
  ['a list in place of a key', first('"n"', '[]')],
  ['a key without a value', (text) => text.replace(/"empty": ?\{\}/, '"empty"')],
  ['a key in a list', (text) => text.replace('"i-1"', '"i-1":1')],
  ['two values', first('false', 'false true')],
  ['a bracket of the wrong kind', (text) => text.replace(/\[\]/, '[}')],
  ['a bracket of the other wrong kind', (text) => text.replace(/\{\}/, '{]')],
  ['swapped brackets', (text) => text.replace(/1(\s*)\](\s*)\}/, '1$1}$2]')],
  ['a missing bracket', (text) => text.replace(/\{\}/, '{')],
  ['an escape that there is not', first('user/u', 'user/\\x')],
  ['an escape that is cut', first('user/u', 'user/\\u12')],
  ['a backslash between tokens', first('"n"', '\\"n"')],
  ['a missing quote', first('"n"', '"n')],
  ['a single quote', first('"n"', "'n'")],
];

describe.each([
  ['one line', compact],
  ['lines', pretty],
])('a log of %s', (_shape, text) => {
  test('is read by the quick pass', () => {
    expect(new PlainReader(NAMED).read(Buffer.from(text))?.toParse).toHaveLength(1);
  });

  test.each(DAMAGES)('with %s gives what a parse of every record gives', async (_what, damage) => {
    const damaged = damage(text);
    expect(damaged).not.toBe(text);
    const bytes = Buffer.from(damaged);
    const parsed = await reader.read(bytes, WAYS.parsed);
    expect(JSON.parse(parsed)).not.toMatchObject({ unreadable: [] });
    expect(await reader.read(bytes, WAYS.quick)).toBe(parsed);
    expect(await reader.read(gzipSync(bytes), WAYS.quick)).toBe(parsed);
  });

  test('that is cut short at any byte never makes the module stop', () => {
    const memory = new Memory();
    const bytes = Buffer.from(text);
    const packed = gzipSync(bytes);
    for (const [whole, shape] of [
      [bytes, 'list'],
      [packed, 'list'],
      [bytes, 'lines'],
    ] as const)
      for (let length = 0; length < whole.length; length++) {
        const loaded = memory.load(whole.subarray(0, length), Infinity);
        if (loaded) expect(memory.scan(loaded, shape).answers, `${length} bytes`).toBeLessThan(2);
      }
  });
});

describe('a sound log', () => {
  const own = (more: string): Buffer =>
    Buffer.from(`{"Records":[${other.slice(0, -1)},${more}},${wanted}]}`);

  test.each([
    ['the same key twice', '"eventName":"CreateSecurityGroup","eventName":"DescribeInstances"'],
    ['a null after a name', '"eventName":null'],
    ['an event in an event', `"CloudTrailEvent":${JSON.stringify(wanted)}`],
    ['something else under that name', '"CloudTrailEvent":5'],
    ['a list that envelopes have', '"Records":[1]'],
    ['a list that other envelopes have', '"Events":[]'],
    ['a key of objects', '"__proto__":{"eventName":"CreateSecurityGroup"}'],
    ['a region of many letters', `"awsRegion":"${'r'.repeat(70_000)}"`],
    ['an account of many digits', `"recipientAccountId":"${'1'.repeat(65_536)}"`],
    ['an account as a spreadsheet shows it', '"recipientAccountId":"2.1098765432E+11"'],
    ['an Insights event in another spelling', '"insight_details":{}'],
    ['an event in an event in another spelling', `"cloud_trail_event":${JSON.stringify(wanted)}`],
    ['a day that the calendar lacks', '"eventTime":"2026-02-30T00:00:00Z"'],
    ['text of JSON nested deeply', `"requestParameters":"${'['.repeat(1100)}${']'.repeat(1100)}"`],
    ['an unpaired surrogate', '"a":"\\ud800"'],
    ['values nested 60 deep', `"a":${'['.repeat(60)}${']'.repeat(60)}`],
    ['values nested 100 deep', `"a":${'{"a":'.repeat(100)}1${'}'.repeat(100)}`],
    ['values nested 1,100 deep', `"a":${'['.repeat(1100)}${']'.repeat(1100)}`],
  ])('with %s gives what a parse of every record gives', async (_what, more) => {
    const parsed = await reader.read(own(more), WAYS.parsed);
    expect(await reader.read(own(more), WAYS.quick)).toBe(parsed);
    expect(await reader.read(own(more), WAYS.peeked)).toBe(parsed);
  });
});

test('an event in an event that is nested too deeply is lost, whatever its name', async () => {
  const deep = `{"eventVersion":"1","eventName":"Other","z":${'['.repeat(1100)}${']'.repeat(1100)}}`;
  const log = Buffer.from(JSON.stringify({ Events: [{ CloudTrailEvent: deep }] }));
  const parsed = await reader.read(log, WAYS.parsed);
  expect(parsed).toContain('nested too deeply');
  expect(await reader.read(log, WAYS.peeked)).toBe(parsed);
});

test('any failure of the module means that the file is read in another way', () => {
  const failing = vi.spyOn(Memory.prototype, 'scan').mockImplementationOnce(() => {
    throw new RangeError('WebAssembly.Memory.grow(): maximum memory size exceeded');
  });
  const plain = new PlainReader(NAMED);
  expect(plain.read(Buffer.from(compact))).toBeUndefined();
  expect(plain.read(Buffer.from(compact))?.records).toBe(3);
  failing.mockRestore();
});
