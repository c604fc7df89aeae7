import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { openedGroup } from '../support/hunt-events.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const RULE = `RuleID: X
DisplayName: X
Severity: Low
LogTypes: [AWS.CloudTrail]
Detection:
  - KeyPath: eventName
    Condition: Equals
    Value: AuthorizeSecurityGroupIngress
OutputFields: [eventtype, sourceIPAddress, requestParameters.groupId, "requestParameters.ipPermissions.items[0].toPort", tlsDetails.tlsVersion, "Resources[0].ARN"]
`;

test('OutputFields choose the columns of the CSV; JSON has every field', async () => {
  const folder = emptyFolder();
  const rule = join(folder, 'rule.yml');
  const log = join(folder, 'log.json');
  writeFileSync(rule, RULE);
  writeFileSync(
    log,
    JSON.stringify({
      Records: [
        openedGroup({ tlsDetails: { tlsVersion: 'TLSv1.3' }, resources: [{ ARN: 'arn:x' }] }),
      ],
    }),
  );
  const csv = await hunt([log, '--rule', rule, '--format', 'csv', '--quiet']);
  const [names = [], row = []] = parse(csv.stdout);
  expect(Object.fromEntries(names.map((name, column) => [name, row[column]]))).toMatchObject({
    time: '2026-01-14T09:30:00.000Z',
    result: 'succeeded',
    eventType: 'AwsApiCall',
    sourceIPAddress: '198.51.100.7',
    'requestParameters.groupId': 'sg-0a1b2c3d4e5f60718',
    'requestParameters.ipPermissions.items[0].toPort': '22',
    'tlsDetails.tlsVersion': 'TLSv1.3',
    'resources[0].arn': 'arn:x',
    eventName: 'AuthorizeSecurityGroupIngress',
    errorCode: '',
    account: '112233445566',
    principal: 'arn:aws:sts::112233445566:assumed-role/SecurityAdmin/dana',
    eventID: '00000000-0000-4000-8000-000000000001',
    requestParameters: JSON.stringify({
      groupId: 'sg-0a1b2c3d4e5f60718',
      ipPermissions: {
        items: [
          {
            fromPort: 22,
            ipProtocol: 'tcp',
            ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
            toPort: 22,
          },
        ],
      },
    }),
    source: log,
  });
  expect(names.slice(8, 13)).toEqual([
    'eventType',
    'sourceIPAddress',
    'requestParameters.groupId',
    'requestParameters.ipPermissions.items[0].toPort',
    'tlsDetails.tlsVersion',
  ]);
  const json = await hunt([log, '--rule', rule, '--format', 'json', '--quiet']);
  expect(json.stdout).toContain('tlsVersion');
  expect(json.stdout).toContain('eventVersion');
});
