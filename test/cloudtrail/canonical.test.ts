import { expect, test } from 'vitest';
import {
  byCodePoint,
  canonical,
  canonicalCell,
  canonicalWithEmpty,
} from '../../src/cloudtrail/canonical.js';
import { USER_IDENTITY } from '../../src/cloudtrail/field/columns.js';
import { parseJson, type Json } from '../../src/cloudtrail/json.js';
import { keepNumbers } from '../../src/cloudtrail/numbers.js';

test('nulls and empty objects are dropped at every depth, keys are sorted, scalars stand', () => {
  const value: Json = {
    b: { c: null, d: {} },
    a: [null, {}, { z: '1', y: false }],
    list: [],
    text: '',
    zero: 0,
  };
  expect(JSON.stringify(canonical(value))).toBe(
    '{"a":[null,{},{"y":false,"z":"1"}],"list":[],"text":"","zero":0}',
  );
  expect(canonical({ a: { b: {} } })).toBeUndefined();
});

test('where empty objects are wanted, only those stay that had no nulls', () => {
  expect(canonicalWithEmpty({ allow: {}, block: null, a: [{ b: null }] })).toEqual({
    a: [{}],
    allow: {},
  });
  expect(canonicalWithEmpty({ a: { b: null } })).toBeUndefined();
});

test('a key that JavaScript has a meaning for is a key like any other', () => {
  const text = '{"__proto__":{"a":"1"},"constructor":"2"}';
  expect(JSON.stringify(canonical(parseJson(text)))).toBe(text);
});

test('userIdentity has the spelling and order of CloudTrail', () => {
  const identity = {
    sessioncontext: { attributes: { mfaauthenticated: 'true' } },
    arn: 'a',
    type: 'T',
    username: null,
  };
  expect(JSON.stringify(canonicalCell(USER_IDENTITY, identity))).toBe(
    '{"type":"T","arn":"a","sessionContext":{"attributes":{"mfaAuthenticated":"true"}}}',
  );
});

test('texts sort by code point, not by UTF-16 unit', () => {
  expect(['\u{1F600}', '\uFB00', 'z', 'a', ''].toSorted(byCodePoint)).toEqual([
    '',
    'a',
    'z',
    '\uFB00',
    '\u{1F600}',
  ]);
});

test('a number that JavaScript prints differently becomes a string of its digits', () => {
  const text =
    '{"a":1e2,"b":1.50,"c":[9007199254740993,-0,22,1.5,-1],"d":"1e2 \\"1.50","e":0.0000001}';
  expect(keepNumbers(text)).toBe(
    '{"a":"1e2","b":"1.50","c":["9007199254740993","-0",22,1.5,-1],"d":"1e2 \\"1.50","e":"0.0000001"}',
  );
  for (const alone of ['1e2', '-0', '1.0', '12345678901234567890'])
    expect(keepNumbers(alone)).toBe(`"${alone}"`);
});
