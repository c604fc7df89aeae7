/** Who is behind a role session, in hunts over logs: the calls that issued its key are found in whatever file they are. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { howText } from '../../../src/report/page/timeline/facts.js';
import { huntText, openedGroup, type ListedReport } from '../../support/hunt-events.js';
import { assumed, created, PEOPLE, session, sessionKey, user } from '../../support/key-events.js';

const FIRST = sessionKey('first');
const SECOND = sessionKey('second');
const AS_DEPLOY = { ...session('Deploy', SECOND) };

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

type Files = Readonly<Record<string, string | Buffer>>;

function written(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'hunt-follow-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const plain = (...events: readonly unknown[]): Buffer =>
  gzipSync(JSON.stringify({ Records: events }));

function huntFiles(
  files: Files,
  options: Parameters<typeof huntText>[1] = {},
): Promise<ListedReport> {
  return huntText('', { paths: [written(files)], ...options });
}

/** A user takes a role, with it another one in another account, and opens a group with that. */
const change = openedGroup({ userIdentity: AS_DEPLOY, userAgent: 'aws-cli/2.13.5' });
const first = assumed({ by: user('ann'), role: 'Jump', key: FIRST });
const second = assumed(
  { by: session('Jump', FIRST, PEOPLE), role: 'Deploy', key: SECOND },
  { eventTime: '2026-01-14T09:10:00Z' },
);

describe('a chain of roles', () => {
  const behind = {
    name: 'user/ann',
    principal: `arn:aws:iam::${PEOPLE}:user/ann`,
    eventIDs: [first['eventID'], second['eventID']],
  };

  it.each<[string, Files]>([
    [
      'in plain logs',
      { 'a.json.gz': plain(change), 'b.json.gz': plain(second), 'c.json.gz': plain(first) },
    ],
    ['in one log', { 'a.json.gz': plain(change, second, first) }],
    [
      'in a log with line feeds',
      { 'a.json': JSON.stringify({ Records: [change, second, first] }, null, 2) },
    ],
    [
      'in one event a line',
      { 'a.json': [change, second, first].map((event) => JSON.stringify(event)).join('\n') },
    ],
    [
      'in another shape',
      {
        'a.json.gz': plain(change),
        'b.json': `${JSON.stringify(second)}\n${JSON.stringify(first)}`,
      },
    ],
  ])('is followed to its start, %s', async (_, files) => {
    const { findings, links } = await huntFiles(files);
    expect(findings).toMatchObject([
      {
        actor: { name: 'user/ann as role/Deploy', role: 'Deploy', behind },
        // The log alone cannot tell who works with a role; the start of the chain can.
        how: { class: 'command line or SDK by a person' },
      },
    ]);
    expect(links).toMatchObject([
      { eventID: first['eventID'], by: { name: 'user/ann' }, issued: { accessKey: FIRST } },
      { eventID: second['eventID'], by: { accessKey: FIRST }, issued: { accessKey: SECOND } },
    ]);
  });

  it('is not looked for if nobody asks for it', async () => {
    const { findings, links } = await huntFiles(
      { 'a.json.gz': plain(change, second, first) },
      { follow: false },
    );
    expect(findings).toMatchObject([{ actor: { name: 'role/Deploy', behind: null } }]);
    expect(links).toEqual([]);
  });

  it('ends where the logs end', async () => {
    const { findings } = await huntFiles({ 'a.json.gz': plain(change, second) });
    expect(findings).toMatchObject([
      { actor: { name: 'role/Jump as role/Deploy', behind: { eventIDs: [second['eventID']] } } },
    ]);
  });

  it('is not endless where a hostile log makes it a circle', async () => {
    const back = assumed({ by: session('Deploy', SECOND), role: 'Jump', key: FIRST });
    const { findings } = await huntFiles({ 'a.json.gz': plain(change, second, back) });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.actor.behind?.eventIDs).toHaveLength(2);
  });
});

