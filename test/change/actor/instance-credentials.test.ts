import { describe, expect, it } from 'vitest';
import { usedElsewhere, type InstanceUse } from '../../../src/change/actor/instance-credentials.js';

const SSM = 'aws-sdk-go/1.44.0 (go1.20; linux; amd64) amazon-ssm-agent/';

function use(fields: Partial<InstanceUse> = {}): InstanceUse {
  return {
    account: '112233445566',
    instance: 'i-0abc0abc0abc0abc0',
    accessKey: 'ASIAINSTANCEKEY00001',
    address: '198.51.100.1',
    endpoint: null,
    agent: 'Boto3/1.34.51',
    first: '2026-01-14T09:00:00.000Z',
    last: '2026-01-14T10:00:00.000Z',
    events: 3,
    hidden: 1,
    ...fields,
  };
}

const agent = use({ agent: SSM, accessKey: 'ASIAINSTANCEKEY00002' });
const stolen = use({
  address: '203.0.113.9',
  agent: 'aws-cli/2.13.5',
  first: '2026-01-14T09:30:00.000Z',
});

describe('credentials of an instance', () => {
  it('are used from elsewhere, where its agents call from another address', () => {
    const again = use({ ...stolen, agent: 'Boto3/1.34.51', last: '2026-01-14T11:00:00.000Z' });
    expect(usedElsewhere([stolen, agent, again, use()])).toEqual([
      {
        account: '112233445566',
        instance: 'i-0abc0abc0abc0abc0',
        accessKey: 'ASIAINSTANCEKEY00001',
        address: '203.0.113.9',
        endpoint: null,
        tools: ['Boto3 1.34.51', 'aws-cli 2.13.5'],
        first: '2026-01-14T09:30:00.000Z',
        last: '2026-01-14T11:00:00.000Z',
        events: 6,
        hidden: 2,
        own: ['198.51.100.1'],
        because: 'its agents',
      },
    ]);
  });

  it('are used from elsewhere, where another program uses a key that was used before', () => {
    expect(usedElsewhere([stolen, use()])).toMatchObject([
      { address: '203.0.113.9', own: ['198.51.100.1'], because: 'its first use' },
    ]);
  });

  const inOther = use({ address: '10.9.0.7', endpoint: '444455556666' });

  it('are used from elsewhere, where a call comes through an endpoint of another account', () => {
    expect(usedElsewhere([inOther])).toMatchObject([
      { address: '10.9.0.7', endpoint: '444455556666', own: [], because: 'the endpoint' },
    ]);
    // Where its agents call from says nothing of a private network.
    expect(usedElsewhere([agent, inOther])).toHaveLength(1);
  });

  it.each<[string, readonly InstanceUse[]]>([
    [
      'agents of the account call through the endpoint too',
      [inOther, use({ agent: SSM, instance: 'i-0def0def0def0def0', endpoint: inOther.endpoint })],
    ],
    ['all calls are from one address', [agent, use()]],
    [
      'agents of the account call from the address too',
      [
        agent,
        stolen,
        use({ address: stolen.address, agent: SSM, instance: 'i-0def0def0def0def0' }),
      ],
    ],
    [
      'the same program calls from several addresses of a network',
      [use(), use({ address: '203.0.113.9' })],
    ],
    [
      'the same program makes another call from another address',
      [
        use({ agent: 'aws-cli/2.15.0 md/Botocore#2.4.5 cfg/retry-mode#standard md/command#ec2.a' }),
        use({ address: '203.0.113.9', agent: 'aws-cli/2.15.0 md/Botocore#2.4.5 md/command#s3.b' }),
      ],
    ],
    ['the instance has an address of each version', [agent, use({ address: '2001:db8::1' })]],
    ['nothing tells where the instance is', [stolen]],
    [
      'another instance calls from there',
      [agent, { ...stolen, instance: 'i-0def0def0def0def0', accessKey: 'ASIAINSTANCEKEY00003' }],
    ],
  ])('are not called so where %s', (_, uses) => {
    expect(usedElsewhere(uses)).toEqual([]);
  });
});
