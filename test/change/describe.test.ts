import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/cloudtrail/json.js';
import { describeChange } from '../../src/change/describe.js';
import { ec2Call } from '../support/change.js';

function sentence(request: Json, name: string | null = 'X', response: Json = null): string {
  return describeChange(ec2Call(name, request, response), 'succeeded')?.sentence ?? '';
}

describe('describeChange', () => {
  it('names what an unknown call names', () => {
    expect(
      sentence({ a: { roleName: 'r' }, policyArn: 'arn:x', count: 3 }, 'AttachRolePolicy'),
    ).toBe('called AttachRolePolicy: policyArn arn:x, roleName r');
    expect(sentence({ securityGroupIds: ['sg-1', 'sg-2'] })).toBe(
      'called X: securityGroupIds sg-1 sg-2',
    );
    expect(sentence({ roleName: 'x'.repeat(200_000) }).length).toBeLessThan(200);
    expect(sentence(null)).toBe('');
  });

  it('never throws, and stays short', () => {
    let deep: Json = 'x';
    for (let i = 0; i < 50_000; i++) deep = { ipPermissions: [deep] };
    expect(sentence(deep).length).toBeLessThan(200);
    const names = fc.constantFrom(
      'groupId',
      'ipPermissions',
      'items',
      'ipRanges',
      'cidrIp',
      '__proto__',
      'toString',
    );
    const tree = fc.letrec((tie) => ({
      any: fc.oneof(fc.jsonValue(), fc.dictionary(names, tie('any')), fc.array(tie('any'))),
    })).any as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(tree, tree, fc.constantFrom('CreateSecurityGroup', 'X', null), (a, b, name) => {
        expect(typeof sentence(a, name, b)).toBe('string');
      }),
    );
  });
});
