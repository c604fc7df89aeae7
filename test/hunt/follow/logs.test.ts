/** Who is behind a role session, in hunts over logs: the calls that issued its key are found in whatever file they are. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { huntText, openedGroup, type ListedReport } from '../../support/hunt-events.js';
import { assumed, PEOPLE, session, sessionKey, user } from '../../support/key-events.js';

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

  it('stays, where it names a person', async () => {
    const actor = await named({
      ...AS_DEPLOY,
      sessionContext: {
        sourceIdentity: 'kim@example.com',
        sessionIssuer: { arn: 'arn:aws:iam::112233445566:role/Deploy' },
      },
    });
    expect(actor).toMatchObject({ name: 'kim@example.com', behind: null });
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

  it('stays, where the call that would have issued the key failed', async () => {
    expect(await named(AS_DEPLOY, { ...issued, errorCode: 'AccessDenied' })).toMatchObject({
      behind: null,
    });
  });
});
