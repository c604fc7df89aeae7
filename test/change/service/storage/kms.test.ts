import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/cloudtrail/json.js';
import type { ChangeEvent } from '../../../../src/change/change.js';
import { callOf, changeOf, type Said } from '../../../support/change.js';

const other = '222222222222';
const arn = 'arn:aws:kms:eu-central-1:111111111111:key/1-2';
const kms = (name: string, fields: Partial<ChangeEvent>) => changeOf(callOf('kms', name, fields));
const policy = (statement: Json): Json => JSON.stringify({ Statement: statement });

describe('changes of KMS', () => {
  it.each<Said>([
    [
      'scheduled deletion of key 1-2 in 7 days',
      'ScheduleKeyDeletion',
      { keyId: arn, pendingWindowInDays: 7 },
    ],
    ['cancelled deletion of key 1-2', 'CancelKeyDeletion', { keyId: '1-2' }],
    ['disabled key 1-2', 'DisableKey', { keyId: arn }],
    ['switched off rotation of key 1-2', 'DisableKeyRotation', { keyId: arn }],
    [
      `set policy of key 1-2: account ${other} may kms:Decrypt; this account may kms:*`,
      'PutKeyPolicy',
      {
        keyId: arn,
        policy: policy([
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111111111111:root' },
            Action: 'kms:*',
            Resource: '*',
          },
          { Effect: 'Allow', Principal: { AWS: other }, Action: 'kms:Decrypt', Resource: '*' },
        ]),
      },
    ],
    [
      `let role r of account ${other} use key 1-2: Decrypt, CreateGrant`,
      'CreateGrant',
      {
        keyId: arn,
        granteePrincipal: `arn:aws:iam::${other}:role/r`,
        operations: ['Decrypt', 'CreateGrant'],
      },
    ],
    ['removed grant g from key 1-2', 'RevokeGrant', { keyId: arn, grantId: 'g' }],
    ['deleted alias a', 'DeleteAlias', { aliasName: 'alias/a' }],
    ['changed alias a to mean key 1-2', 'UpdateAlias', { aliasName: 'alias/a', targetKeyId: arn }],
  ])('%s', (sentence, name, requestParameters) =>
    expect(kms(name, { requestParameters }).sentence).toBe(sentence),
  );

  it('knows a key that is named by an alias', () => {
    const fields = { requestParameters: { keyId: 'alias/a' }, resources: [{ ARN: arn }] };
    expect(kms('DisableKey', fields).sentence).toBe('disabled key 1-2');
    expect(kms('DisableKey', { ...fields, resources: null }).sentence).toBe('disabled key alias/a');
  });

  it('says that a policy leaves out its own account, and whom the policy of a copy lets in', () => {
    const put = (principal: Json) =>
      kms('PutKeyPolicy', {
        requestParameters: {
          keyId: arn,
          bypassPolicyLockoutSafetyCheck: true,
          policy: policy({ Effect: 'Allow', Principal: principal, Action: 'kms:*', Resource: '*' }),
        },
      });
    const locked = put({ AWS: other });
    expect(locked.sentence).toMatch(/ kms:\* \(nobody of this account\)$/);
    const { begins, ends } = put({ AWS: [other, '111111111111'] });
    const last = locked.begins.at(-1);
    expect(ends).toContainEqual(last);
    expect(begins).not.toContainEqual(last);
    const copy = kms('ReplicateKey', {
      requestParameters: {
        keyId: arn,
        replicaRegion: 'us-east-1',
        policy: policy({ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }),
      },
    });
    expect(copy.sentence).toBe('copied key 1-2 to region us-east-1: everyone may kms:*');
    expect(copy.exposure).not.toBeNull();
  });

  it('pairs what is undone', () => {
    const key = { requestParameters: { keyId: arn } };
    for (const [name, opposite] of [
      ['DisableKey', 'EnableKey'],
      ['ScheduleKeyDeletion', 'CancelKeyDeletion'],
      ['DisableKeyRotation', 'EnableKeyRotation'],
    ] as const)
      expect(kms(opposite, key).ends).toEqual(kms(name, key).begins);
    const grant = kms('CreateGrant', {
      requestParameters: { keyId: '1-2', granteePrincipal: other },
      responseElements: { grantId: 'g' },
    });
    expect(grant.grantees).toEqual([other]);
    expect(kms('RevokeGrant', { requestParameters: { keyId: arn, grantId: 'g' } }).ends).toEqual(
      grant.begins,
    );
    const retired = kms('RetireGrant', {
      responseElements: { keyId: arn },
      additionalEventData: { grantId: 'g' },
    });
    expect(retired).toMatchObject({ sentence: 'removed grant g from key 1-2', ends: grant.begins });
  });
});
