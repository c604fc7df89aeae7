/** Reads the address of a Trino. */
import { expect, test } from 'vitest';
import { HuntError } from '../../../src/errors.js';
import { readTrinoServer } from '../../../src/engine/trino/server.js';

test('everything may stand in the address', () => {
  expect(
    readTrinoServer('https://ann:p%40ss@trino.example:8443/hive/logs/cloud%20trail', {
      TRINO_USER: 'bob',
      TRINO_PASSWORD: 'other',
      USER: 'carl',
    }),
  ).toEqual({
    url: 'https://trino.example:8443',
    catalog: 'hive',
    schema: 'logs',
    table: 'cloud trail',
    user: 'ann',
    password: 'p@ss',
    token: undefined,
  });
});

test('the environment gives what the address does not say, and an empty variable says nothing', () => {
  const address = 'https://trino.example/hive/logs/cloudtrail/';
  expect(
    readTrinoServer(address, { TRINO_USER: 'bob', TRINO_PASSWORD: 'secret', TRINO_TOKEN: '' }),
  ).toMatchObject({ user: 'bob', password: 'secret', token: undefined });
  expect(readTrinoServer(address, {})).toMatchObject({ user: 'hunt', password: undefined });
  expect(readTrinoServer(address, { TRINO_TOKEN: 'ey.a.b', USER: 'carl' })).toMatchObject({
    url: 'https://trino.example',
    user: 'carl',
    password: undefined,
    token: 'ey.a.b',
  });
});

const PASSWORD = 'S3cret';

test.each<[string, string, Readonly<Record<string, string>>, string]>([
  ['no address', `ann:${PASSWORD}@trino/hive/logs/t`, {}, 'write it as https://'],
  ['an unescaped slash in the password', `https://ann:${PASSWORD}/@trino/a/b/c`, {}, 'write it as'],
  ['an unescaped hash in the password', `https://ann:1#${PASSWORD}@trino/a/b/c`, {}, '%23'],
  ['another scheme', 'trino://trino.example/hive/logs/t', {}, 'write it as https://'],
  ['no table', `https://ann:${PASSWORD}@trino/hive/logs`, {}, '/catalog/schema/table'],
  ['an empty schema', 'https://trino/hive//t', {}, '/catalog/schema/table'],
  ['too much path', 'https://trino/hive/logs/t/x', {}, '/catalog/schema/table'],
  ['a broken escape', `https://ann:${PASSWORD}%@trino/hive/logs/t`, {}, 'write %25'],
  [
    'a login without a user',
    'https://trino/hive/logs/t',
    { USER: '', TRINO_TOKEN: PASSWORD },
    'set TRINO_USER',
  ],
  [
    'a password and a token',
    `https://ann:${PASSWORD}@trino/a/b/c`,
    { TRINO_TOKEN: PASSWORD },
    'one',
  ],
  ['a colon in the user', `https://a%3Ab:${PASSWORD}@trino/a/b/c`, {}, 'must not contain a colon'],
  [
    'a token with a line end',
    'https://ann@trino/a/b/c',
    { TRINO_TOKEN: `${PASSWORD}\n` },
    'header',
  ],
  ['a password over http', `http://ann:${PASSWORD}@trino.example:8080/a/b/c`, {}, 'use https'],
  ['a token over http', 'http://ann@trino.example/a/b/c', { TRINO_TOKEN: PASSWORD }, 'use https'],
  ['a look-alike of loopback', `http://ann:${PASSWORD}@127.0.0.1.example/a/b/c`, {}, 'use https'],
])('%s is refused, and no password shown', (_what, text, environment, message) => {
  const read = (): unknown => readTrinoServer(text, { USER: 'carl', ...environment });
  expect(read).toThrow(HuntError);
  expect(read).toThrow(expect.objectContaining({ code: 'USAGE' }));
  expect(read).toThrow(message);
  expect(read).not.toThrow(PASSWORD);
});

test.each(['http://trino.example/a/b/c', 'http://ann@trino.example/a/b/c'])(
  'without a password %s may speak http',
  (text) => {
    expect(readTrinoServer(text, { USER: 'carl' }).url).toBe('http://trino.example');
  },
);

test.each(['localhost', '127.0.0.1', '[::1]'])('%s may have a password over http', (host) => {
  expect(readTrinoServer(`http://ann:pw@${host}:8080/a/b/c`, {}).password).toBe('pw');
});
