/** `hunt who` of people who switch to a role in the console, where they call with keys that no answer has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const HOME = '111122223333';
const WORK = '444455556666';
const DANA = `arn:aws:iam::${HOME}:user/dana`;
const SESSION = `arn:aws:sts::${WORK}:assumed-role/Admin/dana`;

function record(id: string, time: string, more: Record<string, unknown>): object {
  return {
    eventVersion: '1.09',
    eventID: id,
    eventTime: `2026-03-01T${time}Z`,
    eventSource: 'signin.amazonaws.com',
    eventName: 'SwitchRole',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0',
    readOnly: false,
    managementEvent: true,
    eventCategory: 'Management',
    eventType: 'AwsApiCall',
    recipientAccountId: WORK,
    ...more,
  };
}

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
  const text = await hunt(['who', whom, 'logs.json', ...more], { cwd });
  const json = await hunt(['who', whom, 'logs.json', ...more, '-f', 'json'], { cwd });
  const report = JSON.parse(json.stdout) as Report;
  return { page: text.stdout.replaceAll(/\s+/g, ' '), report, findings: [...report.findings] };
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
