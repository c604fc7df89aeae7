/** What `hunt init` proposes for made-up companies never hides a change by hand. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findingCondition } from '../../../src/disposition/finding-condition.js';
import { initPlan, proposalsOf } from '../../../src/hunt/init/plan.js';
import { allowedBy } from '../../../src/hunt/init/proposal.js';
import { BY_HAND, initRules } from '../../../src/hunt/init/rules.js';
import { tally } from '../../../src/hunt/init/tally.js';
import { companyOf } from '../../support/company/company.js';
import { huntEvents, openedGroup } from '../../support/hunt-events.js';
import { emptyFolder } from '../../support/run-hunt.js';

const rules = initRules().map(({ rule }) => rule);

// Between them they have every kind of attack, both kinds of Terraform, and people who share its role.
test.each([0, 2, 4, 5, 8, 11])(
  'no proposal for company %i hides a change by hand',
  async (number) => {
    const { events, byHand } = companyOf(number, { accounts: ['111122223333'] });
    const folder = emptyFolder();
    writeFileSync(join(folder, 'events.json'), JSON.stringify({ Records: events }));
    const report = await huntEvents([], { paths: [folder], rules });
    const { decisions, effect } = initPlan(report, 7);
    const active = proposalsOf(decisions.values(), 'allow');
    expect(active.length).toBeGreaterThan(0);
    const holds = active.map((proposal) => findingCondition(allowedBy(proposal)));
    const hidden = report.findings.filter(
      (finding) =>
        finding.rules.some(({ id }) => id === BY_HAND) &&
        holds.some((hides) => hides(finding) === true),
    );
    expect(hidden.length).toBe(effect.allowed);
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.filter(({ eventID }) => byHand.has(eventID ?? ''))).toEqual([]);
  },
);

test('of a log with any number of principals, the busiest are kept and the rest is counted', async () => {
  const report = await huntEvents([openedGroup()], { rules });
  const [finding] = report.findings;
  if (finding === undefined) throw new Error('no finding');
  const flood = Array.from({ length: 20_000 }, (_, one) => ({
    ...finding,
    actor: { ...finding.actor, role: `r${one}` },
    userIdentity: {},
  }));
  const { lines, left, changes } = tally([...flood, finding, finding, finding, finding, finding]);
  expect(changes.count).toBe(20_005);
  expect(lines.length).toBe(3000);
  expect(lines[0]?.seen.count).toBe(5);
  expect(left).toEqual({ lines: 17_001, changes: 17_001 });
});
