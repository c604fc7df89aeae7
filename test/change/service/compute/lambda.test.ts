import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/cloudtrail/json.js';
import { callOf, changeOf, lastingAfter, type Said } from '../../../support/change.js';

const other = '222222222222';
const image = `${other}.dkr.ecr.eu-central-1.amazonaws.com/i`;
const call = (name: string, requestParameters: Json, responseElements: Json = null) =>
  changeOf(callOf('lambda', name, { requestParameters, responseElements }));
const permission = (fields: { readonly [name: string]: Json }): Json => ({
  functionName: 'arn:aws:lambda:eu-central-1:111111111111:function:f:live',
  statementId: 's',
  action: 'lambda:InvokeFunction',
  ...fields,
});

describe('changes of Lambda', () => {
  it.each<Said>([
    [
      'created function f with role r',
      'CreateFunction20150331',
      { functionName: 'f', role: 'arn:aws:iam::111111111111:role/x/r' },
    ],
    [
      `created function g with image ${image}, layers own:1`,
      'CreateFunction20150331',
      {
        functionName: 'g',
        code: { imageUri: image },
        layers: ['arn:aws:lambda:eu-central-1:111111111111:layer:own:1'],
      },
    ],
    ['deleted function f', 'DeleteFunction20150331', { functionName: 'f' }],
    [
      'deleted version 3 of function f',
      'DeleteFunction20150331',
      { functionName: 'f', qualifier: '3' },
    ],
    [
      'let a may call be call x on function f',
      'AddPermission',
      { functionName: 'f', statementId: 's', action: 'x', principal: 'a may call be' },
    ],
    [
      'replaced code of function f with b/k.zip',
      'UpdateFunctionCode20150331v2',
      { functionName: '111111111111:function:f', s3Bucket: 'b', s3Key: 'k.zip', dryRun: false },
    ],
    [
      'tested whether the code of function f can be replaced',
      'UpdateFunctionCode20150331v2',
      { functionName: 'f', dryRun: true },
    ],
    [
      'changed function f: layers evil:1 of account 222222222222, role r',
      'UpdateFunctionConfiguration20150331v2',
      {
        functionName: 'f:1',
        environment: {},
        role: 'arn:aws:iam::111111111111:role/r',
        layers: [`arn:aws:lambda:eu-central-1:${other}:layer:evil:1`],
      },
    ],
    [
      `changed function f: layers LambdaInsightsExtension:38 of AWS, LambdaInsightsExtension:38 of account ${other}`,
      'UpdateFunctionConfiguration20150331v2',
      {
        functionName: 'f',
        layers: ['580247275435', other].map(
          (owner) => `arn:aws:lambda:us-east-1:${owner}:layer:LambdaInsightsExtension:38`,
        ),
      },
    ],
    ...(
      [
        ['aws', '094274105915', 'AWSLambdaPowertoolsTypeScriptV2'],
        ['aws-us-gov', '165093116878', 'AWSLambdaPowertoolsPythonV3-python312-x86_64'],
        ['aws-cn', '498634801083', 'AWSLambdaPowertoolsTypeScriptV2'],
        ['aws', '336392948345', 'AWSSDKPandas-Python312'],
        ['aws', '615299751070', 'AWSOpenTelemetryDistroPython'],
      ] as const
    ).map(([partition, owner, layer]): [string, string, Record<string, Json>] => [
      `changed function f: layers ${layer}:7 of AWS, ${layer}:7 of account ${other}`,
      'UpdateFunctionConfiguration20150331v2',
      {
        functionName: 'f',
        layers: [owner, other].map(
          (account) => `arn:${partition}:lambda:x-1:${account}:layer:${layer}:7`,
        ),
      },
    ]),
    [
      'let everyone invoke function f:live',
      'AddPermission20150331v2',
      permission({ principal: '*' }),
    ],
    [
      `let account ${other} invoke function f:live`,
      'AddPermission20150331',
      permission({ principal: other }),
    ],
    [
      'let whoever has aws:PrincipalOrgID o-1 invoke function f:live',
      'AddPermission',
      permission({ principal: '*', principalOrgID: 'o-1' }),
    ],
    [
      `let s3.amazonaws.com invoke function f:live if aws:SourceAccount ${other} and aws:SourceArn arn:aws:s3:::b`,
      'AddPermission20990101v7',
      permission({
        principal: 's3.amazonaws.com',
        sourceAccount: other,
        sourceArn: 'arn:aws:s3:::b',
      }),
    ],
    [
      'let everyone invoke the URL of function f:live without sign-in',
      'AddPermission20150331v2',
      permission({
        principal: '*',
        action: 'lambda:InvokeFunctionUrl',
        functionUrlAuthType: 'NONE',
      }),
    ],
    ['removed permission s from function f:live', 'RemovePermission20150331v2', permission({})],
    [
      'let everyone use layer l:3',
      'AddLayerVersionPermission20181031',
      {
        layerName: 'l',
        versionNumber: 3,
        principal: '*',
        action: 'lambda:GetLayerVersion',
        statementId: 's',
      },
    ],
    [
      'created URL without sign-in of function f',
      'CreateFunctionUrlConfig20211031',
      { functionName: 'f', authType: 'NONE' },
    ],
    [
      'set URL of function f to one with sign-in',
      'UpdateFunctionUrlConfig',
      { functionName: 'f', authType: 'AWS_IAM' },
    ],
    [
      `let sqs q of ${other} invoke function f`,
      'CreateEventSourceMapping20150331',
      { functionName: 'f', eventSourceArn: `arn:aws:sqs:eu-central-1:${other}:q` },
    ],
  ])('%s', (sentence, name, request) => expect(call(name, request).sentence).toBe(sentence));

  it.each<[version: number, lasting: readonly string[]]>([
    [3, []],
    [4, ['has permission s (3)']],
  ])('ends who may use a version of a layer with version %d', (versionNumber, lasting) => {
    const layer = { layerName: 'l', statementId: 's', action: 'lambda:GetLayerVersion' };
    const shared = call('AddLayerVersionPermission20181031', {
      ...layer,
      versionNumber: 3,
      principal: '*',
    });
    const deleted = call('DeleteLayerVersion20181031', { layerName: 'l', versionNumber });
    expect(lastingAfter(shared, deleted)).toEqual(lasting);
  });

  it('marks what everyone may invoke, and names accounts', () => {
    const open = { peer: 'everyone', direction: 'ingress' };
    const add = (fields: { readonly [name: string]: Json }) =>
      call('AddPermission20150331v2', permission(fields));
    expect(add({ principal: '*' }).exposure).toEqual(open);
    expect(add({ principal: '*', principalOrgID: 'o-1' }).exposure).toBeNull();
    expect(add({ principal: '*', sourceAccount: other })).toMatchObject({
      exposure: null,
      grantees: [other],
    });
    expect(add({ principal: `arn:aws:iam::${other}:root` }).grantees).toEqual([other]);
    expect(
      call('CreateFunctionUrlConfig', { functionName: 'f', authType: 'NONE' }).exposure,
    ).toEqual(open);
  });

  it('pairs a permission, and a URL, with its removal', () => {
    expect(call('RemovePermission20150331v2', permission({})).ends).toEqual(
      call('AddPermission20150331v2', permission({ principal: '*' })).begins,
    );
    const { begins } = call('CreateFunctionUrlConfig', { functionName: 'f', authType: 'NONE' });
    expect(call('DeleteFunctionUrlConfig', { functionName: 'f' }).ends).toEqual(
      expect.arrayContaining([...begins]),
    );
  });

  it('tells the permissions and URLs of an alias from those of its function', () => {
    const added = call('AddPermission', permission({ principal: '*' }));
    const ended = (name: string, request: Json) => {
      const { ends, removes } = call(name, request);
      return [...ends.map((state) => JSON.stringify(state)), ...removes];
    };
    const states = added.begins.map((state) => JSON.stringify(state));
    const ofFunction = { functionName: 'f', statementId: 's' };
    expect(ended('RemovePermission', ofFunction)).not.toEqual(states);
    expect(ended('RemovePermission', { ...ofFunction, qualifier: 'live' })).toEqual(states);
    // A deleted version takes only what is its own; a deleted function takes all.
    const { resource, part } = added.begins[0] ?? {};
    expect(ended('DeleteFunction', { functionName: 'f', qualifier: '3' })).not.toContain(resource);
    expect(ended('DeleteFunction', { functionName: 'f' })).toContain(resource);
    expect(ended('DeleteAlias', { functionName: 'f', name: 'live' })).toContain(part);
    const url = { functionName: 'f', authType: 'NONE' };
    expect(call('CreateFunctionUrlConfig', { ...url, qualifier: 'live' }).begins).not.toEqual(
      call('CreateFunctionUrlConfig', url).begins,
    );
  });
});
