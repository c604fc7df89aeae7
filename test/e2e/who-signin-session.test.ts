/** `hunt who` of a session of the page of sign-in, in logs and in a table that has no field for it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { toRecord } from '../../src/cloudtrail/record.js';
import type { Report } from '../../src/report/report.js';
import { awsEnvironment } from '../support/athena/aws-environment.js';
import { duckdbExecutor } from '../support/athena/duckdb-executor.js';
import { startAthena } from '../support/athena/server.js';
import { documentedTable } from '../support/athena/tables.js';
import { openedGroup } from '../support/hunt-events.js';
import { emptyFolder, hunt, type Run } from '../support/run-hunt.js';

const SIGN_IN =
  'arn:aws:signin:eu-west-1:112233445566:session/daff060f-7871-4ab6-92cd-a07bbdabe61a';

function called(id: string, signIn: string, more: Readonly<Record<string, unknown>> = {}) {
  return openedGroup({
    eventID: id,
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:dana',
      arn: 'arn:aws:sts::112233445566:assumed-role/Admin/dana',
      accountId: '112233445566',
      accessKeyId: 'ASIAEXAMPLE000000001',
      sessionContext: { signInSessionArn: signIn },
    },
    ...more,
  });
}

/** The page of sign-in gives a token to a program. */
const TOKEN = called('token', SIGN_IN, {
  eventSource: 'signin.amazonaws.com',
  eventName: 'CreateOAuth2Token',
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::112233445566:assumed-role/Admin/dana',
    accountId: '112233445566',
  },
  requestParameters: null,
  responseElements: null,
  additionalEventData: { success: 'true', signInSessionArn: SIGN_IN },
});
const EVENTS = [called('opened', SIGN_IN), called('other', `${SIGN_IN.slice(0, -1)}b`), TOKEN];

function found({ stdout }: Run) {
  const { findings, warnings } = JSON.parse(stdout) as Report;
  return { ids: [...findings].map(({ eventID }) => eventID).toSorted(), warnings };
}

test('finds the calls of a session of the page of sign-in', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'logs.json'), JSON.stringify({ Records: EVENTS }));
  const { ids, warnings } = found(await hunt(['who', SIGN_IN, 'logs.json', '-f', 'json'], { cwd }));
  expect(ids).toEqual(['opened', 'token']);
  expect(warnings.map(({ code }) => code)).not.toContain('KEYS_NOT_FOLLOWED');
});

test('says what a table without the field cannot tell', async () => {
  const executor = await duckdbExecutor(
    EVENTS.map((event) => toRecord(event as JsonObject, 's3://example-trail/AWSLogs/a.json.gz')),
    { database: 'logs', table: 'plain' },
  );
  const server = await startAthena({
    execute: executor.execute,
    tables: [{ database: 'logs', metadata: documentedTable('plain') }],
    workGroups: [
      {
        Name: 'primary',
        Configuration: { ResultConfiguration: { OutputLocation: 's3://example-results/' } },
      },
    ],
  });
  try {
    const run = await hunt(
      ['who', SIGN_IN, '--athena', 'logs.plain', '--endpoint', server.url, '-f', 'json'],
      { environment: awsEnvironment() },
    );
    const { ids, warnings } = found(run);
    expect(ids).toEqual(['token']);
    expect(warnings).toContainEqual({
      code: 'KEYS_NOT_FOLLOWED',
      message: expect.stringContaining(
        'does not have userIdentity.sessionContext.signInSessionArn',
      ),
    });
  } finally {
    await server.close();
    await executor.close();
  }
});
