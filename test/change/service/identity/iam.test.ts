import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/cloudtrail/json.js';
import { describeChange } from '../../../../src/change/describe.js';
import { callOf, changeOf, lastingAfter, type Said } from '../../../support/change.js';
import type { ChangeEvent } from '../../../../src/change/change.js';

const other = '222222222222';
const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const everything = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

const iam = (name: string, fields: Partial<ChangeEvent>) => changeOf(callOf('iam', name, fields));

function trust(principal: Json, condition?: Json): string {
  return JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        ...(condition === undefined ? {} : { Condition: condition }),
      },
    ],
  });
}

describe('changes of IAM', () => {
  it.each<Said>([
    ['created user ann', 'CreateUser', { userName: 'ann' }],
    [
      'gave user ann a password',
      'CreateLoginProfile',
      { userName: 'ann', passwordResetRequired: false },
    ],
    ['removed the password from user ann', 'DeleteLoginProfile', { userName: 'ann' }],
    [
      'created key AKIA1 for user ann',
      'CreateAccessKey',
      { userName: 'ann' },
      { accessKey: { accessKeyId: 'AKIA1' } },
    ],
    // A call that names no user is about the caller's own; the response says who that is.
    [
      'created key AKIA1 for user ann',
      'CreateAccessKey',
      null,
      { accessKey: { accessKeyId: 'AKIA1', userName: 'ann' } },
    ],
    [
      'switched off key AKIA1 of user ann',
      'UpdateAccessKey',
      { userName: 'ann', accessKeyId: 'AKIA1', status: 'Inactive' },
    ],
    ['deleted key AKIA1 of user ann', 'DeleteAccessKey', { userName: 'ann', accessKeyId: 'AKIA1' }],
    [
      'created credential ACCA1 for user ann to sign in to codecommit.amazonaws.com',
      'CreateServiceSpecificCredential',
      { userName: 'ann', serviceName: 'codecommit.amazonaws.com' },
      { serviceSpecificCredential: { serviceSpecificCredentialId: 'ACCA1' } },
    ],
    [
      'removed MFA device ann from user ann',
      'DeactivateMFADevice',
      { userName: 'ann', serialNumber: 'arn:aws:iam::1:mfa/ann' },
    ],
    ['added user ann to group admins', 'AddUserToGroup', { userName: 'ann', groupName: 'admins' }],
    [
      'gave user ann policy AdministratorAccess (administrator rights)',
      'AttachUserPolicy',
      { userName: 'ann', policyArn: admin },
    ],
    // Only AWS's own policy is known to give that.
    [
      'gave role r policy AdministratorAccess (not the one of AWS)',
      'AttachRolePolicy',
      { roleName: 'r', policyArn: 'arn:aws:iam::111111111111:policy/AdministratorAccess' },
    ],
    [
      'removed policy AdministratorAccess (administrator rights) from group g',
      'DetachGroupPolicy',
      { groupName: 'g', policyArn: admin },
    ],
    [
      'gave group g inline policy p: Allow * on * (administrator rights)',
      'PutGroupPolicy',
      { groupName: 'g', policyName: 'p', policyDocument: JSON.stringify(everything) },
    ],
    [
      'gave user ann inline policy p: a policy that cannot be read',
      'PutUserPolicy',
      { userName: 'ann', policyName: 'p', policyDocument: '{' },
    ],
    [
      'created version v2 of policy p, the default: Allow * on * (administrator rights)',
      'CreatePolicyVersion',
      {
        policyArn: 'arn:aws:iam::111111111111:policy/x/p',
        policyDocument: everything,
        setAsDefault: true,
      },
      { policyVersion: { versionId: 'v2' } },
    ],
    [
      'set version v1 as the default of policy p; the call does not say what it allows',
      'SetDefaultPolicyVersion',
      { policyArn: 'arn:aws:iam::111111111111:policy/p', versionId: 'v1' },
    ],
    [
      `created role r with permissions boundary b: account ${other} may assume it`,
      'CreateRole',
      {
        roleName: 'r',
        permissionsBoundary: 'arn:aws:iam::111111111111:policy/b',
        assumeRolePolicyDocument: trust({ AWS: other }),
      },
    ],
    ['created role r: a policy that cannot be read', 'CreateRole', { roleName: 'r' }],
    [
      `let account ${other} assume role r`,
      'UpdateAssumeRolePolicy',
      { roleName: 'r', policyDocument: trust({ AWS: `arn:aws:iam::${other}:root` }) },
    ],
    [
      'changed who may assume role r: deny everyone to assume it',
      'UpdateAssumeRolePolicy',
      {
        roleName: 'r',
        policyDocument: JSON.stringify({
          Statement: { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' },
        }),
      },
    ],
    [
      'let only ec2.amazonaws.com assume role r',
      'UpdateAssumeRolePolicy',
      { roleName: 'r', policyDocument: trust({ Service: 'ec2.amazonaws.com' }) },
    ],
    [
      'let everyone assume role r if sts:ExternalId x',
      'UpdateAssumeRolePolicy',
      { roleName: 'r', policyDocument: trust('*', { StringEquals: { 'sts:ExternalId': 'x' } }) },
    ],
    ['removed permissions boundary of role r', 'DeleteRolePermissionsBoundary', { roleName: 'r' }],
    [
      'gave instance profile i role r',
      'AddRoleToInstanceProfile',
      { instanceProfileName: 'i', roleName: 'r' },
    ],
    [
      'set password policy of the account (weak): at least 6 characters; no need of symbols; no expiry; old passwords allowed again',
      'UpdateAccountPasswordPolicy',
      {
        minimumPasswordLength: 6,
        requireUppercaseCharacters: true,
        requireLowercaseCharacters: true,
        requireNumbers: true,
        requireSymbols: false,
      },
    ],
    [
      'created OIDC provider ci.example.com for client a',
      'CreateOpenIDConnectProvider',
      { url: 'https://ci.example.com', clientIDList: ['a'] },
    ],
    [
      'deleted OIDC provider ci.example.com',
      'DeleteOpenIDConnectProvider',
      { openIDConnectProviderArn: 'arn:aws:iam::111111111111:oidc-provider/ci.example.com' },
    ],
  ])('%s', (sentence, name, request, response = null) => {
    const change = iam(name, { requestParameters: request, responseElements: response });
    expect(change.sentence).toBe(sentence);
  });

  it('says that a caller changes itself', () => {
    const user = { type: 'IAMUser', userName: 'ann' };
    const session = {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111111111111:assumed-role/deploy/x',
      sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111111111111:role/ci/deploy' } },
    };
    const sentence = (
      name: string,
      userIdentity: Json,
      requestParameters: Json,
    ): string | undefined => iam(name, { userIdentity, requestParameters }).sentence;
    const policy = { policyName: 'p', policyDocument: everything };
    expect(sentence('PutUserPolicy', user, { userName: 'ann', ...policy })).toBe(
      'gave itself (user ann) inline policy p: Allow * on * (administrator rights)',
    );
    expect(sentence('PutUserPolicy', user, { userName: 'bob', ...policy })).toMatch(
      /^gave user bob/,
    );
    expect(sentence('AttachRolePolicy', session, { roleName: 'deploy', policyArn: admin })).toMatch(
      /^gave itself \(role deploy\) policy AdministratorAccess/,
    );
    expect(sentence('PutUserPolicy', session, { userName: 'deploy', ...policy })).toMatch(
      /^gave user deploy/,
    );
    expect(
      iam('CreateAccessKey', {
        userIdentity: user,
        responseElements: { accessKey: { accessKeyId: 'AKIA1' } },
      }).sentence,
    ).toBe('created key AKIA1 for itself (user ann)');
    expect(sentence('ChangePassword', user, null)).toBe('changed its own password');
  });

  it('says of root what it says of users', () => {
    const root = { type: 'Root', arn: 'arn:aws:iam::111111111111:root' };
    const made = iam('CreateAccessKey', {
      userIdentity: root,
      responseElements: { accessKey: { accessKeyId: 'AKIA1' } },
    });
    expect(made.sentence).toBe('created key AKIA1 for itself (root)');
    expect(made.resources.map(({ id }) => id)).toEqual(['root', 'AKIA1']);
    const deleted = iam('DeleteAccessKey', {
      userIdentity: root,
      requestParameters: { accessKeyId: 'AKIA1' },
    });
    expect(deleted.sentence).toBe('deleted key AKIA1 of root');
    expect(deleted.removes).toEqual(made.begins.map(({ resource }) => resource));
    expect(
      iam('DeactivateMFADevice', {
        userIdentity: root,
        requestParameters: { serialNumber: 'arn:aws:iam::111111111111:mfa/m' },
      }).sentence,
    ).toBe('removed MFA device m from itself (root)');
    const taken = { ...root, sessionContext: { assumedRoot: 'true' } };
    expect(iam('DeleteLoginProfile', { userIdentity: taken }).sentence).toBe(
      'removed the password from root',
    );
  });

  it.each([
    'CreateUser',
    'DeleteUser',
    'UpdateUser',
    'CreateAccessKey',
    'UpdateAccessKey',
    'CreateLoginProfile',
    'UpdateLoginProfile',
    'UploadSSHPublicKey',
    'DeactivateMFADevice',
    'PutUserPermissionsBoundary',
    'DeleteUserPermissionsBoundary',
    'UpdateAccountPasswordPolicy',
  ])('does not say whom %s was about if it was denied without its request', (name) => {
    const userIdentity = { type: 'IAMUser', userName: 'mallory' };
    const change = describeChange(callOf('iam', name, { userIdentity }), 'failed');
    expect(change?.sentence).toMatch(/^tried to [\w ]+$/);
    expect(change?.sentence).not.toContain('mallory');
    expect(change).toMatchObject({ begins: [], ends: [], removes: [] });
  });

  it('does not take the boundary that limits nothing for a limit', () => {
    const change = iam('PutUserPermissionsBoundary', {
      requestParameters: { userName: 'ann', permissionsBoundary: admin },
    });
    expect(change.sentence).toMatch(/ which limits nothing$/);
    expect(change.ends).toEqual([]);
  });

  it('tells the policies of AWS from others of the same name', () => {
    const given = (name: string, policyArn: string) =>
      iam(name, { requestParameters: { userName: 'ann', policyArn } });
    const own = 'arn:aws:iam::111111111111:policy/AdministratorAccess';
    expect(given('DetachUserPolicy', own).ends).not.toEqual(
      given('AttachUserPolicy', admin).begins,
    );
  });

  it.each<[string, Json]>([
    ['a broken policy', '{"Statement":'],
    [
      'people who sign in elsewhere',
      trust({ Federated: 'arn:aws:iam::111111111111:saml-provider/idp' }),
    ],
    ['an organization', trust('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })],
  ])('does not say that a role is closed to others by %s', (_, policyDocument) => {
    const change = iam('UpdateAssumeRolePolicy', {
      requestParameters: { roleName: 'r', policyDocument },
    });
    expect(change.sentence).not.toContain('only');
    const before = iam('UpdateAssumeRolePolicy', {
      requestParameters: { roleName: 'r', policyDocument: trust({ AWS: other }) },
    });
    expect(lastingAfter(before, change)).not.toEqual([]);
  });

  it('names the accounts that may assume a role, and everyone', () => {
    const change = (policyDocument: Json) =>
      iam('UpdateAssumeRolePolicy', {
        requestParameters: { roleName: 'r', policyDocument },
      });
    const foreign = change(trust({ AWS: [other, '111111111111'] }));
    expect(foreign).toMatchObject({ grantees: [other], exposure: null });
    expect(change(trust('*')).exposure).toEqual({ peer: 'everyone', direction: 'ingress' });
    const own = change(trust({ Service: 'ec2.amazonaws.com' }));
    expect(lastingAfter(foreign, own)).toEqual([]);
    expect(lastingAfter(change(trust('*')), foreign)).toEqual([
      `may be assumed by account ${other}`,
    ]);
  });

  it('lets in people who sign in elsewhere as long as the policy says so, beside an account', () => {
    const google = {
      Effect: 'Allow',
      Principal: { Federated: 'accounts.google.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'accounts.google.com:aud': 'app' } },
    };
    const account = { Effect: 'Allow', Principal: { AWS: other }, Action: 'sts:AssumeRole' };
    const change = (...Statement: readonly Json[]) =>
      iam('UpdateAssumeRolePolicy', {
        requestParameters: { roleName: 'r', policyDocument: JSON.stringify({ Statement }) },
      });
    const both = ['may be assumed by others', `may be assumed by account ${other}`];
    expect(lastingAfter(change(google), change(google, account))).toEqual(both);
    expect(lastingAfter(change(google, account), change(account))).toEqual([both[1]]);
    expect(lastingAfter(change(google, account), change(google))).toEqual([both[0]]);
  });

  const rights = (Action: string): Json =>
    JSON.stringify({ Statement: { Effect: 'Allow', Action, Resource: '*' } });
  /** They may give as many rights as the policy before. */
  const perhapsAll: readonly Json[] = [
    '{"Statement":',
    '{"Version":"2012-10-17"}',
    ...[
      { NotAction: 'x:y', Resource: '*' },
      { NotAction: 'x:y', NotResource: 'arn:aws:s3:::b' },
      { Action: '*', NotResource: 'arn:aws:s3:::b' },
      { Action: ['s3:Get*', '*:*'], Resource: ['arn:aws:s3:::b', 'arn:*'] },
      { Action: '*', Resource: 'arn:aws:*:*:111111111111:*' },
      { Action: '*', Resource: 'arn:aws:iam::111111111111:*' },
    ].map((fields) => JSON.stringify({ Statement: [{ Effect: 'Allow', ...fields }] })),
  ];
  const fewer: readonly Json[] = [
    rights('s3:GetObject'),
    ...[
      { Effect: 'Deny', NotAction: 'x:y', Resource: '*' },
      { Effect: 'Allow', Action: '*', Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] },
      { Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::b' },
    ].map((fields) => JSON.stringify({ Statement: [fields] })),
  ];

  it.each<[string, JsonObject, has: string]>([
    ['PutUserPolicy', { userName: 'ann', policyName: 'p' }, 'has inline policy p'],
    ['PutGroupPolicy', { groupName: 'ops', policyName: 'p' }, 'has inline policy p'],
    ['PutRolePolicy', { roleName: 'r', policyName: 'p' }, 'has inline policy p'],
  ])('%s ends administrator rights with a policy that gives fewer', (name, request, has) => {
    const put = (policyDocument: Json) =>
      iam(name, { requestParameters: { ...request, policyDocument } });
    const all = put(rights('*'));
    expect(lastingAfter(all)).toEqual([`${has} with administrator rights`]);
    for (const policy of fewer) expect(lastingAfter(all, put(policy))).toEqual([has]);
    for (const policy of perhapsAll)
      expect(lastingAfter(all, put(policy))).toContain(`${has} with administrator rights`);
    const deleted = iam(name.replace('Put', 'Delete'), { requestParameters: request });
    expect(lastingAfter(put(rights('s3:GetObject')), all, deleted)).toEqual([]);
  });

  describe('the versions of a policy', () => {
    const policyArn = 'arn:aws:iam::111111111111:policy/p';
    const versionOf = (versionId: string, document: JsonObject, setAsDefault: boolean) =>
      iam('CreatePolicyVersion', {
        requestParameters: { policyArn, ...document, setAsDefault },
        responseElements: { policyVersion: { versionId, isDefaultVersion: setAsDefault } },
      });
    const version = (versionId: string, action: string, setAsDefault: boolean) =>
      versionOf(versionId, { policyDocument: rights(action) }, setAsDefault);
    const setDefault = (versionId: string) =>
      iam('SetDefaultPolicyVersion', { requestParameters: { policyArn, versionId } });
    const deletion = (versionId: string) =>
      iam('DeletePolicyVersion', { requestParameters: { policyArn, versionId } });
    const policy = (action: string) =>
      iam('CreatePolicy', {
        requestParameters: { policyName: 'p', policyDocument: rights(action) },
      });

    it('have administrator rights until they are deleted', () => {
      const all = version('v2', '*', false);
      expect(lastingAfter(all)).toEqual(['has version v2 with administrator rights']);
      expect(lastingAfter(all, version('v3', 's3:*', true), deletion('v3'))).toContain(
        'has version v2 with administrator rights',
      );
      expect(lastingAfter(all, deletion('v2'))).toEqual([]);
      expect(lastingAfter(policy('*'), deletion('v1'))).not.toContain(
        'has version v1 with administrator rights',
      );
      const deleted = iam('DeletePolicy', { requestParameters: { policyArn } });
      expect(lastingAfter(policy('*'), all, deleted)).toEqual([]);
    });

    it('are said to have them only where the document certainly gives them', () => {
      for (const document of [
        {},
        ...[...fewer, ...perhapsAll].map((one) => ({ policyDocument: one })),
      ])
        expect(lastingAfter(versionOf('v2', document, false))).toEqual(['has version v2']);
    });

    it('are the default until another one is, whatever that allows', () => {
      expect(lastingAfter(policy('*'))).toEqual([
        'exists',
        'has version v1 with administrator rights',
        'has version v1 as the default',
      ]);
      for (const next of [version('v2', 's3:*', true), setDefault('v2')]) {
        const lasting = lastingAfter(policy('*'), next);
        expect(lasting).toContain('has version v2 as the default');
        expect(lasting).not.toContain('has version v1 as the default');
      }
      expect(lastingAfter(policy('*'), version('v2', 's3:*', false))).toContain(
        'has version v1 as the default',
      );
      expect(lastingAfter(setDefault('v2'), setDefault('v2'))).toEqual([
        'has version v2 as the default',
      ]);
    });

    it('are over after a version with all rights was set back and deleted', () => {
      const back = [version('v2', '*', true), setDefault('v1'), deletion('v2')];
      expect(lastingAfter(policy('s3:Get*'), ...back)).toEqual([
        'exists',
        'has version v1 as the default',
      ]);
    });
  });

  it.each<[string, string, Json]>([
    ['CreateUser', 'DeleteUser', { userName: 'ann' }],
    ['CreateLoginProfile', 'DeleteLoginProfile', { userName: 'ann' }],
    ['AttachUserPolicy', 'DetachUserPolicy', { userName: 'ann', policyArn: admin }],
    ['PutRolePolicy', 'DeleteRolePolicy', { roleName: 'r', policyName: 'p', policyDocument: '{}' }],
    ['AddUserToGroup', 'RemoveUserFromGroup', { userName: 'ann', groupName: 'g' }],
    [
      'DeactivateMFADevice',
      'EnableMFADevice',
      { userName: 'ann', serialNumber: 'arn:aws:iam::1:mfa/ann' },
    ],
    [
      'DeleteRolePermissionsBoundary',
      'PutRolePermissionsBoundary',
      { roleName: 'r', permissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' },
    ],
    ['CreateRole', 'DeleteRole', { roleName: 'r' }],
  ])('%s is undone by %s', (name, opposite, requestParameters) => {
    const change = iam(name, { requestParameters });
    expect(change.begins).not.toEqual([]);
    expect(lastingAfter(change)).not.toEqual([]);
    expect(lastingAfter(change, iam(opposite, { requestParameters }))).toEqual([]);
  });

  it('removes a deleted key by the name that its creation gave it', () => {
    const made = iam('CreateAccessKey', {
      requestParameters: { userName: 'ann' },
      responseElements: { accessKey: { accessKeyId: 'AKIA1' } },
    });
    const deleted = iam('DeleteAccessKey', {
      requestParameters: { userName: 'ann', accessKeyId: 'AKIA1' },
    });
    expect(deleted.removes).toEqual(made.begins.map(({ resource }) => resource));
  });
});
