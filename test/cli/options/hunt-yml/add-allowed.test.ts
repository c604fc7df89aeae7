/** An entry is added to hunt.yml, whatever its layout, and the rest of the text stays. */
import { expect, test } from 'vitest';
import { withAllowed } from '../../../../src/cli/options/hunt-yml/add-allowed.js';
import { configIn } from '../../../../src/cli/options/hunt-yml/config.js';

const ENTRY = { user: 'lee', reason: 'a "b": #c', until: '2026-12-31', account: '012345678901' };
const added = (text: string): string =>
  withAllowed(text, 'hunt.yml', [{ comment: 'from EX-1\nevil: true', entry: ENTRY }]);

test.each<[string, string]>([
  ['an empty file', ''],
  ['no allow', '# Mine.\npaths: [./logs]   # here\n'],
  ['no line feed at the end', 'late: 2d'],
  ['a list', 'allow:\n- { user: ann, reason: a } # one\n\n# About the window.\nlate: 2d\n'],
  ['a list at the end', 'late: 2d\nallow:\n  - user: ann\n    reason: a'],
  [
    'a text of lines',
    'allow:\n  - user: ann\n    reason: |\n      a\n      b\n# Late.\nlate: 2d\n',
  ],
  ['a list of comments', 'allow:   # whose\n  # - { user: ann, reason: a }\n\nlate: 2d\n'],
  ['no list yet, and no line feed', 'late: 2d\nallow:'],
  ['lines of Windows', 'allow:\r\n  - user: ann\r\n    reason: a\r\nlate: 2d\r\n'],
])('%s keeps every line', (_, text) => {
  const changed = added(text);
  const lines = (of: string): readonly string[] => of.split(/\r?\n/).filter((line) => line !== '');
  expect(lines(changed)).toEqual(expect.arrayContaining([...lines(text)]));
  const { exclusions, late } = configIn(Buffer.from(changed), 'hunt.yml', true);
  expect(exclusions.add.at(-1)).toMatchObject({
    until: '2026-12-31',
    exclusion: { label: { reason: 'a "b": #c (until 2026-12-31)' } },
  });
  expect(late).toBe(text.includes('late') ? '2d' : undefined);
  expect(changed).toContain('# from EX-1\\u000aevil: true');
  // Again below the first one.
  expect(configIn(Buffer.from(added(changed)), 'x', true).exclusions.add).toHaveLength(
    exclusions.add.length + 1,
  );
});

test.each([
  ['a list in brackets', '# Mine.\nallow: [{ user: ann, reason: a }] # one\nlate: 2d\n'],
  ['one entry', '# Mine.\nallow: { user: ann, reason: a }\n'],
  ['a file in brackets', '{ allow: [] }'],
  ['a key in quotes without a list', '# Mine.\n"allow":\nlate: 2d\n'],
])('%s is written anew, with its comments', (_, text) => {
  const changed = added(text);
  expect(configIn(Buffer.from(changed), 'x', true).exclusions.add.length).toBe(
    text.includes('ann') ? 2 : 1,
  );
  if (text.includes('#')) expect(changed).toContain('# Mine.');
});

test('a file with a mistake is not changed', () => {
  expect(() => added('allowed: []')).toThrow(/unknown key "allowed"/);
});

test('what is written anew keeps every value as it was spelled', () => {
  const values = ['012345678901', '1e3', '0x1F', '.5', '1.50', '+1', '~', 'no', 'True', '1_0'];
  const text = `parameters: { A: [${values.join(', ')}] }\nallow: [{ user: ann, reason: a }]\n`;
  const { parameters, exclusions } = configIn(Buffer.from(added(text)), 'x', true);
  expect(parameters.get('A')).toEqual(values);
  expect(exclusions.add).toHaveLength(2);
});
