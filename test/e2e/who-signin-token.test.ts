/** `hunt who` of people who take the session of a role into the console (`GetSigninToken`), and switch to other roles there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { consoleCall, HOME, WORK } from '../support/console-call.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const OPS = `arn:aws:sts::${HOME}:assumed-role/Ops/x`;
const ADMIN = `arn:aws:sts::${WORK}:assumed-role/Admin/x`;
const AUDIT = `arn:aws:sts::${WORK}:assumed-role/Audit/x`;
const HUGO = `arn:aws:iam::${HOME}:user/hugo`;
const OLGA = `arn:aws:iam::${HOME}:user/olga`;

const record = (id: string, time: string, more: Record<string, unknown>): object =>
  consoleCall(id, time, { eventSource: 'ec2.amazonaws.com', eventName: 'DeleteVpc', ...more });

interface Session {
  readonly arn: string;
  readonly key?: string;
  readonly began?: string;
}

function identity({ arn, key, began = '09:00:00' }: Session): object {
  return {
    type: arn.includes(':federated-user/') ? 'FederatedUser' : 'AssumedRole',
    principalId: 'AROAEXAMPLE:x',
    arn,
    accountId: arn.split(':')[4],
    accessKeyId: key,
    sessionContext: { attributes: { creationDate: `2026-03-01T${began}Z` } },
  };
}

/** A user takes a role by the command line. */
function assumed(id: string, time: string, by: string, key: string): object {
  const name = by.split('/').at(-1);
  return record(id, time, {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    readOnly: true,
    recipientAccountId: HOME,
    userAgent: 'aws-cli/2.17',
    userIdentity: {
      type: 'IAMUser',
      arn: by,
      accountId: HOME,
      accessKeyId: `AKIAEXAMPLE${name?.toUpperCase()}00001`,
      userName: name,
    },
    requestParameters: { roleArn: `arn:aws:iam::${HOME}:role/Ops`, roleSessionName: 'x' },
    responseElements: { credentials: { accessKeyId: key }, assumedRoleUser: { arn: OPS } },
  });
}

/** The session asks for a sign-in to the console. */
function entered(id: string, time: string, session: Session): object {
  return record(id, time, {
    eventSource: 'signin.amazonaws.com',
    eventName: 'GetSigninToken',
    eventType: 'AwsConsoleSignIn',
    recipientAccountId: HOME,
    userAgent: 'Python-urllib/3.9',
    userIdentity: identity(session),
    responseElements: {
      credentials: { accessKeyId: `ASIAEXAMPLETOKEN${id.slice(0, 4).toUpperCase()}` },
      GetSigninToken: 'Success',
    },
  });
}

/** A call in the console, with a key that no answer has. */
function called(id: string, time: string, session: Session): object {
  return record(id, time, {
    sessionCredentialFromConsole: 'true',
    userIdentity: identity({ key: `ASIAEXAMPLECONSOLE${time.slice(3, 5)}`, ...session }),
    requestParameters: { vpcId: id },
  });
}

function switched(id: string, time: string, from: string, to: string): object {
  return record(id, time, {
    eventSource: 'signin.amazonaws.com',
    eventName: 'SwitchRole',
    eventType: 'AwsConsoleSignIn',
    userIdentity: { type: 'AssumedRole', principalId: 'AROAEXAMPLE:x', arn: to, accountId: WORK },
    responseElements: { SwitchRole: 'Success' },
    additionalEventData: { SwitchFrom: from },
  });
}

function folder(records: readonly object[]): string {
  const cwd = emptyFolder();
  // Each record has a file of its own: what leads from one to the next must be looked for in all of them.
  for (const [index, one] of records.entries())
    writeFileSync(join(cwd, `${index}.json`), JSON.stringify({ Records: [one] }));
  return cwd;
}

/** What somebody did, by the IDs of the events, and the messages of the warnings. */
async function who(whom: string, records: readonly object[], ...more: readonly string[]) {
  const { stdout } = await hunt(['who', whom, './', ...more, '-f', 'json'], {
    cwd: folder(records),
  });
  const report = JSON.parse(stdout) as Report;
  const own = [...report.findings].filter(({ rules }) => rules.some(({ id }) => id === 'AWS.Who'));
  return {
    ids: own.map(({ eventID }) => eventID),
    names: own.map(({ actor }) => actor.name),
    warnings: report.warnings.flatMap(({ code, message }) =>
      code === 'KEYS_NOT_FOLLOWED' ? message : [],
    ),
  };
}

const KEY = 'ASIAEXAMPLEHUGO00001';
const OTHER_KEY = 'ASIAEXAMPLEOLGA00001';
const ENTERED = [
  assumed('took', '09:00:00', HUGO, KEY),
  entered('in', '09:01:00', { arn: OPS, key: KEY }),
  called('first', '09:02:00', { arn: OPS }),
  called('second', '09:03:00', { arn: OPS }),
];

