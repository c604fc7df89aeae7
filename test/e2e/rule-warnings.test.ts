/** A rule that can find nothing is spoken of wherever a rule is checked, and not only after a hunt. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Explanation } from '../../src/rule/explain.js';
import { ruleText } from '../support/rules.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const SAID =
  'hunt knows no call AuthorizeSecuritGroupIngress. Did you mean "AuthorizeSecurityGroupIngress"?';

test('explain, test and rules say that a call is misspelt', async () => {
  const folder = emptyFolder();
  const file = join(folder, 'rule.yml');
  const match = '{ Key: eventName, Condition: Equals, Value: AuthorizeSecuritGroupIngress }';
  writeFileSync(file, ruleText(`  - ${match}`));

  const json = await hunt(['explain', file, '--format', 'json']);
  const { warnings } = JSON.parse(json.stdout) as Explanation;
  expect(warnings).toEqual([expect.stringContaining(SAID)]);
  const text = await hunt(['explain', file]);
  expect(text.stdout).toContain(`Warnings\n--------\n\n${SAID}`);
  expect(text.code).toBe(0);

  const tested = await hunt(['test', file]);
  expect(tested.stdout).toContain(`     warning: ${SAID}`);
  expect(tested.code).toBe(0);

  const listed = await hunt(['rules', '--rules', folder]);
  expect(listed.stderr).toContain(`hunt: warning: ${file}: Test.Rule: ${SAID}`);
  expect(listed.code).toBe(0);
});
