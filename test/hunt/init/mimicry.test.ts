/** What an attacker does in the name of a pipeline is never allowed without a question. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { initPlan, proposalsOf, type InitPlan } from '../../../src/hunt/init/plan.js';
import { initRules } from '../../../src/hunt/init/facts/rules.js';
import {
  assumed,
  eventOf,
  instant,
  Random,
  sessionOf,
  someChange,
} from '../../support/company/event.js';
import { TERRAFORM } from '../../support/company/machines.js';
import { huntEvents } from '../../support/hunt-events.js';
import { emptyFolder } from '../../support/run-hunt.js';

type Event = Readonly<Record<string, unknown>>;
type Change = Partial<Parameters<typeof eventOf>[1]>;

const ACCOUNT = '111122223333';
const EVIL = '198.51.100.66';
const DAYS = Array.from({ length: 30 }, (_, day) => day);
const GITHUB = {
  webIdFederationData: {
    federatedProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
  },
};
const random = new Random(7);

const hostedAt = (day: number): string => `20.1.${day}.7`;
const keyOf = (day: number): string => `ASIA${String(day).padStart(16, '0')}`;
const hubKeyOf = (day: number): string => `ASIAHUB${String(day).padStart(13, '0')}`;

/** A call of the session that a pipeline began on this day, on a machine that it has for a day. */
function call(day: number, more: Change = {}): Event {
  return eventOf(random, {
    ...someChange(random),
    account: ACCOUNT,
    address: hostedAt(day),
    agent: TERRAFORM,
    time: instant(day, 100),
    identity: sessionOf(ACCOUNT, 'Deploy', { session: `ci-${day}`, key: keyOf(day) }),
    ...more,
  });
}

function began(
  day: number,
  { address = hostedAt(day), key = keyOf(day), minute = 90 } = {},
): Event {
  const identity = sessionOf(ACCOUNT, 'hub', {
    session: 'GitHubActions',
    key: hubKeyOf(day),
    more: GITHUB,
  });
  const by = { account: ACCOUNT, address, agent: TERRAFORM, time: instant(day, minute), identity };
  return assumed(random, by, { role: 'Deploy', name: `ci-${day}`, key }).event;
}

async function planOf(events: readonly Event[]): Promise<InitPlan> {
  const rules = initRules().map(({ rule }) => rule);
  const folder = emptyFolder();
  writeFileSync(join(folder, 'events.json'), JSON.stringify({ Records: events }));
  return initPlan(await huntEvents([], { paths: [folder], rules }), 7);
}

/** The doubts about the role, or nothing if it is allowed. */
function doubtsIn({ decisions }: InitPlan): readonly string[] {
  return [...decisions].flatMap(([{ principal }, decision]) =>
    principal.name === 'role/Deploy' && decision.kind === 'ask' ? decision.why : [],
  );
}

const MONTH = DAYS.flatMap((day) => [began(day), call(day)]);
const without = (day: number): readonly Event[] =>
  MONTH.filter((one) => one !== MONTH[2 * day + 1]);

test('a pipeline on machines that come and go is allowed without a network', async () => {
  const plan = await planOf(MONTH);
  const [proposal] = proposalsOf(plan.decisions.values(), 'allow');
  expect(proposal).toMatchObject({ network: [] });
  expect(proposal?.reason).toContain('role/hub (session GitHubActions) began the sessions');
});

test('another tool that writes the word of the pipeline into its user agent is not covered', async () => {
  const other = call(17, { agent: `APN/1.0 Pulumi/3.1 ${TERRAFORM}`, time: instant(17, 400) });
  const plan = await planOf([...MONTH, other]);
  const [proposal] = proposalsOf(plan.decisions.values(), 'allow');
  expect(proposal).toMatchObject({ tool: 'terraform' });
  expect(proposal?.reason).toContain(': 30 changes on 30 days');
});

test.each<[string, readonly Event[], RegExp]>([
  [
    'the only change with a stolen key, of a session that only planned',
    [...without(17), call(17, { address: EVIL, time: instant(17, 120) })],
    /a key of a session \(ASIA0+17\) was issued to 20\.1\.17\.7 and used from 198\.51\.100\.66/,
  ],
  [
    'a session of its own, with the stolen key of the hub',
    [
      ...MONTH,
      began(17, { address: EVIL, key: 'ASIAEVIL00000000000X', minute: 95 }),
      call(17, {
        address: EVIL,
        identity: sessionOf(ACCOUNT, 'Deploy', { session: 'ci-17', key: 'ASIAEVIL00000000000X' }),
      }),
    ],
    /a key of a session \(ASIAHUB0+17\) was used from 20\.1\.17\.7 and then from 198\.51\.100\.66/,
  ],
  [
    'the logs are switched off',
    [
      ...MONTH,
      call(17, { service: 'cloudtrail', name: 'StopLogging', request: { name: 'trail' } }),
    ],
    /it would hide changes that deserve a second look: weakened the logs 1/,
  ],
  [
    'a user agent with characters that nobody sees',
    DAYS.flatMap((day) => [began(day), call(day, { agent: `${TERRAFORM} \u200b\u202e` })]),
    /the user agent is suspect/,
  ],
])('%s is a question', async (_, events, doubt) => {
  const plan = await planOf(events);
  expect(proposalsOf(plan.decisions.values(), 'allow')).toEqual([]);
  expect(doubtsIn(plan).join('\n')).toMatch(doubt);
});

