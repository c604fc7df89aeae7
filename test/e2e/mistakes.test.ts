/** Mistakes that would hide findings or destroy evidence: each gives one clear line and exit code 2. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openedGroup } from '../support/hunt-events.js';
import { ruleText } from '../support/rules.js';
import { emptyFolder, hunt, SAMPLE } from '../support/run-hunt.js';

async function refused(args: readonly string[], message: string): Promise<void> {
  const { code, stdout, stderr } = await hunt(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
  // The other lines show the place in the rule.
  const [first, ...others] = stderr.trim().split('\n');
  expect(first).toMatch(/^hunt: /);
  for (const line of others) expect(line).toMatch(/^ +(\d+ )?\| /);
}

describe('options', () => {
  test.each<[readonly string[], string]>([
    [[''], 'a path is empty'],
    [[SAMPLE, ''], 'a path is empty'],
    [[SAMPLE, '--account='], 'needs a value'],
    [[SAMPLE, '--resource', ':'], 'names nothing'],
    [[SAMPLE, '--ip', '999'], 'is not an address, a network or the name of a service'],
    [[SAMPLE, '--set', 'PROD_ACCOUNT_IDS=any,1'], 'any cannot be combined with other values'],
    [[SAMPLE, '--set', 'ALLOWED_ROLE_NAMES=[""]'], 'would hide every event'],
    [[SAMPLE, '--set', 'ALLOWED_USER_AGENTS=*'], 'would hide every event'],
  ])('%j', (args, message) => refused(args, message));
});

describe('rule files', () => {
  const equals = (value: string): string =>
    ruleText(`  - { KeyPath: eventName, Condition: Equals, Value: ${value} }`);
  test.each<[string, string | Buffer, string]>([
    ['an alias of nothing', equals('*name'), 'nothing is anchored as &name'],
    ['null as a value', equals('null'), 'use IsNull'],
    [
      'no value',
      ruleText('  - KeyPath: eventName\n    Condition: Equals\n    Value:'),
      'use IsNull',
    ],
    ['an empty detection', ruleText('  []'), 'would match every event'],
    [
      'a misspelt output field',
      ruleText('  - { Key: eventName, Condition: Exists }', 'OutputFields: [eventNam]'),
      'Did you mean "eventName"?',
    ],
    [
      'a wrong severity',
      ruleText('  []').replace('Severity: Medium', 'Severity: Urgent'),
      'rule.yml:3:11: unknown severity',
    ],
    ['neither true nor false', ruleText('  []', 'Enabled: maybe'), 'Enabled must be true or false'],
    ['Latin-1', Buffer.from(equals('Änderung'), 'latin1'), 'cannot read the rule'],
  ])('%s', async (_name, text, message) => {
    const file = join(emptyFolder(), 'rule.yml');
    writeFileSync(file, text);
    await refused([SAMPLE, '--rule', file], message);
  });
});

test('a report may overwrite an earlier report, but not the hunted logs', async () => {
  const folder = emptyFolder();
  const log = join(folder, 'log.json');
  const report = join(folder, 'report.json');
  writeFileSync(log, JSON.stringify(openedGroup()));
  await refused([folder, '--output', log, '--force'], 'lies in a hunted path');
  const notes = join(folder, 'notes.txt');
  writeFileSync(notes, 'what we know so far');
  await refused([folder, '--output', notes, '--force'], 'lies in a hunted path');
  expect(JSON.parse(readFileSync(log, 'utf8'))).toHaveProperty('eventName');
  for (const again of [false, true]) {
    const { code, stderr } = await hunt([
      folder,
      '--output',
      report,
      ...(again ? ['--force'] : []),
    ]);
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('(1 finding)'),
    });
    expect(existsSync(report)).toBe(true);
  }
});
