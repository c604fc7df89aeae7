/** What `hunt init` proposes for made-up companies never hides a change by hand. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findingCondition } from '../../../src/disposition/finding-condition.js';
import { initPlan, proposalsOf } from '../../../src/hunt/init/plan.js';
import { allowedBy } from '../../../src/hunt/init/proposal/proposal.js';
import { BY_HAND, initRules } from '../../../src/hunt/init/facts/rules.js';
import { tally } from '../../../src/hunt/init/facts/tally.js';
import { companyOf } from '../../support/company/company.js';
import {
  eventOf,
  instant,
  Random,
  sessionKey,
  sessionOf,
  someChange,
  userOf,
} from '../../support/company/event.js';
import { TERRAFORM } from '../../support/company/machines.js';
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

/** A month of Terraform by sessions of which the log does not say who began them, on each of `days`. */
function terraform(
  [session, address]: readonly [session: string, address: string],
  days: readonly number[],
): readonly Readonly<Record<string, unknown>>[] {
  const random = new Random(session.length + Number(address.replaceAll('.', '')));
  return days.map((day) =>
    eventOf(random, {
      ...someChange(random),
      account: '111122223333',
      time: instant(day, 120),
      identity: session.startsWith('user/')
        ? userOf('111122223333', 'terraform', 'AKIATERRAFORM0000000')
        : sessionOf('111122223333', 'Deploy', { session, key: sessionKey(random) }),
      address,
      agent: TERRAFORM,
    }),
  );
}

function signIn(address: string): Readonly<Record<string, unknown>> {
  return eventOf(new Random(1), {
    account: '111122223333',
    time: instant(3, 500),
    service: 'signin',
    name: 'UserAuthentication',
    identity: { type: 'Unknown', accountId: '111122223333', userName: 'dana' },
    address,
    agent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0.0.0',
    more: { eventType: 'AwsServiceEvent' },
  });
}

const MONTH = Array.from({ length: 30 }, (_, day) => day);

const CI = terraform(['ci-1000', '52.30.0.1'], MONTH);

test.each([
  ['a program with a name and an address', CI, ['52.30.0.1'], []],
  [
    'the next address of its network a day later',
    [...CI, ...terraform(['ci-1001', '52.30.0.2'], MONTH.slice(1))],
    ['52.30.0.1,52.30.0.2'],
    [],
  ],
  [
    'sessions that nobody named, as of a laptop',
    terraform(['aws-go-sdk-1746057600000000000', '203.0.113.7'], MONTH),
    [],
    ['203.0.113.7'],
  ],
  ['a name with a word', terraform(['dana-deploy', '203.0.113.7'], MONTH), [], ['203.0.113.7']],
  [
    'somebody else from the beginning, seldom',
    [...CI, ...terraform(['ci-1337', '198.51.100.7'], [0, 3, 8, 15])],
    ['52.30.0.1'],
    [],
  ],
  [
    'somebody else from the beginning, every day',
    [...CI, ...terraform(['ci-1337', '198.51.100.7'], MONTH)],
    [],
    ['198.51.100.7', '52.30.0.1'],
  ],
  [
    'an address at which somebody signs in to Identity Center',
    [...CI, signIn('52.30.0.1')],
    [],
    ['52.30.0.1'],
  ],
  [
    'the key of a user, in two networks',
    [
      ...terraform(['user/terraform', '52.30.0.1'], MONTH),
      ...terraform(['user/terraform', '203.0.113.7'], [4, 9]),
    ],
    [],
    ['203.0.113.7', '52.30.0.1'],
  ],
])('%s', async (_name, events, allowed, asked) => {
  const report = await huntEvents(events, { rules });
  const { decisions } = initPlan(report, 7);
  const networks = (kind: 'allow' | 'ask') =>
    proposalsOf(decisions.values(), kind)
      .map(({ network }) => network.join(','))
      .toSorted();
  expect({ allowed: networks('allow'), asked: networks('ask') }).toEqual({ allowed, asked });
});

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
