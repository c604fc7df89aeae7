/** `hunt who` of people who switch to a role in the console, where they call with keys that no answer has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/report/finding.js';
import { consoleCall, HOME, WORK } from '../support/console-call.js';
import { emptyFolder, huntWithReport } from '../support/run-hunt.js';

const DANA = `arn:aws:iam::${HOME}:user/dana`;
const CI = `arn:aws:iam::${HOME}:user/ci`;
const SESSION = `arn:aws:sts::${WORK}:assumed-role/Admin/dana`;

const record = (id: string, time: string, more: Record<string, unknown>): object =>
  consoleCall(id, time, { eventSource: 'signin.amazonaws.com', eventName: 'SwitchRole', ...more });

function switched(id: string, time: string, from: string): object {
  return record(id, time, {
    eventType: 'AwsConsoleSignIn',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEADMIN:dana',
      arn: SESSION,
      accountId: WORK,
    },
    requestParameters: null,
    responseElements: { SwitchRole: 'Success' },
    additionalEventData: { SwitchFrom: from, RedirectTo: 'https://console.aws.amazon.com/' },
  });
}

/** Hunts for somebody in these records. */
async function who(whom: string, records: readonly object[], ...more: readonly string[]) {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'logs.json'), JSON.stringify({ Records: records }));
  const { page, report } = await huntWithReport(['who', whom, 'logs.json', ...more], { cwd });
  return { page: page.replaceAll(/\s+/g, ' '), report, findings: [...report.findings] };
}

test('finds who switched to a role in another account, by the ARN, the name and the account', async () => {
  for (const whom of [DANA, 'dana', HOME]) {
    const { page, findings } = await who(whom, [switched('switched', '10:00:00', DANA)]);
    expect(page).toContain(`switched to role Admin from user/dana of account ${HOME}`);
    expect(findings).toMatchObject([
      { actor: { name: 'user/dana as role/Admin', behind: { principal: DANA } } },
    ]);
  }
  const { findings } = await who(`arn:aws:iam::${HOME}:user/dan`, [
    switched('switched', '10:00:00', DANA),
  ]);
  expect(findings).toEqual([]);
});

/** The IDs of what somebody did, without the evidence. */
function theirIDs(findings: readonly Finding[]): readonly (string | null)[] {
  return findings
    .filter(({ rules }) => rules.some(({ id }) => id === 'AWS.Who'))
    .map(({ eventID }) => eventID);
}

