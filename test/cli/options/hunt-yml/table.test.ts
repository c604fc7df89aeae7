/** The mapping `partitions` of hunt.yml. */
import { expect, test } from 'vitest';
import { readAthenaConfig } from '../../../../src/cli/options/hunt-yml/table.js';
import { MappingReader } from '../../../../src/yaml/mapping.js';
import { parseYaml } from '../../../../src/yaml/parse.js';

function partitions(text: string) {
  const yaml = parseYaml(`athena: { partitions: ${text} }`, 'hunt.yml', 'CONFIG');
  const config = new MappingReader(yaml, ['athena'], { what: 'hunt.yml', code: 'CONFIG' });
  return readAthenaConfig(config)?.partitions;
}

test('partition keys have roles, or values', () => {
  expect(partitions('{ date: dt, format: yyyy-MM-dd, orgid: { injected: [o-a, o-b] } }')).toEqual({
    roles: new Map([
      ['date', 'dt'],
      ['format', 'yyyy-MM-dd'],
    ]),
    named: new Map([['orgid', ['o-a', 'o-b']]]),
  });
  // A key of this name, and one value.
  expect(partitions('{ account: { injected: "012345678901" } }')).toEqual({
    roles: new Map(),
    named: new Map([['account', ['012345678901']]]),
  });
});

test.each([
  ['{ orgid: o-a }', 'hunt.yml: athena: partitions has an unknown key "orgid".'],
  ['{ orgid: { injected: [] } }', 'hunt.yml: athena: partitions: orgid needs injected: [VALUE, …]'],
  [
    '{ orgid: { values: [o-a] } }',
    'hunt.yml: athena: partitions: orgid has an unknown key "values".',
  ],
])('%s is an error', (text, message) => {
  expect(() => partitions(text)).toThrow(message);
});
