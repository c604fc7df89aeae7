/** Events that issue the keys of sessions, and events that use them. */
import { openedGroup } from './hunt-events.js';

/** The account of people, and the one of a role that they take. */
export const PEOPLE = '998877665544';
export const WORK = '112233445566';

/** A made-up key of a session: `ASIA`, and these letters. */
export function sessionKey(letters: string): string {
  return `ASIA${letters.toUpperCase().padEnd(16, '0')}`;
}

/** A user of `PEOPLE`, who calls with a key of their own. */
export function user(name: string): Record<string, unknown> {
  return {
    type: 'IAMUser',
    arn: `arn:aws:iam::${PEOPLE}:user/${name}`,
    accountId: PEOPLE,
    accessKeyId: `AKIA${name.toUpperCase().padEnd(16, '0')}`,
    userName: name,
  };
}

/** A session of a role, with this key. */
export function session(role: string, key: string, account = WORK): Record<string, unknown> {
  return {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE0000000000:aws-go-sdk-1768383000000000000',
    arn: `arn:aws:sts::${account}:assumed-role/${role}/aws-go-sdk-1768383000000000000`,
    accountId: account,
    accessKeyId: key,
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${account}:role/${role}` },
    },
  };
}

/** A call of `AssumeRole` that issued a key; `changes` overrides its fields. */
export function assumed(
  { by, role, key }: { readonly by: unknown; readonly role: string; readonly key: string },
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    ...openedGroup(),
    userIdentity: by,
    eventTime: '2026-01-14T09:00:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    eventID: `assumed-${role}-${key}`,
    userAgent: 'aws-cli/2.13.5',
    readOnly: true,
    requestParameters: { roleArn: `arn:aws:iam::${WORK}:role/${role}`, roleSessionName: 's' },
    responseElements: {
      credentials: { accessKeyId: key, sessionToken: 'token', expiration: 'Jan 14, 2026' },
      assumedRoleUser: { arn: `arn:aws:sts::${WORK}:assumed-role/${role}/s` },
    },
    ...changes,
  };
}

/** A call that created this key for a user of `PEOPLE`; `changes` overrides its fields. */
export function created(
  { by, owner, key }: { readonly by: unknown; readonly owner: string; readonly key: unknown },
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    ...openedGroup(),
    userIdentity: by,
    eventTime: '2026-01-14T09:20:00Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateAccessKey',
    eventID: `created-for-${owner}`,
    recipientAccountId: PEOPLE,
    readOnly: false,
    requestParameters: { userName: owner },
    responseElements: { accessKey: { accessKeyId: key, status: 'Active', userName: owner } },
    ...changes,
  };
}
