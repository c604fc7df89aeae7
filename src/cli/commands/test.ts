/** `hunt test [RULE…]`: runs the tests in rule files as SQL. */
import { conditionResults } from '../../hunt/condition-results.js';
import { bind } from '../../rule/bind.js';
import { doubtsOf } from '../../rule/catalog/doubts.js';
import { rulesWithTests } from '../../rule/catalog/load.js';
import { conjunctsOf } from '../../rule/condition/condition.js';
import { notation } from '../../rule/condition/notation.js';
import type { Rule } from '../../rule/rule.js';
import { counted } from '../../text/counted.js';
import { safeLine } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-code.js';
import { listArgument } from '../options/flags/flag.js';

export const testCommand = defineCommand({
  name: 'test',
  description: 'run the tests of rules as SQL, and print which conditions decided a failed test',
  arguments: {
    rules: listArgument('[rule...]', 'IDs, as hunt rules lists them, or rule files (default: all)'),
  },
  options: {},
  async run({ arguments: { rules: names } }, { stdout }) {
    const rules = rulesWithTests(names.length === 0 ? ['all'] : names);
    let passed = 0;
    let failed = 0;
    for (const rule of rules) {
      const failures = await failuresOf(rule);
      passed += rule.tests.length - failures.length;
      failed += failures.length;
      const verdict = failures.length === 0 ? 'ok  ' : 'FAIL';
      stdout.write(`${verdict} ${safeLine(rule.id)} (${counted(rule.tests.length, 'test')})\n`);
      for (const doubt of doubtsOf(bind(rule, new Map())))
        stdout.write(`     warning: ${safeLine(doubt)}\n`);
      for (const line of notes(rule)) stdout.write(`     ${safeLine(line)}\n`);
      for (const line of failures.flat()) stdout.write(`     ${safeLine(line)}\n`);
    }
    stdout.write(`${passed} passed, ${failed} failed, in ${counted(rules.length, 'rule')}\n`);
    return failed === 0 ? EXIT.complete : EXIT.findings;
  },
});

function notes({ tests }: Rule): readonly string[] {
  const count = tests.filter(({ ignored }) => ignored.includes('Mocks')).length;
  if (count === 0) return [];
  return [`note: Mocks of ${count} ${count === 1 ? 'test' : 'tests'} ignored: no Python is run`];
}

/** The lines to print for each failed test. */
async function failuresOf(rule: Rule): Promise<readonly (readonly string[])[]> {
  if (rule.tests.length === 0) return [];
  const conjuncts = conjunctsOf(bind(rule, new Map()).condition);
  const results = await conditionResults(
    rule.tests.map(({ log }) => log),
    conjuncts,
  );
  return rule.tests.flatMap(({ name, expected, at }, index) => {
    const holds = results[index] ?? [];
    const matched = holds.every(Boolean);
    if (matched === expected) return [];
    const failing = conjuncts.filter((_, conjunct) => holds[conjunct] !== true).map(notation);
    const reasons = matched
      ? ['every condition holds']
      : failing.map((text) => `does not hold: ${text}`);
    const expectation = `expected ${matchText(expected)}, got ${matchText(matched)}`;
    return [
      [`${at.file}:${at.line}: ${name}: ${expectation}`, ...reasons.map((line) => `  ${line}`)],
    ];
  });
}

function matchText(isMatch: boolean): string {
  return isMatch ? 'a match' : 'no match';
}
