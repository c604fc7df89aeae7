import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outsiders } from '../../../src/change/policy/reach.js';
import { summarisePolicy } from '../../../src/change/policy/summary.js';
import type { Json, JsonObject } from '../../../src/cloudtrail/json.js';

const own = '111111111111';
const other = '222222222222';

function allow(fields: JsonObject): JsonObject {
  return { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', ...fields };
}

/** Whom it lets in. */
function summary(policy: Json) {
  const { text, toEveryone, grantees, outsiders } = whole(policy);
  return { text, toEveryone, grantees, outsiders };
}

function whole(policy: Json) {
  return summarisePolicy(policy, { own, resource: 'b' });
}

const statements = (...list: readonly Json[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: list,
});
const everyone = allow({ Principal: '*' });

describe('summarisePolicy', () => {
  it('reads a policy in each of its forms', () => {
    const policy = statements(everyone);
    const text = JSON.stringify(policy);
    for (const form of [
      policy,
      text,
      encodeURIComponent(text),
      JSON.stringify(text),
      { Statement: everyone },
      { statement: [], Statement: [everyone] },
      { statement: { effect: 'Allow', principal: { AWS: ['*'] }, action: ['s3:GetObject'] } },
    ])
      expect(summary(form)).toEqual({
        text: 'everyone may s3:GetObject',
        toEveryone: true,
        grantees: [],
        outsiders: 'some',
      });
  });

  it('names a policy that it cannot read', () => {
    // AWS takes no policy without a member for statements, so the record has lost it.
    const reduced: readonly Json[] = [{}, '{}', { Version: '2012-10-17' }, { $truncated: true }];
    for (const broken of ['{', '%7B%', '[]', 7, null, { Statement: ['x'] }, '"', ...reduced])
      expect(summary(broken)).toEqual({
        text: 'a policy that cannot be read',
        toEveryone: false,
        grantees: [],
        outsiders: 'unknown',
      });
    expect(summary(statements()).text).toBe('a policy without statements');
    expect(
      [whole('{'), whole('{}'), whole(statements())].map(({ isReadable }) => isReadable),
    ).toEqual([false, false, true]);
  });

  it.each<[string, JsonObject]>([
    [`account ${other} may s3:GetObject`, { Principal: { AWS: `arn:aws:iam::${other}:root` } }],
    [`account ${other} may s3:GetObject`, { Principal: { AWS: other } }],
    [
      `role r/x of account ${other} may s3:GetObject`,
      { Principal: { AWS: `arn:aws:iam::${other}:role/r/x` } },
    ],
    ['user ann may s3:GetObject', { Principal: { AWS: `arn:aws:iam::${own}:user/ann` } }],
    ['this account may s3:GetObject', { Principal: { AWS: [own] } }],
    ['lambda.amazonaws.com may s3:GetObject', { Principal: { Service: 'lambda.amazonaws.com' } }],
    ['deleted role AROAEXAMPLE may s3:GetObject', { Principal: { AWS: 'AROAEXAMPLE' } }],
    [
      'canonical user 0123456789ab… may s3:GetObject',
      { Principal: { CanonicalUser: '0123456789abcdef' } },
    ],
    [
      'identities of token.actions.githubusercontent.com may s3:GetObject',
      {
        Principal: {
          Federated: `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com`,
        },
      },
    ],
    [
      `everyone, account ${other}, a.amazonaws.com may s3:GetObject`,
      { Principal: { Service: 'a.amazonaws.com', AWS: [other, '*'] } },
    ],
    [`everyone but account ${other} may s3:GetObject`, { NotPrincipal: { AWS: other } }],
    [
      'everyone may all but s3:Put* on public/*',
      { Principal: '*', Action: null, NotAction: 's3:Put*', Resource: 'arn:aws:s3:::b/public/*' },
    ],
    [
      'everyone may s3:GetObject on it, x/*',
      { Principal: '*', Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/x/*'] },
    ],
    [
      'deny everyone s3:GetObject if aws:SecureTransport false',
      { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ],
    ['Allow * on * (administrator rights)', { Action: '*', Resource: '*' }],
    ['Allow all but iam:* on *', { NotAction: 'iam:*', Resource: '*' }],
    ['Deny s3:GetObject on all but c/*', { Effect: 'Deny', NotResource: 'arn:aws:s3:::c/*' }],
  ])('%s', (text, fields) => {
    const statement = Object.fromEntries(
      Object.entries(allow(fields)).filter(
        ([key, value]) =>
          value !== null &&
          !(key === 'Action' && 'NotAction' in fields) &&
          !(key === 'Resource' && 'NotResource' in fields),
      ),
    );
    const isIdentity = !('Principal' in fields) && !('NotPrincipal' in fields);
    const context = isIdentity ? { own } : { own, resource: 'b' };
    expect(summarisePolicy(statements(statement), context).text).toBe(text);
  });

  it.each<[string, JsonObject, readonly string[], outsiders?: Outsiders]>([
    ['aws:PrincipalOrgID o-1', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, []],
    // Only an operator for patterns takes `*` for one.
    ['aws:PrincipalOrgID o-*', { StringEquals: { 'aws:PrincipalOrgID': 'o-*' } }, []],
    ['aws:PrincipalOrgPaths o-1/*', { StringLike: { 'aws:PrincipalOrgPaths': 'o-1/*' } }, []],
    ['aws:userid AROA1:*', { StringLike: { 'aws:userid': 'AROA1:*' } }, []],
    [
      `aws:SourceAccount ${other}`,
      { StringEquals: { 'aws:SourceAccount': other } },
      [other],
      'some',
    ],
    [
      `aws:PrincipalArn arn:aws:iam::${other}:role/*`,
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${other}:role/*` } },
      [other],
      'some',
    ],
    [
      `AWS:SourceAccount ${own}`,
      { StringEqualsIgnoreCase: { 'AWS:SourceAccount': own } },
      [],
      'none',
    ],
    ['aws:SourceVpce vpce-1', { 'ForAnyValue:StringEquals': { 'aws:SourceVpce': ['vpce-1'] } }, []],
    ['aws:SourceIp 10.0.0.0/8', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, []],
  ])(
    'does not take for everyone who must have %s',
    (condition, Condition, grantees, outsiders = 'unknown') => {
      expect(summary(statements({ ...everyone, Condition }))).toEqual({
        text: `whoever has ${condition} may s3:GetObject`,
        toEveryone: false,
        grantees,
        outsiders,
      });
    },
  );

  it.each<[string, JsonObject]>([
    ['s3:x-amz-acl private', { StringEquals: { 's3:x-amz-acl': 'private' } }],
    ['aws:SourceIp 0.0.0.0/0', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }],
    [
      'aws:SourceIp 0.0.0.0/1 or 128.0.0.0/1',
      { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } },
    ],
    ['aws:SourceIp is not 192.0.2.1/32', { NotIpAddress: { 'aws:SourceIp': '192.0.2.1/32' } }],
    ['aws:PrincipalOrgID o-1', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }],
    ['aws:PrincipalOrgID *', { StringLike: { 'aws:PrincipalOrgID': '*' } }],
    ['aws:PrincipalOrgID o-*', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }],
    ['aws:PrincipalOrgPaths o-*/*', { StringLike: { 'aws:PrincipalOrgPaths': 'o-*/*' } }],
    ['aws:PrincipalAccount 2*', { StringLike: { 'aws:PrincipalAccount': '2*' } }],
    ['aws:SourceVpc vpc-*', { StringLike: { 'aws:SourceVpc': 'vpc-*' } }],
    // Whoever assumes a role chooses the name behind the colon.
    ['aws:userid *:ann', { StringLike: { 'aws:userid': '*:ann' } }],
    [
      'aws:PrincipalArn arn:aws:iam::*:role/*',
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } },
    ],
    ['aws:SecureTransport true', { Bool: { 'aws:SecureTransport': true } }],
    ['aws:PrincipalOrgID is present', { Null: { 'aws:PrincipalOrgID': 'false' } }],
    ['aws:CurrentTime < 2030-01-01', { DateLessThan: { 'aws:CurrentTime': '2030-01-01' } }],
  ])('takes for everyone who must only have %s', (condition, Condition) => {
    expect(summary(statements({ ...everyone, Condition }))).toEqual({
      text: `everyone may s3:GetObject if ${condition}`,
      toEveryone: true,
      grantees: [],
      outsiders: 'some',
    });
  });

  it('takes for everyone whom a provider signs in that signs in everyone', () => {
    const toEveryone = (provider: string, claims?: JsonObject): boolean => {
      const Condition = { StringLike: claims ?? {} };
      const statement = allow({ Principal: { Federated: provider }, Condition });
      const result = summary(statements(statement));
      expect(result.outsiders).toBe('some');
      return result.toEveryone;
    };
    const github = 'token.actions.githubusercontent.com';
    const provider = `arn:aws:iam::${own}:oidc-provider/${github}`;
    const aud = { [`${github}:aud`]: 'sts.amazonaws.com' };
    expect(toEveryone(provider, aud)).toBe(true);
    for (const sub of ['*', 'repo:*', 'repo:*/x:*', 'repo:org*', '*:ref:main'])
      expect(toEveryone(provider, { ...aud, [`${github}:sub`]: sub })).toBe(true);
    for (const sub of ['repo:org/*', 'repo:org/x:ref:refs/heads/main'])
      expect(toEveryone(provider, { ...aud, [`${github}:sub`]: sub })).toBe(false);
    expect(toEveryone(provider, { [`${github}:sub`]: ['repo:org/x', 'repo:*'] })).toBe(true);
    for (const host of ['app.terraform.io', 'app.eu.terraform.io']) {
      const shared = `arn:aws:iam::${own}:oidc-provider/${host}`;
      expect(toEveryone(shared, { [`${host}:aud`]: 'aws.workload.identity' })).toBe(true);
      expect(toEveryone(shared, { [`${host}:sub`]: 'organization:example:*' })).toBe(false);
    }
    // The audience is the team. A team with an address of its own signs in only its own.
    const vercel = `arn:aws:iam::${own}:oidc-provider/oidc.vercel.com`;
    expect(toEveryone(vercel)).toBe(true);
    expect(toEveryone(vercel, { 'oidc.vercel.com:aud': 'https://vercel.com/example' })).toBe(false);
    expect(toEveryone(`${vercel}/example`)).toBe(false);
    expect(toEveryone('accounts.google.com')).toBe(true);
    expect(toEveryone('accounts.google.com', { 'accounts.google.com:aud': 'app' })).toBe(false);
    const pool = { 'cognito-identity.amazonaws.com:aud': 'eu-central-1:1' };
    const guests = (amr: string) => ({ ...pool, 'cognito-identity.amazonaws.com:amr': amr });
    expect(toEveryone('cognito-identity.amazonaws.com', pool)).toBe(true);
    expect(toEveryone('cognito-identity.amazonaws.com', guests('unauthenticated'))).toBe(true);
    expect(toEveryone('cognito-identity.amazonaws.com', guests('authenticated'))).toBe(false);
    for (const host of [
      'cognito-identity-us-gov.amazonaws.com',
      'cognito-identity.us-gov-east-1.amazonaws.com',
      'cognito-identity.cn-north-1.amazonaws.com.cn',
    ]) {
      expect(toEveryone(host)).toBe(true);
      expect(toEveryone(host, { [`${host}:aud`]: 'pool', [`${host}:amr`]: 'authenticated' })).toBe(
        false,
      );
    }
    // These have people of their own.
    expect(toEveryone(`arn:aws:iam::${own}:saml-provider/idp`)).toBe(false);
    expect(toEveryone(`arn:aws:iam::${own}:oidc-provider/id.example.com`)).toBe(false);
  });

  it.each<[Outsiders, JsonObject]>([
    ['none', { Principal: { AWS: own } }],
    ['none', { Principal: { AWS: 'AROAEXAMPLE', Service: 'events.amazonaws.com' } }],
    ['none', { Effect: 'Deny', Principal: '*' }],
    ['some', { Principal: { AWS: [own, other] } }],
    ['unknown', { Principal: { AWS: own, CanonicalUser: '0123456789abcdef' } }],
  ])('says of outsiders: %s', (outsiders, fields) => {
    expect(summary(statements(allow(fields))).outsiders).toBe(outsiders);
  });

  it('reads every principal and value', () => {
    const many = (text: (i: number) => string): string[] =>
      Array.from({ length: 500 }, (_, i) => text(i));
    const principals = many((i) => `arn:aws:iam::${own}:role/r${i}`);
    expect(summary(statements(allow({ Principal: { AWS: [...principals, '*'] } })))).toMatchObject({
      toEveryone: true,
    });
    const ranges = [...many((i) => `10.0.${i % 256}.0/24`), '0.0.0.0/0'];
    const Condition = { IpAddress: { 'aws:SourceIp': ranges } };
    expect(summary(statements({ ...everyone, Condition }))).toMatchObject({ toEveryone: true });
  });

  it('finds whose resources a service may act for', () => {
    const statement = allow({
      Principal: { Service: 'events.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:events:us-east-1:${other}:rule/x` } },
    });
    expect(summary(statements(statement)).grantees).toEqual([other]);
  });

  it('says first what matters most, however long the policy is', () => {
    const dull = Array.from({ length: 600 }, (_, i) =>
      allow({ Principal: { Service: `${'x'.repeat(40)}${i}.amazonaws.com` } }),
    );
    const deny = { ...everyone, Effect: 'Deny' };
    const foreign = allow({ Principal: { AWS: other } });
    const { text, toEveryone, grantees } = summary(statements(...dull, deny, foreign, everyone));
    expect(text).toMatch(
      new RegExp(
        `^everyone may s3:GetObject; account ${other} may s3:GetObject; x{40}0\\..*; and \\d+ more$`,
      ),
    );
    expect({ toEveryone, grantees }).toEqual({ toEveryone: true, grantees: [other] });
    const rights = statements(
      { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      { Effect: 'Allow', Action: ['ec2:*', '*'], Resource: ['arn:x', '*'] },
    );
    expect(summarisePolicy(rights, { own }).text).toBe(
      'Allow *, ec2:* on *, arn:x (administrator rights); Allow s3:* on *',
    );
  });

  it.each<[rights: string | null, JsonObject]>([
    ['all', { Action: '*', Resource: '*' }],
    ['all', { Action: ['s3:GetObject', '*:*'], Resource: ['arn:aws:s3:::b', '*'] }],
    ['perhaps all', { NotAction: 's3:*', Resource: '*' }],
    ['perhaps all', { Action: '*', Resource: 'arn:aws:*' }],
    ['perhaps all', { Action: 'iam:*', Resource: '*' }],
    ['perhaps all', { Action: 'IAM:putUserPolicy', Resource: 'arn:aws:iam::*:user/ann' }],
    ['perhaps all', { Action: 'iam:P*Policy', Resource: '*' }],
    [null, { Action: 'iam:Get*', Resource: '*' }],
    [null, { Action: 'iam:Tag?ser', Resource: '*' }],
    [null, { Action: 's3:Put*', Resource: '*' }],
    [null, { Action: '*', Resource: 'arn:aws:s3:::b/*' }],
    [null, { Effect: 'Deny', Action: '*', Resource: '*' }],
    [null, { Principal: { AWS: own }, Action: '*', Resource: '*' }],
  ])('gives rights: %s', (rights, fields) =>
    expect(whole(statements({ Effect: 'Allow', ...fields })).rights).toBe(rights),
  );

  it('never throws, and stays short', () => {
    const elements = [
      'Effect',
      'Principal',
      'NotPrincipal',
      'AWS',
      'Action',
      'NotAction',
      'Resource',
    ];
    const values = ['*', 'Allow', 'Deny', `arn:aws:iam::${other}:root`, 'x'.repeat(5000)];
    const keys = ['Condition', 'StringEquals', 'aws:SourceArn', '__proto__'];
    const words = fc.constantFrom(...elements, ...values, ...keys);
    const tree = fc.letrec((tie) => ({
      any: fc.oneof(fc.jsonValue(), words, fc.dictionary(words, tie('any')), fc.array(tie('any'))),
    })).any as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(tree, fc.boolean(), fc.boolean(), (any, asText, trust) => {
        const policy = { Statement: any };
        const form = asText ? JSON.stringify(policy) : policy;
        const { text } = summarisePolicy(form, { own, trust });
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThan(420);
      }),
    );
  });
});