describe('what an event says of its actor', () => {
  const issued = assumed({ by: user('ann'), role: 'Deploy', key: SECOND });
  const named = async (identity: unknown, by: unknown = issued) => {
    const { findings } = await huntFiles({
      'a.json.gz': plain(openedGroup({ userIdentity: identity }), by),
    });
    return findings[0]?.actor;
  };
  const identified = (sourceIdentity: string, role = 'Deploy') => ({
    ...session(role, role === 'Deploy' ? SECOND : FIRST),
    sessionContext: {
      sourceIdentity,
      sessionIssuer: { arn: `arn:aws:iam::112233445566:role/${role}` },
    },
  });

  it('is not made less by an account that asked for a session with a certificate', async () => {
    const credentials = { accessKeyId: SECOND };
    const asked = {
      ...assumed({ by: user('ann'), role: 'Deploy', key: SECOND }),
      eventSource: 'rolesanywhere.amazonaws.com',
      eventName: 'CreateSession',
      userIdentity: { type: 'Unknown', accountId: '112233445566' },
      responseElements: { credentialSet: [{ credentials }] },
    };
    const actor = await named(identified('CN=build-server-01'), asked);
    expect(actor).toMatchObject({ name: 'role/Deploy', origin: 'assumed role', behind: null });
  });

  it('has the repository whose pipeline began the session', async () => {
    const provider = 'arn:aws:iam::112233445566:oidc-provider/token.actions.githubusercontent.com';
    const pipeline = {
      ...session('Deploy', SECOND),
      sessionContext: {
        sessionIssuer: { arn: 'arn:aws:iam::112233445566:role/Deploy' },
        webIdFederationData: { federatedProvider: provider },
      },
    };
    const userName = 'repo:example/infra:ref:refs/heads/main';
    const began = {
      ...assumed({ by: user('ann'), role: 'Deploy', key: SECOND }),
      eventName: 'AssumeRoleWithWebIdentity',
      userIdentity: { type: 'WebIdentityUser', identityProvider: provider, userName },
    };
    const { findings } = await huntFiles({
      'a.json.gz': plain(openedGroup({ userIdentity: pipeline, userAgent: 'Boto3/1.35' }), began),
    });
    expect(findings).toMatchObject([
      { actor: { name: `${userName} as role/Deploy`, origin: 'pipeline' } },
    ]);
    // The record itself says that a pipeline made the change.
    expect(findings.map((finding) => howText(finding).at(-1))).toEqual(['automation']);
  });

  it('stays, where AWS says on whose behalf a session acts', async () => {
    const onBehalf = { ...session('Deploy', SECOND), onBehalfOf: { userId: 'u-1' } };
    expect(await named(onBehalf)).toMatchObject({ name: 'u-1', behind: null });
  });

  it('stays for a federated user, and the call that gave the session is its evidence', async () => {
    const arn = 'arn:aws:sts::112233445566:federated-user/alice';
    const issuer = 'arn:aws:iam::112233445566:user/ann';
    const identity = {
      type: 'FederatedUser',
      arn,
      accessKeyId: SECOND,
      sessionContext: { sessionIssuer: { arn: issuer } },
    };
    const asked = assumed({ by: user('ann'), role: 'Deploy', key: SECOND });
    const given = {
      ...asked,
      eventName: 'GetFederationToken',
      responseElements: { credentials: { accessKeyId: SECOND }, federatedUser: { arn } },
    };
    expect(await named(identity, given)).toMatchObject({
      name: 'user/ann as federated-user/alice',
      behind: { name: 'user/ann', eventIDs: [asked['eventID']] },
    });
    expect(await named(identity, first)).toMatchObject({
      name: 'user/ann as federated-user/alice',
      behind: { name: 'user/ann', principal: issuer, eventIDs: [] },
    });
  });

  it('stays beside who is behind it, where the session names a person', async () => {
    // Whoever assumes a role sets the source identity.
    const actor = await named(identified('kim@example.com'));
    expect(actor).toMatchObject({
      name: 'user/ann as role/Deploy (named kim@example.com)',
      behind: { name: 'user/ann', eventIDs: [issued['eventID']] },
    });
    const { findings } = await huntFiles({
      'a.json.gz': plain(
        openedGroup({
          userIdentity: identified('kim@example.com'),
          sessionCredentialFromConsole: 'true',
        }),
        issued,
      ),
    });
    expect(findings[0]?.actor.name).toBe('user/ann as role/Deploy (named kim@example.com)');
    expect(await named(identified('ann'))).toMatchObject({ name: 'user/ann as role/Deploy' });
    // A source identity stays the same in all roles of a chain.
    const chained = { ...issued, userIdentity: identified('kim@example.com', 'Jump') };
    const same = await named(identified('kim@example.com'), chained);
    expect(same).toMatchObject({ name: 'kim@example.com', behind: { name: 'kim@example.com' } });
    const unknown = await named(identified('kim@example.com'), {});
    expect(unknown).toMatchObject({ name: 'kim@example.com', behind: null });
  });

  it('stays, where IAM Identity Center names the person', async () => {
    const issuer = `arn:aws:iam::112233445566:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_1`;
    const person = {
      ...AS_DEPLOY,
      arn: 'arn:aws:sts::112233445566:assumed-role/AWSReservedSSO_A_1/kim@example.com',
      sessionContext: { sessionIssuer: { arn: issuer } },
    };
    expect(await named(person)).toMatchObject({ name: 'kim@example.com', behind: null });
  });

  it('does not stay, where a role is only called like one of IAM Identity Center', async () => {
    const copy = {
      ...AS_DEPLOY,
      arn: 'arn:aws:sts::112233445566:assumed-role/AWSReservedSSO_A_1/kim@example.com',
      sessionContext: {
        sessionIssuer: { arn: 'arn:aws:iam::112233445566:role/AWSReservedSSO_A_1' },
      },
    };
    const { findings } = await huntFiles({
      'a.json.gz': plain(
        openedGroup({ userIdentity: copy, sessionCredentialFromConsole: 'true' }),
        issued,
      ),
    });
    expect(findings[0]?.actor.name).toBe('user/ann as role/AWSReservedSSO_A_1');
  });

  it('does not stay, where such a role has a source identity like its session', async () => {
    const role = 'AWSReservedSSO_A_1';
    const issuers = [`role/${role}`, `role/x:role/aws-reserved/sso.amazonaws.com/${role}`];
    for (const issuer of issuers) {
      const copy = {
        ...AS_DEPLOY,
        arn: `arn:aws:sts::112233445566:assumed-role/${role}/kim`,
        sessionContext: {
          sourceIdentity: 'kim',
          sessionIssuer: { arn: `arn:aws:iam::112233445566:${issuer}` },
        },
      };
      const { findings } = await huntFiles({
        'a.json.gz': plain(
          openedGroup({ userIdentity: copy, sessionCredentialFromConsole: 'true' }),
          issued,
        ),
      });
      expect(findings[0]?.actor.name).toBe(`user/ann as role/${role} (named kim)`);
    }
  });

  it('stays, where only the name of the role is known, if the call that issued its key agrees', async () => {
    const unproven = {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::112233445566:assumed-role/AWSReservedSSO_A_1/kim@example.com',
      accessKeyId: SECOND,
    };
    expect(await named(unproven)).toMatchObject({
      name: 'user/ann as role/AWSReservedSSO_A_1 (named kim@example.com)',
      behind: { name: 'user/ann' },
    });
    const ofIdentityCenter = {
      ...issued,
      eventName: 'AssumeRoleWithSAML',
      userIdentity: {
        type: 'SAMLUser',
        principalId: 'AAAAEXAMPLE=:kim@example.com',
        userName: 'kim@example.com',
        identityProvider: 'AAAAEXAMPLE=',
      },
    };
    expect(await named(unproven, ofIdentityCenter)).toMatchObject({
      name: 'kim@example.com',
      origin: 'sso person',
    });
  });

  it('stays, where a service issued the key of a workload', async () => {
    const instance = {
      ...AS_DEPLOY,
      arn: 'arn:aws:sts::112233445566:assumed-role/Deploy/i-0abc0abc0abc0abc0',
    };
    const actor = await named(instance, {
      ...issued,
      userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
    });
    expect(actor).toMatchObject({ origin: 'workload', behind: null });
    // But anyone may give a session such a name.
    expect(await named(instance)).toMatchObject({ name: 'user/ann as role/Deploy' });
  });

  it('is completed by the log of the account that knows the caller', async () => {
    const shared = {
      ...issued,
      userIdentity: { type: 'AWSAccount', principalId: 'AIDAEXAMPLE0000000001', accountId: PEOPLE },
      eventID: 'another',
      eventTime: '2026-01-14T08:59:00Z',
    };
    const { findings } = await huntFiles({
      'a.json.gz': plain(shared, openedGroup({ userIdentity: AS_DEPLOY }), issued),
    });
    expect(findings[0]?.actor.name).toBe('user/ann as role/Deploy');
  });

  it('is of another account, where only the log of the role knows who began it', async () => {
    const { findings } = await huntFiles({
      'a.json.gz': plain(openedGroup({ userIdentity: AS_DEPLOY }), {
        ...issued,
        userIdentity: {
          type: 'AWSAccount',
          principalId: 'AIDAEXAMPLE0000000001',
          accountId: PEOPLE,
        },
      }),
    });
    expect(findings[0]?.actor).toMatchObject({
      name: `account ${PEOPLE} (AIDAEXAMPLE0000000001) as role/Deploy`,
      behind: { account: PEOPLE },
    });
    expect(findings[0]?.attention).toContain('from another account');
  });

  it('stays, where the call that would have issued the key failed', async () => {
    expect(await named(AS_DEPLOY, { ...issued, errorCode: 'AccessDenied' })).toMatchObject({
      behind: null,
    });
  });
});

