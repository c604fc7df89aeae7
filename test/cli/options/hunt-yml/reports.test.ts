/** `reports` and `accounts` of hunt.yml. */
import { expect, test } from 'vitest';
import { readAccounts, withAccounts } from '../../../../src/cli/options/hunt-yml/accounts.js';
import { readReports } from '../../../../src/cli/options/hunt-yml/reports.js';
import { MappingReader } from '../../../../src/yaml/mapping.js';
import { parseYaml } from '../../../../src/yaml/parse.js';

function config(text: string): MappingReader {
  const yaml = parseYaml(text, 'hunt.yml', 'CONFIG');
  return new MappingReader(yaml, ['reports', 'accounts'], { what: 'hunt.yml', code: 'CONFIG' });
}

function reports(text: string) {
  const here = (name: string): string => `here/${name}`;
  return readReports(config(`reports:\n${text}`), {
    pathOf: here,
    ruleOf: (rule) => rule,
    accounts: new Map(),
  });
}

test('a report needs a period and outputs; the rest has defaults', () => {
  expect(
    reports(`
  daily: { period: day, outputs: "{report}/{period}.csv" }
  audit:
    rules: [all]
    period: month
    outputs: ["{period}.md", "{period}.json"]
    fail: never
    for: audit
    controls: [SOC 2 CC8.1]`),
  ).toEqual([
    {
      name: 'daily',
      rules: [],
      period: 'day',
      outputs: ['here/{report}/{period}.csv'],
      fail: 'new',
      for: undefined,
      controls: [],
    },
    {
      name: 'audit',
      rules: ['all'],
      period: 'month',
      outputs: ['here/{period}.md', 'here/{period}.json'],
      fail: 'never',
      for: 'audit',
      controls: ['SOC 2 CC8.1'],
    },
  ]);
});

test.each([
  ['  daily: { outputs: "{period}.csv" }', 'hunt.yml:2:10: hunt.yml: reports: daily needs period'],
  ['  daily: { period: day }', 'daily needs outputs, such as ["reports/{period}/daily.csv"]'],
  ['  daily: { period: days, outputs: "{period}.csv" }', 'Did you mean "day"?'],
  ['  daily: { period: day, outputs: changes.csv }', 'needs {period} in its name'],
  ['  daily: { period: day, outputs: "{perod}.csv" }', 'there is no {perod}, only {period}'],
  ['  daily: { period: day, outputs: "{period}.csv", fails: new }', 'unknown key "fails"'],
  ['  ../x: { period: day, outputs: "{period}.csv" }', '"../x" is no name for a report'],
  [
    '  a: { period: day, outputs: "{period}.csv" }\n  b: { period: day, outputs: "{period}.csv" }',
    'hunt.yml: reports: b: a also writes here/{period}.csv: add {report}',
  ],
])('%s is an error', (text, message) => {
  expect(() => reports(text)).toThrow(message);
});

test('accounts have names, and are those that the rules look at', () => {
  const names = readAccounts(config('accounts: { prod: 012345678901, data: "112233445566" }'));
  expect([...names]).toEqual([
    ['012345678901', 'prod'],
    ['112233445566', 'data'],
  ]);
  expect(withAccounts(new Map(), names).get('PROD_ACCOUNT_IDS')).toEqual([...names.keys()]);
  const own = new Map([['PROD_ACCOUNT_IDS', 'any']]);
  expect(withAccounts(own, names)).toBe(own);
  expect(withAccounts(new Map(), new Map()).size).toBe(0);
});

test.each([
  ['accounts: { prod: 12345 }', 'prod: "12345" is no account ID of 12 digits'],
  ['accounts: { a: "112233445566", b: "112233445566" }', 'b: 112233445566 has the name a already'],
])('%s is an error', (text, message) => {
  expect(() => readAccounts(config(text))).toThrow(message);
});
