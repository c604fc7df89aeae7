import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../src/cloudtrail/json.js';
import { changeOf, ec2Call, type Said } from '../../../../support/change.js';

const one = { items: [{ instanceId: 'i-1' }] };

describe('a sentence about instances', () => {
  it.each<Said>([
    [
      'launched 10 × p2.xlarge from ami-1 in subnet-1 with key ops as admin with user data',
      'RunInstances',
      {
        instancesSet: { items: [{ imageId: 'ami-1', minCount: 1, maxCount: 10, keyName: 'ops' }] },
        instanceType: 'p2.xlarge',
        subnetId: 'subnet-1',
        iamInstanceProfile: { name: 'admin' },
        userData: '<sensitiveDataRemoved>',
      },
    ],
    [
      'launched t3.micro (i-1) from template lt-1',
      'RunInstances',
      {
        instancesSet: { items: [{ minCount: 1, maxCount: 1 }] },
        instanceType: 't3.micro',
        launchTemplate: { launchTemplateId: 'lt-1' },
      },
      { instancesSet: one },
    ],
    ['terminated instance i-1', 'TerminateInstances', { instancesSet: one }],
    [
      'stopped instances i-1, i-2',
      'StopInstances',
      { instancesSet: { items: [{ instanceId: 'i-1' }, { instanceId: 'i-2' }] } },
    ],
    [
      'changed the user data (start script) of i-1',
      'ModifyInstanceAttribute',
      { instanceId: 'i-1', userData: '<sensitiveDataRemoved>' },
    ],
    [
      'switched off termination protection of i-1',
      'ModifyInstanceAttribute',
      { instanceId: 'i-1', disableApiTermination: { value: false } },
    ],
    [
      'set the security groups of i-1 to sg-1, sg-2',
      'ModifyInstanceAttribute',
      { instanceId: 'i-1', groupSet: { items: [{ groupId: 'sg-1' }, { groupId: 'sg-2' }] } },
    ],
    [
      'set the security groups of eni-1 to sg-1',
      'ModifyNetworkInterfaceAttribute',
      { networkInterfaceId: 'eni-1', groupSet: { items: [{ groupId: 'sg-1' }] } },
    ],
    [
      'switched off termination protection of i-1',
      'ModifyInstanceAttribute',
      { instanceId: 'i-1', attribute: 'disableApiTermination', value: 'false' },
    ],
    [
      'changed i-1: termination protection off, security groups sg-1, type t3.large',
      'ModifyInstanceAttribute',
      {
        instanceId: 'i-1',
        disableApiTermination: { value: false },
        instanceType: { value: 't3.large' },
        groupSet: { items: [{ groupId: 'sg-1' }] },
      },
    ],
    [
      'launched t3.micro from ami-1 in subnet-1 with sg-1 with a public address',
      'RunInstances',
      {
        instancesSet: { items: [{ imageId: 'ami-1', minCount: 1, maxCount: 1 }] },
        instanceType: 't3.micro',
        networkInterfaceSet: {
          items: [
            {
              deviceIndex: 0,
              subnetId: 'subnet-1',
              associatePublicIpAddress: true,
              groupSet: { items: [{ groupId: 'sg-1' }] },
            },
          ],
        },
      },
    ],
    [
      'changed instance i-1: ebsOptimized true',
      'ModifyInstanceAttribute',
      { instanceId: 'i-1', ebsOptimized: { value: true } },
    ],
    [
      'allowed IMDSv1 on i-1',
      'ModifyInstanceMetadataOptions',
      { ModifyInstanceMetadataOptionsRequest: { InstanceId: 'i-1', HttpTokens: 'optional' } },
    ],
    [
      'gave i-1 instance profile admin',
      'AssociateIamInstanceProfile',
      {
        AssociateIamInstanceProfileRequest: {
          InstanceId: 'i-1',
          IamInstanceProfile: { Name: 'admin' },
        },
      },
    ],
    ['read the administrator password of i-1', 'GetPasswordData', { instanceId: 'i-1' }],
    [
      'read the user data (start script) of i-1',
      'DescribeInstanceAttribute',
      { instanceId: 'i-1', attribute: 'userData' },
    ],
    [
      'created key pair ops "key-1" of type rsa',
      'CreateKeyPair',
      { keyName: 'ops', keyType: 'rsa' },
      { keyName: 'ops', keyPairId: 'key-1' },
    ],
    ['imported key pair ops (key-1)', 'ImportKeyPair', { keyName: 'ops' }, { keyPairId: 'key-1' }],
  ])('%s', (sentence, name, request, response) =>
    expect(changeOf(ec2Call(name, request, response)).sentence).toBe(sentence),
  );

  it.each<Said>([
    [
      'sent an SSH key for ec2-user to i-1',
      'SendSSHPublicKey',
      { instanceId: 'i-1', instanceOSUser: 'ec2-user', sSHPublicKey: 'ssh-ed25519 A' },
    ],
    [
      'sent an SSH key for the serial console to i-1',
      'SendSerialConsoleSSHPublicKey',
      { instanceId: 'i-1', serialPort: 0 },
    ],
  ])('%s', (sentence, name, request) => {
    const call = { ...ec2Call(name, request), eventSource: 'ec2-instance-connect.amazonaws.com' };
    expect(changeOf(call).sentence).toBe(sentence);
  });

  it('ends the instance profile that another one replaces', () => {
    const change = (name: string, fields: JsonObject, answer: JsonObject) =>
      changeOf(
        ec2Call(
          name,
          { [`${name}Request`]: { IamInstanceProfile: { Name: 'admin' }, ...fields } },
          { [`${name}Response`]: { iamInstanceProfileAssociation: answer } },
        ),
      );
    const first = change(
      'AssociateIamInstanceProfile',
      { InstanceId: 'i-1' },
      { associationId: 'iip-1' },
    );
    const second = change(
      'ReplaceIamInstanceProfileAssociation',
      { AssociationId: 'iip-1' },
      { associationId: 'iip-2', instanceId: 'i-1' },
    );
    expect(second.removes).toEqual(first.begins.map(({ part }) => part));
    expect(second.begins[0]?.part).toBe('iip-2');
  });

  it('pairs what begins with what ends', () => {
    const change = (name: string, request: Parameters<typeof ec2Call>[1]) =>
      changeOf(ec2Call(name, request));
    const stopped = change('StopInstances', { instancesSet: one });
    expect(stopped.begins).toEqual([{ resource: 'i-1', what: 'stopped' }]);
    expect(change('StartInstances', { instancesSet: one }).ends).toEqual(stopped.begins);
    const unprotected = change('ModifyInstanceAttribute', {
      instanceId: 'i-1',
      disableApiTermination: { value: false },
    });
    const restored = change('ModifyInstanceAttribute', {
      instanceId: 'i-1',
      disableApiTermination: { value: true },
    });
    expect(restored.ends).toEqual(unprotected.begins);
    const old = { InstanceId: 'i-1', HttpTokens: 'optional' };
    const allowed = change('ModifyInstanceMetadataOptions', old);
    const required = change('ModifyInstanceMetadataOptions', { ...old, HttpTokens: 'required' });
    expect(required.ends).toEqual(allowed.begins);
    expect(allowed.begins).toHaveLength(1);
  });
});