describe('a session that a person began with other credentials', () => {
  it('of the console is followed over its sign-in', async () => {
    const signedIn = {
      ...assumed({ by: session('Deploy', FIRST), role: 'Deploy', key: SECOND }),
      eventTime: '2026-01-14T09:10:00Z',
      eventSource: 'signin.amazonaws.com',
      eventName: 'GetSigninToken',
      eventType: 'AwsConsoleSignIn',
      eventID: 'signed-in',
      requestParameters: null,
      responseElements: { credentials: { accessKeyId: SECOND }, GetSigninToken: 'Success' },
    };
    const { findings } = await huntFiles({
      'a.json.gz': plain(
        { ...change, sessionCredentialFromConsole: 'true' },
        signedIn,
        assumed({ by: user('ann'), role: 'Deploy', key: FIRST }),
      ),
    });
    expect(findings).toMatchObject([
      {
        actor: {
          name: 'user/ann as role/Deploy',
          origin: 'console person',
          behind: { name: 'user/ann', eventIDs: [`assumed-Deploy-${FIRST}`, 'signed-in'] },
        },
      },
    ]);
  });

  it('of another role in the console is followed to who switched roles', async () => {
    const inConsole = {
      ...AS_DEPLOY,
      arn: 'arn:aws:sts::112233445566:assumed-role/Deploy/ops',
    };
    const { findings } = await huntFiles({
      'a.json.gz': plain(
        openedGroup({ userIdentity: inConsole, sessionCredentialFromConsole: 'true' }),
        assumed({ by: user('ann'), role: 'Deploy', key: SECOND }),
      ),
    });
    expect(findings[0]?.actor.name).toBe('user/ann as role/Deploy');
  });

  it.each(['AWS Internal', 'signin.amazonaws.com', 'signin.amazonaws.cn'])(
    'that %s began in the console has its ARN and its time',
    async (invokedBy) => {
      const inConsole = {
        ...session('Deploy', sessionKey('console')),
        arn: 'arn:aws:sts::112233445566:assumed-role/Deploy/s',
        sessionContext: { attributes: { creationDate: '2026-01-14T09:00:00Z' } },
      };
      const { findings } = await huntFiles({
        'a.json.gz': plain(
          openedGroup({ userIdentity: inConsole, sessionCredentialFromConsole: 'true' }),
        ),
        'b.json.gz': plain(
          assumed({ by: { ...user('ann'), invokedBy }, role: 'Deploy', key: SECOND }),
        ),
      });
      expect(findings[0]?.actor.name).toMatch(/^user\/ann as role\/Deploy/);
    },
  );

  it('of a root user is followed to who called AssumeRoot', async () => {
    const root = {
      type: 'Root',
      principalId: '112233445566',
      arn: 'arn:aws:iam::112233445566:root',
      accountId: '112233445566',
      accessKeyId: SECOND,
      sessionContext: { assumedRoot: 'true' },
    };
    const assumedRoot = {
      ...assumed({ by: user('ann'), role: 'none', key: SECOND }),
      eventName: 'AssumeRoot',
      requestParameters: { targetPrincipal: '112233445566' },
      responseElements: { credentials: { accessKeyId: SECOND } },
    };
    const { findings } = await huntFiles({
      'a.json.gz': plain(openedGroup({ userIdentity: root }), assumedRoot),
    });
    expect(findings[0]?.actor).toMatchObject({ name: 'user/ann as root', origin: 'root' });
  });
});

