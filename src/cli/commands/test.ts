/** `hunt test [RULE…]`: rules' own tests, run through SQL. */
import { judge } from '../../hunt/judge.js';
import { safeLine } from '../../text/safe-text.js';
import { bind } from '../../rule/bind.js';
import { findRules } from '../../rule/catalog/find.js';
import { conjunctsOf } from '../../rule/condition.js';
import { notation } from '../../rule/notation.js';
import type { Rule } from '../../rule/rule.js';
import type { CliCommand } from '../command.js';
import { EXIT } from '../world.js';

export const testCommand: CliCommand = {
  name: 'test',
  description: "runs rules' own tests through SQL, and says which conjunct decided a failure",
  arguments: [['[rule...]', 'IDs or files (default: all)']],
  options: [],
  run: async ([names], _options, world) => {
    const given = Array.isArray(names) ? (names as readonly string[]) : [];
    const rules = findRules(given.length === 0 ? ['all'] : given);
    let passed = 0;
    let failed = 0;
    for (const rule of rules) {
      const failures = await failuresOf(rule);
      passed += rule.tests.length - failures.length;
      failed += failures.length;
      const verdict = failures.length === 0 ? 'ok  ' : 'FAIL';
      world.stdout.write(`${verdict} ${safeLine(rule.id)} (${rule.tests.length} tests)\n`);
      for (const line of failures.flat()) world.stdout.write(`     ${safeLine(line)}\n`);
    }
    world.stdout.write(`${passed} passed, ${failed} failed, in ${rules.length} rules\n`);
    return failed === 0 ? EXIT.complete : EXIT.findings;
  },
};

/** For each test that failed, what is to be said of it. */
async function failuresOf(rule: Rule): Promise<readonly (readonly string[])[]> {
  if (rule.tests.length === 0) return [];
  const conjuncts = conjunctsOf(bind(rule, new Map()).condition);
  const verdicts = await judge(
    rule.tests.map(({ log }) => log),
    conjuncts,
  );
  return rule.tests.flatMap(({ name, expected, at }, index) => {
    const holds = verdicts[index] ?? [];
    const matched = holds.every(Boolean);
    if (matched === expected) return [];
    const deciding = conjuncts.filter((_, conjunct) => holds[conjunct] !== true).map(notation);
    const why = matched
      ? ['every conjunct holds']
      : deciding.map((text) => `does not hold: ${text}`);
    const expectation = `expected ${expected ? 'a match' : 'no match'}, got ${matched ? 'one' : 'none'}`;
    return [[`${at.file}:${at.line}: ${name}: ${expectation}`, ...why.map((line) => `  ${line}`)]];
  });
}