test('shows what a session did in the console with keys that no answer has', async () => {
  const { ids, names, warnings } = await who(HUGO, [
    ...ENTERED,
    // Another session with the same name.
    called('earlier', '08:30:00', { arn: OPS, began: '08:29:00' }),
    called('later', '09:30:00', { arn: OPS, began: '09:00:01' }),
  ]);
  expect(ids).toEqual(['took', 'in', 'first', 'second']);
  expect(names.slice(1)).toEqual(Array.from({ length: 3 }, () => 'user/hugo as role/Ops'));
  expect(warnings).toEqual([]);
});

test('also of a federated user', async () => {
  const arn = `arn:aws:sts::${HOME}:federated-user/guest`;
  const { ids } = await who(HUGO, [
    record('took', '09:00:00', {
      eventSource: 'sts.amazonaws.com',
      eventName: 'GetFederationToken',
      userIdentity: { type: 'IAMUser', arn: HUGO, accountId: HOME, userName: 'hugo' },
      responseElements: {
        credentials: { accessKeyId: KEY },
        federatedUser: { arn, federatedUserId: `${HOME}:guest` },
      },
    }),
    entered('in', '09:01:00', { arn, key: KEY }),
    called('first', '09:02:00', { arn }),
  ]);
  expect(ids).toEqual(['took', 'in', 'first']);
});

test('names who is behind a call in the console, in every hunt', async () => {
  const { stdout } = await hunt(['./', '--rule', 'AWS.Any.ManualChange', '-f', 'json'], {
    cwd: folder([
      ...ENTERED,
      record('sent', '09:04:00', {
        ...assumed('', '09:04:00', HUGO, 'ASIAEXAMPLEBACKEND01'),
        eventID: 'sent',
        sourceIPAddress: 'AWS Internal',
        userIdentity: identity({ arn: OPS, key: 'ASIAEXAMPLEBACKEND02' }),
        responseElements: {
          credentials: { accessKeyId: 'ASIAEXAMPLEBACKEND01' },
          assumedRoleUser: { arn: ADMIN },
        },
      }),
      called('third', '09:05:00', { arn: ADMIN, began: '09:04:00' }),
    ]),
  });
  const { findings } = JSON.parse(stdout) as Report;
  expect([...findings].map(({ eventID, actor }) => [eventID, actor.name])).toEqual([
    ['first', 'user/hugo as role/Ops'],
    ['second', 'user/hugo as role/Ops'],
    ['third', 'user/hugo as role/Admin'],
  ]);
});

test('leaves out what others did with their keys of a session of this name', async () => {
  const records = [
    ...ENTERED,
    assumed('took-too', '09:00:00', OLGA, OTHER_KEY),
    record('by-key', '09:04:00', { userIdentity: identity({ arn: OPS, key: OTHER_KEY }) }),
  ];
  expect(await who(HUGO, records)).toMatchObject({
    ids: ['took', 'in', 'first', 'second'],
    warnings: [],
  });
  // Only one of both took the session to the console.
  expect(await who(OLGA, records)).toMatchObject({ ids: ['took-too', 'by-key'], warnings: [] });
});

test('also where they got them from an identity provider, or as federated users', async () => {
  const guest = `arn:aws:sts::${HOME}:federated-user/guest`;
  const got = (id: string, eventName: string, more: object): object =>
    record(id, '09:00:00', { eventSource: 'sts.amazonaws.com', eventName, ...more });
  const credentials = { accessKeyId: OTHER_KEY };
  const token = (id: string, arn: string, key: string): object =>
    got(id, 'GetFederationToken', {
      userIdentity: { type: 'IAMUser', arn, accountId: HOME, userName: arn.split('/').at(-1) },
      responseElements: { credentials: { accessKeyId: key }, federatedUser: { arn: guest } },
    });
  const provided = (type: string): object => ({
    userIdentity: { type, principalId: 'provider:olga', userName: 'olga' },
    responseElements: { credentials, assumedRoleUser: { arn: OPS } },
  });
  const byKey = (arn: string): object =>
    record('by-key', '09:04:00', { userIdentity: identity({ arn, key: OTHER_KEY }) });
  for (const given of [
    got('took-too', 'AssumeRoleWithSAML', provided('SAMLUser')),
    got('took-too', 'AssumeRoleWithWebIdentity', provided('WebIdentityUser')),
  ]) {
    const { ids } = await who(HUGO, [...ENTERED, given, byKey(OPS)]);
    expect(ids).toEqual(['took', 'in', 'first', 'second']);
  }
  const { ids } = await who(HUGO, [
    token('took', HUGO, KEY),
    entered('in', '09:01:00', { arn: guest, key: KEY }),
    called('first', '09:02:00', { arn: guest }),
    token('took-too', OLGA, OTHER_KEY),
    byKey(guest),
  ]);
  expect(ids).toEqual(['took', 'in', 'first']);
});

