/** `history` and `lookback` of hunt.yml. */
import { expect, test } from 'vitest';
import { readHistoryConfig } from '../../../../src/cli/options/hunt-yml/history.js';
import { DAY } from '../../../../src/cloudtrail/time/window.js';
import { MappingReader } from '../../../../src/yaml/mapping.js';
import { parseYaml } from '../../../../src/yaml/parse.js';

function read(text: string) {
  const yaml = parseYaml(text, 'hunt.yml', 'CONFIG');
  const known = ['history', 'lookback', 'paths'];
  const mapping = new MappingReader(yaml, known, { what: 'hunt.yml', code: 'CONFIG' });
  return readHistoryConfig(mapping, (path) => `here/${path}`);
}

test('a folder and a lookback have defaults', () => {
  expect(read('paths: logs')).toEqual({ folder: 'here/.hunt', lookback: 31 * DAY });
  expect(read('{ history: state, lookback: 6w }')).toEqual({
    folder: 'here/state',
    lookback: 42 * DAY,
  });
});

test('what cannot be one is an error with its place', () => {
  expect(() => read('history: s3://bucket/state')).toThrow(
    'hunt.yml:1:10: hunt.yml: history must be a folder, such as .hunt',
  );
  for (const lookback of ['12h', 'long', '""'])
    expect(() => read(`lookback: ${lookback}`)).toThrow('is not a duration of a day or more');
});