const CI = '52.30.0.1';

/** Sessions of which the log does not say who began them. */
const opaque = (day: number, session: string, address = CI, minute = 100): Event =>
  call(day, {
    address,
    time: instant(day, minute),
    identity: sessionOf(ACCOUNT, 'Deploy', { session, key: keyOf(day + minute * 100) }),
  });

test('an entry says that the log does not say who began the sessions', async () => {
  const plan = await planOf(DAYS.map((day) => opaque(day, `ci-${day}`)));
  const [proposal] = proposalsOf(plan.decisions.values(), 'allow');
  expect(proposal?.reason).toContain('the log does not say who began the sessions');
});

test.each([20, 40])('a name that comes again is no ID, beside %i IDs a day', async (runs) => {
  const letters = (n: number): string =>
    n
      .toString(8)
      .padStart(10, '0')
      .replaceAll(/\d/g, (digit) => 'bcdfghjk'[Number(digit)] ?? '');
  const names = DAYS.flatMap((day) =>
    Array.from({ length: runs }, (_one, run) =>
      opaque(day, `ci-${letters(day * runs + run)}`, CI, run),
    ),
  );
  const person = [25, 27].map((day) => opaque(day, 'terraform-christine', CI, 900));
  const plan = await planOf([...names, ...person]);
  expect(proposalsOf(plan.decisions.values(), 'allow')).toEqual([]);
  expect(doubtsIn(plan).join('\n')).toMatch(runs === 20 ? /christine/ : /too many names/);
});

test('who else is at an address is known of each address that an entry may name', async () => {
  // More addresses than a line shows come first.
  const before = Array.from({ length: 45 }, (_, one) => opaque(0, 'ci-1', `20.9.${one}.7`, one));
  const signIn = eventOf(random, {
    account: ACCOUNT,
    address: CI,
    time: instant(9, 500),
    service: 'signin',
    name: 'UserAuthentication',
    identity: { type: 'Unknown', accountId: ACCOUNT, userName: 'dana' },
    agent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0.0.0',
    more: { eventType: 'AwsServiceEvent' },
  });
  const plan = await planOf([...before, ...DAYS.map((day) => opaque(day, `ci-${day}`)), signIn]);
  expect(doubtsIn(plan).join('\n')).toMatch(/somebody else is at the same address/);
});

test('a stolen key is named, also where the entry leaves its use visible', async () => {
  const fixed = DAYS.flatMap((day) => [began(day, { address: CI }), call(day, { address: CI })]);
  const stolen = call(17, { address: EVIL, time: instant(17, 101) });
  const look =
    /a key of a session \(ASIA0+17\) was used from 52\.30\.0\.1 and then from 198\.51\.100\.66/;
  const { decisions } = await planOf([...fixed, stolen]);
  const [proposal] = proposalsOf(decisions.values(), 'allow');
  expect(proposal).toMatchObject({ network: [CI] });
  const notes = [...decisions.values()].flatMap((one) => (one.kind === 'allow' ? one.notes : []));
  expect(notes.join('\n')).toMatch(look);
  // With a doubt of another kind too.
  const person = call(3, {
    address: '203.0.113.7',
    identity: sessionOf(ACCOUNT, 'Deploy', { session: 'dana', key: 'ASIADANA000000000000' }),
  });
  expect(doubtsIn(await planOf([...fixed, stolen, person])).join('\n')).toMatch(look);
});

test('a stolen key is named, whichever harmless way a key went before', async () => {
  const other = '52.30.0.2';
  const twice = DAYS.flatMap((day) => [
    began(day, { address: CI }),
    call(day, { address: CI }),
    call(day, { address: other, time: instant(day, 101) }),
  ]);
  const stolen = call(29, { address: EVIL, time: instant(29, 102) });
  const { decisions } = await planOf([...twice, stolen]);
  const told = [...decisions.values()].flatMap((one) =>
    one.kind === 'allow' ? one.notes : one.kind === 'ask' ? one.why : [],
  );
  expect(told.join('\n')).toMatch(/then from 198\.51\.100\.66/);
});