/** The session's call in the console, with a key of its own. */
function called(id: string, time: string, key: string, began = '10:00:00'): object {
  return record(id, time, {
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateUser',
    sessionCredentialFromConsole: 'true',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEADMIN:dana',
      arn: SESSION,
      accountId: WORK,
      accessKeyId: key,
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${WORK}:role/Admin`, accountId: WORK },
        attributes: { creationDate: `2026-03-01T${began}Z`, mfaAuthenticated: 'true' },
      },
    },
    requestParameters: { userName: id },
  });
}

/** The back end of the console takes the role. Nobody calls with the key in the answer. */
function assumed(id: string, time: string, by: string): object {
  return record(id, time, {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    readOnly: true,
    recipientAccountId: HOME,
    sourceIPAddress: 'AWS Internal',
    userAgent: 'AWS Internal',
    userIdentity: {
      type: 'IAMUser',
      arn: by,
      accountId: HOME,
      accessKeyId: 'ASIAEXAMPLESIGNIN001',
      userName: by.split('/').at(-1),
      invokedBy: 'AWS Internal',
    },
    requestParameters: { roleArn: `arn:aws:iam::${WORK}:role/Admin`, roleSessionName: 'dana' },
    responseElements: {
      credentials: { accessKeyId: 'ASIAEXAMPLEBACKEND01' },
      assumedRoleUser: { arn: SESSION },
    },
  });
}

const KEYS = ['ASIAEXAMPLECONSOLE01', 'ASIAEXAMPLECONSOLE02'] as const;
const DAY = [
  switched('switched', '10:00:00', DANA),
  called('made', '10:01:00', KEYS[0]),
  // The records of two services may differ by a second.
  called('made-too', '10:02:00', KEYS[1], '09:59:59'),
  // Another session with the same name.
  called('earlier', '09:30:00', 'ASIAEXAMPLECONSOLE03', '09:29:00'),
];

test('shows what somebody did in a role in the console, and proves it by the switch', async () => {
  const { page, report, findings } = await who(DANA, DAY);
  expect(findings.map(({ eventID }) => eventID)).toEqual(['switched', 'made', 'made-too']);
  expect(findings.map(({ actor }) => actor.name)).toEqual(
    Array.from({ length: 3 }, () => 'user/dana as role/Admin'),
  );
  expect(page).toContain(
    `SwitchRole by user/dana in account ${WORK}: keys ${KEYS[0]} (1), ${KEYS[1]} (1) of ${SESSION}: 2 calls (event switched)`,
  );
  expect(page).toContain('2 keys issued, 2 of them used: 2 calls');
  expect(report.links.map(({ issued, eventID }) => [issued.accessKey, eventID])).toEqual([
    [KEYS[0], 'switched'],
    [KEYS[1], 'switched'],
  ]);
});

test('takes the call of the back end, where the other account is not in the logs', async () => {
  const { page, findings } = await who(DANA, [
    assumed('assumed', '10:00:00', DANA),
    ...DAY.slice(1),
  ]);
  expect(findings.map(({ eventID }) => eventID)).toEqual(['assumed', 'made', 'made-too']);
  expect(page).not.toContain('not used');
  expect(page).not.toContain('ASIAEXAMPLEBACKEND01 (');
});

test('never says of the key of the back end that it was not used', async () => {
  const { page } = await who(DANA, [
    assumed('assumed', '10:00:00', DANA),
    switched('switched', '10:00:00', DANA),
  ]);
  expect(page).not.toContain('not used');
});

/** A call that says it is the console's: the caller chooses the user agent, and the name of the session. */
function pretended(userAgent: string): object {
  return {
    ...assumed('pretended', '10:00:01', CI),
    sourceIPAddress: '198.51.100.9',
    userAgent,
    userIdentity: {
      type: 'IAMUser',
      arn: CI,
      accountId: HOME,
      accessKeyId: 'AKIAEXAMPLECI0000001',
    },
  };
}

test.each(['signin.amazonaws.com', 'AWS Signin, aws-internal/3 aws-sdk-java/1.12'])(
  'takes no user agent for a proof that the console sent a call: %s',
  async (agent) => {
    const { findings, report } = await who(DANA, [...DAY, pretended(agent)]);
    expect(theirIDs(findings)).toEqual(['switched', 'made', 'made-too']);
    expect(report.warnings.map(({ code }) => code)).not.toContain('KEYS_NOT_FOLLOWED');
    // Nor does it begin a session of which the logs lack the switch.
    const own = await who(CI, [...DAY.slice(1), pretended(agent)]);
    expect(theirIDs(own.findings)).toEqual(['pretended']);
    const asked = await who(KEYS[0], [...DAY.slice(1), pretended(agent)]);
    expect(asked.page).not.toContain('user/ci');
  },
);

test('says of a key that it was not used, also if its owner switched to the role at once', async () => {
  const { page } = await who('user/', [...DAY, pretended('aws-cli/2.17')]);
  expect(page).toContain(`key ASIAEXAMPLEBACKEND01 of ${SESSION}: not used`);
});

test('says who is behind a key of the console', async () => {
  const { page } = await who(KEYS[0], [assumed('assumed', '10:00:00', DANA), ...DAY]);
  expect(page).toContain(
    `${KEYS[0]} was issued to ${SESSION} by user/dana with SwitchRole, 2026-03-01 10:00:00Z`,
  );
});

test('follows nobody where two persons switched in the same second', async () => {
  const namesake = `arn:aws:iam::777788889999:user/dana`;
  const records = [...DAY, switched('other', '10:00:01', namesake)];
  const { findings } = await who(DANA, records);
  expect(findings.filter(({ rules }) => rules.some(({ id }) => id === 'AWS.Who'))).toMatchObject([
    { eventID: 'switched' },
    // That of the other began at the earliest a second later.
    { eventID: 'made-too' },
  ]);
  for (const { report } of [await who(DANA, records), await who(namesake, records)])
    expect(report.warnings).toContainEqual({
      code: 'KEYS_NOT_FOLLOWED',
      message: `calls are not shown of sessions in the console that two persons may have begun: ${SESSION} from 2026-03-01T10:00:00Z`,
    });
});

test('follows a switch from before the window', async () => {
  const { findings, page } = await who(DANA, DAY, '--since', '2026-03-01T10:00:30Z');
  expect(findings.map(({ eventID }) => eventID)).toEqual(['made', 'made-too']);
  expect(page).toContain('SwitchRole by user/dana');
});

test('warns where somebody began more sessions than can be followed', async () => {
  const times = Array.from({ length: 1100 }, (_, n) => new Date(n * 5000).toISOString());
  const { report, findings } = await who(DANA, [
    ...times.map((time, n) => switched(`switched-${n}`, time.slice(11, 19), DANA)),
    called('first', '10:01:00', KEYS[0], '00:00:00'),
    called('last', '10:02:00', KEYS[1], times.at(-1)?.slice(11, 19)),
  ]);
  const made = findings.filter(({ eventName }) => eventName === 'CreateUser');
  expect(made).toMatchObject([{ eventID: 'first' }]);
  expect(report.warnings).toContainEqual({
    code: 'KEYS_NOT_FOLLOWED',
    message: 'not every session in the console was followed: only those that were begun first are',
  });
});
