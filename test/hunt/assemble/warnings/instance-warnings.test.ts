import { expect, test } from 'vitest';
import { huntEvents, openedGroup } from '../../../support/hunt-events.js';

/** An opened group by the credentials of an instance. */
function byInstance(sourceIPAddress: string, userAgent: string, key: string) {
  return openedGroup({
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::112233445566:assumed-role/Web/i-0abc0abc0abc0abc0',
      accessKeyId: key,
      sessionContext: { ec2RoleDelivery: '2.0' },
    },
    eventID: `${sourceIPAddress} ${key}`,
    sourceIPAddress,
    userAgent,
  });
}

test('credentials of an instance that are used from elsewhere are always told', async () => {
  const own = byInstance(
    '198.51.100.1',
    'aws-sdk-go/1.44.0 amazon-ssm-agent/',
    'ASIAINSTANCEKEY00001',
  );
  const app = byInstance('198.51.100.1', 'Boto3/1.34.51', 'ASIAINSTANCEKEY00002');
  const copied = byInstance('203.0.113.9', 'aws-cli/2.13.5', 'ASIAINSTANCEKEY00002');
  const code = 'INSTANCE_CREDENTIALS_ELSEWHERE';
  const { warnings } = await huntEvents([copied, own, app]);
  expect(warnings).toEqual([
    {
      code,
      message:
        'the credentials of the instance i-0abc0abc0abc0abc0 in account 112233445566 (key ASIAINSTANCEKEY00002) were used from 203.0.113.9 ' +
        "with aws-cli 2.13.5 (1 event, 2026-01-14T09:30:00.000Z); the instance's own agents call from 198.51.100.1",
    },
  ]);
  const before = await huntEvents([own, app]);
  expect(before.warnings.filter((warning) => warning.code === code)).toEqual([]);
});
