/** Many rules are hunted in groups. Nobody sees the groups: each rule finds what it finds alone. */
import { expect, test } from 'vitest';
import { inGroups } from '../../src/query/groups.js';
import { buildQuery } from '../../src/query/build.js';
import { bind } from '../../src/rule/bind.js';
import type { Rule } from '../../src/rule/rule.js';
import { huntEvents, openedGroup, type ListedReport } from '../support/hunt-events.js';
import { ruleWith } from '../support/rules.js';

const NAMES = ['AuthorizeSecurityGroupIngress', 'CreateUser', 'RunInstances'];

/** Rules of which each third names the same event. */
function rules(count: number): readonly Rule[] {
  return Array.from({ length: count }, (_, index) => ({
    ...ruleWith(`  - { KeyPath: eventName, Condition: Equals, Value: ${NAMES[index % 3]} }
  - { KeyPath: userAgent, Condition: Equals, Value: agent-${index % 7} }
  - None:
      - { KeyPath: sourceIPAddress, Condition: Equals, Value: 10.0.0.${index % 5} }`),
    id: `rule-${index}`,
  }));
}

const events = Array.from({ length: 200 }, (_, index) =>
  openedGroup({
    eventID: `event-${index % 150}`,
    eventName: NAMES[index % 3],
    userAgent: `agent-${index % 7}`,
    sourceIPAddress: `10.0.0.${index % 4}`,
  }),
);

/** The sections. Of events whose records differ, another rule may show another record. */
function shown({ sections }: Pick<ListedReport, 'sections'>): unknown {
  return sections.map(({ findings, ...section }) => ({
    ...section,
    findings: findings.map(({ eventID, eventName, rules: matched }) => [
      eventID,
      eventName,
      matched,
    ]),
  }));
}

test('each of many rules says what it says alone', async () => {
  const many = rules(100);
  const { sections } = await huntEvents(events, { rules: many });
  expect(sections.map(({ rule }) => rule.id)).toEqual(many.map(({ id }) => id));
  expect(sections.some(({ findings }) => findings.length > 0)).toBe(true);
  for (const index of [0, 31, 32, 50, 99]) {
    const alone = await huntEvents(events, { rules: many.slice(index, index + 1) });
    expect(shown(alone)).toEqual(shown({ sections: sections.slice(index, index + 1) }));
  }
});

test('a statement is no longer for a thousand rules than for a few, and few read the same records', () => {
  const query = buildQuery(
    rules(1000).map((rule) => bind(rule, new Map())),
    { since: undefined, until: undefined },
    { exclusions: true, filters: [] },
  );
  const groups = inGroups(query);
  expect(groups.flatMap((group) => group.rules)).toHaveLength(1000);
  for (const group of groups) expect(group.rules.length).toBeLessThanOrEqual(32);
  const readers = NAMES.map(
    (name) =>
      groups.filter((group) => group.rules.some((rule) => rule.conjuncts[0]?.text.includes(name)))
        .length,
  );
  for (const count of readers) expect(count).toBeLessThanOrEqual(12);
});
