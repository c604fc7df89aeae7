/** Every rule that travels with hunt: tested, explained, and of one mind about its parameters. */
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/hunt/judge.js';
import { attackNames } from '../../src/rule/attack.js';
import { bind } from '../../src/rule/bind.js';
import { builtInRules, DEFAULT_RULE, findRule } from '../../src/rule/catalog.js';
import { huntEvents } from '../support/hunt-events.js';

const rules = [...builtInRules().values()];
const seed = findRule(DEFAULT_RULE);

test('IDs are different', () => expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length));

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  test('has tests of both kinds, a runbook, a reference, and a place in ATT&CK', () => {
    expect(rule.tests.length).toBeGreaterThanOrEqual(4);
    expect(new Set(rule.tests.map(({ expected }) => expected)).size).toBe(2);
    expect(rule.runbook).toBeTruthy();
    expect(rule.reference).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    const { tactics, techniques } = attackNames();
    expect(rule.mitre.length).toBeGreaterThan(0);
    for (const { tactic, technique } of rule.mitre) {
      expect(tactics).toHaveProperty([tactic ?? 'none']);
      if (technique !== undefined) expect(techniques).toHaveProperty([technique]);
    }
  });

  test('its parameters mean what they mean everywhere', () => {
    const plain = (parameters: typeof rule.parameters) =>
      parameters.map(({ name, description, default: values }) => ({ name, description, values }));
    expect(plain(rule.parameters)).toEqual(plain(seed.parameters));
    expect(rule.outputFields).toEqual(seed.outputFields);
  });

  test("its tests' events have different IDs, and it gives what they expect", async () => {
    const ids = rule.tests.map(({ log }) => log['eventID']);
    expect(new Set(ids).size).toBe(ids.length);
    const verdicts = await judge(
      rule.tests.map(({ log }) => log),
      [bind(rule, new Map()).condition],
    );
    expect(verdicts.map(([matched]) => matched)).toEqual(
      rule.tests.map(({ expected }) => expected),
    );
  });
});

test('all rules in one pass find what each finds by itself', async () => {
  const events = rules.flatMap((rule) => rule.tests.map(({ log }) => log));
  const together = await huntEvents(events, { rules });
  for (const [index, rule] of rules.entries()) {
    const alone = await huntEvents(events, { rules: [rule] });
    const { warnings: _own, ...section } = together.sections[index] ?? {};
    expect(alone.sections[0]).toMatchObject(section);
    expect(section).toMatchObject({ findings: alone.sections[0]?.findings });
  }
});
