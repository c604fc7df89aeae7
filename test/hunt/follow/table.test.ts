/** Who is behind a role session, in hunts over a table on a real Trino: one more statement for each step of the chain. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/cloudtrail/json.js';
import { toRecord } from '../../../src/cloudtrail/record.js';
import type { TableEngine } from '../../../src/engine/engine.js';
import { HuntError } from '../../../src/errors.js';
import { openTrino } from '../../../src/hunt/table/trino.js';
import { ownRule } from '../../../src/rule/own-rule.js';
import { huntText, openedGroup } from '../../support/hunt-events.js';
import {
  assumed,
  created,
  PEOPLE,
  session,
  sessionKey,
  user,
  WORK,
} from '../../support/key-events.js';
import { trinoUrl } from '../../support/trino-proxy.js';
import { describeWithTrino } from '../../support/trino.js';
import { huntTable } from '../table/hunt-table.js';

const FIRST = sessionKey('first');
const SECOND = sessionKey('second');

await describeWithTrino('a hunt over a table', (trino) => {
  test('names who is behind a role, from calls before the window', async () => {
    const first = assumed({ by: user('ann'), role: 'Jump', key: FIRST });
    const second = assumed(
      { by: session('Jump', FIRST, PEOPLE), role: 'Deploy', key: SECOND },
      { eventTime: '2026-01-14T09:10:00Z' },
    );
    const change = openedGroup({
      userIdentity: session('Deploy', SECOND),
      userAgent: 'aws-cli/2.13.5',
    });
    const stranger = assumed({ by: user('kim'), role: 'Deploy', key: sessionKey('other') });
    const records = [change, second, stranger, first].map((event) =>
      toRecord(event as JsonObject, 'a.json'),
    );
    await trino.createEvents('followed', records);
    const window = { since: Date.parse('2026-01-14T09:20:00Z'), until: undefined };
    const followed = await huntTable(trino, 'followed', { window, follow: true });
    expect(followed.findings).toMatchObject([
      {
        actor: {
          name: 'user/ann as role/Deploy',
          behind: { name: 'user/ann', eventIDs: [first['eventID'], second['eventID']] },
        },
      },
    ]);
    expect(followed.links).toHaveLength(2);
    expect(followed.warnings.filter(({ code }) => code === 'KEYS_NOT_FOLLOWED')).toEqual([]);
    // The two statements more are in the account of what ran.
    const plain = await huntTable(trino, 'followed', { window, follow: false });
    expect(plain.findings).toMatchObject([{ actor: { name: 'role/Deploy', behind: null } }]);
    const partsOf = (report: typeof plain) =>
      report.source.execution?.queries.map(({ part }) => part) ?? [];
    const more = partsOf(followed).filter((part) => !partsOf(plain).includes(part));
    expect(more).toHaveLength(2);
    expect(more.every((part) => part.startsWith('issued keys'))).toBe(true);
  });

  test('finds the key wherever an answer has it, as in logs', async () => {
    const credentials = (key: string) => ({ accessKeyId: key, sessionToken: 'token' });
    const assumedRoleUser = { arn: `arn:aws:sts::${WORK}:assumed-role/Deploy/s` };
    const answers: readonly (readonly [string, (key: string) => unknown])[] = [
      ['AssumeRoleWithSAML', (key) => ({ credentials: credentials(key), assumedRoleUser })],
      ['AssumeRoot', (key) => ({ credentials: credentials(key) })],
      ['GetSigninToken', (key) => ({ credentials: credentials(key), GetSigninToken: 'Success' })],
      // Of IAM Roles Anywhere, in a list and as its only item.
      [
        'CreateSession',
        (key) => ({ credentialSet: [{ credentials: credentials(key), assumedRoleUser }] }),
      ],
      [
        'CreateSession',
        (key) => ({ credentialSet: { credentials: credentials(key), assumedRoleUser } }),
      ],
      ['GetSessionToken', (key) => ({ accessKey: credentials(key) })],
    ];
    const events = answers.flatMap(([eventName, answer], index) => {
      const key = sessionKey(`place${index}`);
      const by = user(`ann${index}`);
      return [
        openedGroup({ userIdentity: session('Deploy', key), eventID: `change-${index}` }),
        { ...assumed({ by, role: 'Deploy', key }), eventName, responseElements: answer(key) },
      ];
    });
    await trino.createEvents(
      'places',
      events.map((event) => toRecord(event as JsonObject, 'a.json')),
    );
    const file = join(mkdtempSync(join(tmpdir(), 'hunt-follow-')), 'a.json');
    writeFileSync(file, JSON.stringify({ Records: events }));
    const inTable = await huntTable(trino, 'places', { follow: true });
    const inLogs = await huntText('', { paths: [file] });
    rmSync(dirname(file), { recursive: true });
    const actorsOf = ({ findings }: typeof inTable) =>
      [...findings].map(({ eventID, actor }) => [eventID, actor.name]);
    expect(actorsOf(inTable)).toEqual(
      answers.map((_, index) => [`change-${index}`, `user/ann${index} as role/Deploy`]),
    );
    expect(actorsOf(inTable)).toEqual(actorsOf(inLogs));
    expect(inTable.links).toEqual(inLogs.links);
  });

  test('names who switched to a role in the console, as in logs', async () => {
    const began = '2026-01-14T09:00:00Z';
    const inConsole = (name: string, time = began) => ({
      ...session('Admin', sessionKey(name)),
      arn: `arn:aws:sts::${WORK}:assumed-role/Admin/${name}`,
      sessionContext: { attributes: { creationDate: time } },
    });
    const call = (name: string, time?: string) =>
      openedGroup({
        userIdentity: inConsole(name, time),
        sessionCredentialFromConsole: 'true',
        eventID: `by-${name}`,
      });
    const switched = (name: string, from: string) => ({
      ...openedGroup(),
      eventTime: began,
      eventSource: 'signin.amazonaws.com',
      eventName: 'SwitchRole',
      eventType: 'AwsConsoleSignIn',
      eventID: `switched-${name}-${from}`,
      userIdentity: { type: 'AssumedRole', arn: inConsole(name).arn, accountId: WORK },
      requestParameters: null,
      responseElements: { SwitchRole: 'Success' },
      additionalEventData: { SwitchFrom: `arn:aws:iam::${from}:user/${name}` },
    });
    const byBackEnd = assumed(
      { by: { ...user('kim'), invokedBy: 'AWS Internal' }, role: 'Admin', key: FIRST },
      {
        responseElements: {
          credentials: { accessKeyId: FIRST },
          assumedRoleUser: { arn: inConsole('kim').arn },
        },
      },
    );
    const events = [
      call('ann'),
      switched('ann', PEOPLE),
      call('kim', '2026-01-14T09:00:01Z'),
      byBackEnd,
      // Two persons with one name, in one second.
      call('lee'),
      switched('lee', PEOPLE),
      switched('lee', '444455556666'),
      // The command line shares the session (`aws login`).
      openedGroup({
        userIdentity: { ...inConsole('ann'), accessKeyId: sessionKey('shell') },
        userAgent: 'aws-cli/2.32.10',
        eventID: 'in-shell',
      }),
      // A session that began later.
      { ...call('ann', '2026-01-14T09:00:30Z'), eventID: 'later' },
    ];
    await trino.createEvents(
      'switched',
      events.map((event) => toRecord(event as JsonObject, 'a.json')),
    );
    const file = join(mkdtempSync(join(tmpdir(), 'hunt-follow-')), 'a.json');
    writeFileSync(file, JSON.stringify({ Records: events }));
    const inTable = await huntTable(trino, 'switched', { follow: true });
    const inLogs = await huntText('', { paths: [file] });
    rmSync(dirname(file), { recursive: true });
    const actorsOf = ({ findings }: typeof inTable) =>
      Object.fromEntries([...findings].map(({ eventID, actor }) => [eventID, actor.name]));
    expect(actorsOf(inTable)).toEqual({
      'by-ann': 'user/ann as role/Admin',
      'by-kim': 'user/kim as role/Admin',
      'by-lee': 'role/Admin (session lee)',
      'in-shell': 'user/ann as role/Admin',
      later: 'role/Admin (session ann)',
    });
    expect(actorsOf(inLogs)).toEqual(actorsOf(inTable));
    expect(inLogs.links).toEqual(inTable.links);
  });

  test('says who created the key of a user, if it was created in the 36 hours before', async () => {
    const [ann, ben] = [user('ann'), user('ben')];
    const events = [
      openedGroup({ userIdentity: ann, eventID: 'by-ann' }),
      openedGroup({ userIdentity: ben, eventID: 'by-ben' }),
      created(
        { by: user('mallory'), owner: 'ann', key: ann['accessKeyId'] },
        { eventTime: '2026-01-13T09:00:00Z' },
      ),
      created(
        { by: user('mallory'), owner: 'ben', key: ben['accessKeyId'] },
        { eventTime: '2026-01-10T09:00:00Z' },
      ),
    ];
    await trino.createEvents(
      'created',
      events.map((event) => toRecord(event as JsonObject, 'a.json')),
    );
    const window = { since: Date.parse('2026-01-14T09:00:00Z'), until: undefined };
    const { findings, links } = await huntTable(trino, 'created', { window, follow: true });
    expect([...findings].map(({ actor, how }) => [actor.name, how.flags])).toEqual([
      ['user/ann', [expect.objectContaining({ eventID: 'created-for-ann' })]],
      ['user/ben', []],
    ]);
    expect(links).toHaveLength(1);
  });

  test('finds in the findings alone who is behind a role, if that is asked, and says nothing of others', async () => {
    const change = openedGroup({ userIdentity: session('Deploy', FIRST) });
    const stranger = openedGroup({ userIdentity: session('Deploy', SECOND), eventID: 'other' });
    const issuing = assumed({ by: user('ann'), role: 'Deploy', key: FIRST });
    const records = [change, stranger, issuing].map((event) =>
      toRecord(event as JsonObject, 'a.json'),
    );
    await trino.createEvents('found', records);
    const everything = ownRule('Own.All', 'All', { kind: 'constant', value: true });
    const report = await huntTable(trino, 'found', { rules: [everything], follow: { known: [] } });
    expect([...report.findings].map(({ actor }) => actor.behind?.name ?? null)).toEqual(
      expect.arrayContaining(['user/ann', null, null]),
    );
    expect(report.links).toHaveLength(1);
    const parts = report.source.execution?.queries.map(({ part }) => part) ?? [];
    expect(parts.filter((part) => part.startsWith('issued keys'))).toEqual([]);
  });

  test('has its findings also where the engine refuses these statements', async () => {
    const [row] = await trino.rows('SELECT current_schema AS name');
    const { engine } = await openTrino({
      url: `${await trinoUrl()}/memory/${row?.['name']}/followed`,
      environment: {},
      columns: new Map(),
      roles: new Map(),
      signal: new AbortController().signal,
      maxScan: undefined,
      onProgress: () => undefined,
    });
    const refusing: TableEngine = {
      executions: () => engine.executions(),
      close: () => engine.close(),
      rows(sql: string, part: string) {
        if (part.startsWith('issued keys')) throw new HuntError('ENGINE', 'over the limit');
        return engine.rows(sql, part);
      },
    };
    const { findings, links, warnings } = await huntTable(trino, 'followed', {
      engine: refusing,
      follow: true,
    });
    await engine.close();
    expect(findings).toMatchObject([{ actor: { name: 'role/Deploy', behind: null } }]);
    expect(links).toEqual([]);
    expect(warnings).toContainEqual({
      code: 'KEYS_NOT_FOLLOWED',
      message: 'who is behind the sessions in the findings could not be looked for: over the limit',
    });
  });
});
