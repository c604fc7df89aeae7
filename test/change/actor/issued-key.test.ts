import { describe, expect, it } from 'vitest';
import { issuedKey, keyLink, type IssuingEvent } from '../../../src/change/actor/issued-key.js';

const KEY = 'ASIAISSUEDEXAMPLE001';
const ARN = 'arn:aws:sts::112233445566:assumed-role/Admin/lee';

/** A call by a user of account 112233445566, with some of its fields replaced. */
function event(fields: Partial<IssuingEvent>): IssuingEvent {
  return {
    eventID: 'e-1',
    eventTime: '2026-01-12T09:00:00.000Z',
    eventName: 'AssumeRole',
    eventSource: 'sts.amazonaws.com',
    eventType: 'AwsApiCall',
    recipientAccountId: '112233445566',
    sourceIPAddress: '192.0.2.7',
    userAgent: 'aws-cli/2.13.5',
    sessionCredentialFromConsole: null,
    errorCode: null,
    errorMessage: null,
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::112233445566:user/lee',
      userName: 'lee',
      accessKeyId: 'AKIAUSEROFLEEEXAMPLE',
    },
    addendum: null,
    requestParameters: null,
    responseElements: { credentials: { accessKeyId: KEY, sessionToken: '…' } },
    extra: null,
    ...fields,
  };
}

describe('issuedKey', () => {
  const credentials = { accessKeyId: KEY };
  const role = { roleArn: 'arn:aws:iam::998877665544:role/ops/Admin', roleSessionName: 'lee' };
  it.each<[string, string | null, Partial<IssuingEvent>]>([
    ['AssumeRole', ARN, { responseElements: { credentials, assumedRoleUser: { arn: ARN } } }],
    // A service assumes a role: the answer does not name the session.
    [
      'AssumeRole',
      'arn:aws:sts::998877665544:assumed-role/Admin/lee',
      { requestParameters: role, responseElements: { credentials } },
    ],
    [
      'AssumeRoleWithSAML',
      ARN,
      { responseElements: { credentials, assumedRoleUser: { arn: ARN } } },
    ],
    [
      'AssumeRoot',
      'arn:aws:iam::998877665544:root',
      { requestParameters: { targetPrincipal: '998877665544' } },
    ],
    ['GetSessionToken', 'arn:aws:iam::112233445566:user/lee', {}],
    [
      'GetSigninToken',
      'arn:aws:iam::112233445566:user/lee',
      { eventSource: 'signin.amazonaws.com' },
    ],
    [
      'GetFederationToken',
      'arn:aws:sts::112233445566:federated-user/kim',
      {
        responseElements: {
          credentials,
          federatedUser: { arn: 'arn:aws:sts::112233445566:federated-user/kim' },
        },
      },
    ],
    [
      'CreateAccessKey',
      'arn:aws:iam::112233445566:user/kim',
      { responseElements: { accessKey: { accessKeyId: KEY, userName: 'kim' } } },
    ],
    [
      'CreateAccessKey',
      'arn:aws:iam::112233445566:user/lee',
      { responseElements: { accessKey: credentials } },
    ],
    // Of IAM Roles Anywhere.
    [
      'CreateSession',
      ARN,
      { responseElements: { credentialSet: [{ credentials, assumedRoleUser: { arn: ARN } }] } },
    ],
    ['GetCredentialsForIdentity', null, {}],
  ])('gives the key of %s, and who calls with it: %s', (eventName, arn, fields) => {
    expect(issuedKey(event({ eventName, ...fields }))).toEqual({ accessKey: KEY, arn });
  });

  it.each<[string, Partial<IssuingEvent>]>([
    ['a failed call', { errorCode: 'AccessDenied' }],
    ['another call', { eventName: 'DescribeInstances' }],
    ['an answer without a key', { responseElements: null }],
    [
      'a redacted key',
      { responseElements: { credentials: { accessKeyId: 'HIDDEN_FOR_SECURITY' } } },
    ],
    ['a key that is no text', { responseElements: { credentials: { accessKeyId: [KEY] } } }],
    ['an answer that is a list', { responseElements: [KEY] }],
  ])('gives nothing for %s', (_, fields) => {
    expect(issuedKey(event(fields))).toBeUndefined();
  });
});

it('links the caller with the key', () => {
  expect(
    keyLink(
      event({
        responseElements: { credentials: { accessKeyId: KEY }, assumedRoleUser: { arn: ARN } },
      }),
    ),
  ).toEqual({
    eventID: 'e-1',
    eventTime: '2026-01-12T09:00:00.000Z',
    eventName: 'AssumeRole',
    account: '112233445566',
    address: '192.0.2.7',
    by: {
      name: 'user/lee',
      principal: 'arn:aws:iam::112233445566:user/lee',
      accessKey: 'AKIAUSEROFLEEEXAMPLE',
    },
    issued: { accessKey: KEY, arn: ARN },
  });
});