describe('the key of a user', () => {
  const ann = user('ann');
  const key = ann['accessKeyId'];
  const used = openedGroup({ userIdentity: ann });
  const flagsOf = async (files: Files) => {
    const { findings } = await huntFiles(files);
    return findings.map(({ actor, how }) => [
      actor.name,
      ...how.flags.map((flag) => [flag.reason, flag.text, flag.eventID]),
    ]);
  };
  const flag = (name: string): unknown => [
    'key created by another',
    `${name} created this access key at 2026-01-14T09:20:00.000Z (created-for-ann)`,
    'created-for-ann',
  ];

  it.each<[string, (...events: readonly unknown[]) => Files]>([
    ['in plain logs', (one, other) => ({ 'a.json.gz': plain(one), 'b.json.gz': plain(other) })],
    [
      'in one event a line',
      (...all) => ({ 'a.json': all.map((e) => JSON.stringify(e)).join('\n') }),
    ],
  ])('says who created it, if that is somebody else, %s', async (_, filesOf) => {
    const byMallory = created({ by: user('mallory'), owner: 'ann', key });
    // The user stays the actor.
    expect(await flagsOf(filesOf(used, byMallory))).toEqual([['user/ann', flag('user/mallory')]]);
    const byAnn = created({ by: ann, owner: 'ann', key });
    expect(await flagsOf(filesOf(used, byAnn))).toEqual([['user/ann']]);
    const failed = { ...byMallory, errorCode: 'AccessDenied' };
    expect(await flagsOf(filesOf(used, failed))).toEqual([['user/ann']]);
    const another = created({ by: user('mallory'), owner: 'ann', key: 'AKIAOTHERKEY00000000' });
    expect(await flagsOf(filesOf(used, another))).toEqual([['user/ann']]);
  });

  it('says who is behind the session that created it', async () => {
    const identity = session('Admin', FIRST, PEOPLE);
    // A session may have the name of the user.
    const arn = `arn:aws:sts::${PEOPLE}:assumed-role/Admin/ann`;
    const byRole = created({ by: { ...identity, arn }, owner: 'ann', key });
    const taken = (by: unknown) => assumed({ by, role: 'Admin', key: FIRST });
    const files = (by: unknown) => ({
      'a.json.gz': plain(used, byRole),
      'b.json.gz': plain(taken(by)),
    });
    expect(await flagsOf(files(user('mallory')))).toEqual([
      ['user/ann', flag('user/mallory as role/Admin')],
    ]);
    expect(await flagsOf(files(ann))).toEqual([['user/ann']]);
    expect(await flagsOf({ 'a.json.gz': plain(used, byRole) })).toMatchObject([
      ['user/ann', [expect.anything(), expect.stringMatching(/^role\/Admin/), 'created-for-ann']],
    ]);
  });

  it('says who created it for a session that was begun with it, and who created the key of that person', async () => {
    const own = user('mallory')['accessKeyId'];
    const files = {
      'a.json.gz': plain(openedGroup({ userIdentity: session('Deploy', SECOND) })),
      'b.json.gz': plain(
        assumed({ by: ann, role: 'Deploy', key: SECOND }),
        created({ by: user('mallory'), owner: 'ann', key }),
        created({ by: user('oscar'), owner: 'mallory', key: own }),
      ),
    };
    const flagFor = (name: string, owner: string, ofKey: unknown) => [
      'key created by another',
      `user/${name} created the access key ${String(ofKey)}, which led to this one, at 2026-01-14T09:20:00.000Z (created-for-${owner})`,
      `created-for-${owner}`,
    ];
    expect(await flagsOf(files)).toEqual([
      ['user/ann as role/Deploy', flagFor('mallory', 'ann', key), flagFor('oscar', 'mallory', own)],
    ]);
  });
});