test('follows nobody where two persons took sessions of one name and second to the console', async () => {
  const records = [
    ...ENTERED,
    assumed('took-too', '09:00:00', OLGA, OTHER_KEY),
    entered('in-too', '09:01:00', { arn: OPS, key: OTHER_KEY }),
  ];
  for (const [whom, ids] of [
    [HUGO, ['took', 'in']],
    [OLGA, ['took-too', 'in-too']],
  ] as const)
    expect(await who(whom, records)).toMatchObject({
      ids,
      warnings: [expect.stringContaining(`two persons may have begun: ${OPS} from`)],
    });
});

const SWITCHED = [
  ...ENTERED,
  switched('switched', '09:10:00', OPS, ADMIN),
  called('third', '09:11:00', { arn: ADMIN, began: '09:10:00' }),
  switched('again', '09:20:00', ADMIN, AUDIT),
  called('fourth', '09:21:00', { arn: AUDIT, began: '09:20:00' }),
];
const ALL = ['took', 'in', 'first', 'second', 'switched', 'third', 'again', 'fourth'];

test('follows the switches from a session that is followed', async () => {
  for (const whom of [HUGO, 'hugo', `arn:aws:iam::${HOME}:user/hugo`]) {
    expect(await who(whom, SWITCHED)).toMatchObject({ ids: ALL, warnings: [] });
  }
  const { ids } = await who(HUGO, SWITCHED, '--since', '2026-03-01T09:10:30Z');
  expect(ids).toEqual(['third', 'again', 'fourth']);
});

test('follows the switches of the sessions of a role that is asked for', async () => {
  const { ids } = await who(`arn:aws:iam::${HOME}:role/path/Ops`, [
    switched('switched', '09:10:00', OPS, ADMIN),
    called('third', '09:11:00', { arn: ADMIN, began: '09:10:00' }),
    switched('other', '09:12:00', `arn:aws:sts::${HOME}:assumed-role/Ops2/x`, ADMIN),
  ]);
  expect(ids).toEqual(['switched', 'third']);
});

test('follows no switch from a name under which two persons are in the console, and warns', async () => {
  const another = (took: string, began: string): readonly object[] => [
    assumed('took-too', took, OLGA, OTHER_KEY),
    entered('in-too', began, { arn: OPS, key: OTHER_KEY, began: took }),
  ];
  const { ids, warnings } = await who(HUGO, [...SWITCHED, ...another('08:30:00', '08:31:00')]);
  expect(ids).toEqual(['took', 'in', 'first', 'second']);
  expect(warnings).toEqual([
    expect.stringContaining(`two persons may have begun: ${ADMIN} from 2026-03-01T09:09:59Z`),
  ]);
  // Who comes later did not switch.
  const later = await who(HUGO, [...SWITCHED, ...another('10:30:00', '10:31:00')]);
  expect(later).toMatchObject({ ids: ALL, warnings: [] });
  // The same person may take the role again.
  const twice = await who(HUGO, [
    ...SWITCHED,
    assumed('took-again', '08:30:00', HUGO, OTHER_KEY),
    entered('in-again', '08:31:00', { arn: OPS, key: OTHER_KEY, began: '08:30:00' }),
  ]);
  expect(twice).toMatchObject({ ids: ['took-again', 'in-again', ...ALL], warnings: [] });
});

test('follows no switch from a name when only others may have been in the console under it', async () => {
  const onDay = (day: string, ...records: readonly object[]): readonly object[] =>
    JSON.parse(JSON.stringify(records).replaceAll('2026-03-01', day)) as object[];
  const switches = [
    switched('other-switch', '09:30:00', OPS, ADMIN),
    called('other-call', '09:31:00', { arn: ADMIN, began: '09:30:00' }),
  ];
  const olga = [
    assumed('other-took', '09:00:00', OLGA, OTHER_KEY),
    entered('other-in', '09:01:00', { arn: OPS, key: OTHER_KEY }),
    ...switches,
  ];
  const unknown = [...SWITCHED, ...onDay('2026-02-27', ...switches)];
  expect(await who(HUGO, unknown)).toMatchObject({ ids: ALL, warnings: [] });
  const both = [...SWITCHED, ...onDay('2026-03-04', ...olga)];
  expect(await who(HUGO, both)).toMatchObject({ ids: ALL, warnings: [] });
  expect(await who(OLGA, both)).toMatchObject({
    ids: ['other-took', 'other-in', 'other-switch', 'other-call'],
    warnings: [],
  });
  // The session began before the window, and another one of the person in it.
  const again = [
    ...SWITCHED,
    assumed('took-again', '11:00:00', HUGO, OTHER_KEY),
    entered('in-again', '11:01:00', { arn: OPS, key: OTHER_KEY, began: '11:00:00' }),
  ];
  const { ids } = await who(HUGO, again, '--since', '2026-03-01T09:05:00Z');
  expect(ids).toEqual(['switched', 'third', 'again', 'fourth', 'took-again', 'in-again']);
});
