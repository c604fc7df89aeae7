/** Exclusions with names and changes of `hunt.yml` give the same report on Trino as on DuckDB. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseKeepingNumbers } from '../../../src/cloudtrail/numbers.js';
import { isObject } from '../../../src/cloudtrail/json.js';
import { toRecord } from '../../../src/cloudtrail/record.js';
import { readConfig } from '../../../src/cli/options/hunt-yml/config.js';
import { findRule } from '../../../src/rule/catalog/find.js';
import { withChanges } from '../../../src/rule/exclusions/changes.js';
import { huntEvents, openedGroup } from '../../support/hunt-events.js';
import { emptyFolder } from '../../support/run-hunt.js';
import { describeWithTrino } from '../../support/trino.js';
import { comparable, huntTable } from './hunt-table.js';

const HUNT_YML = `exclusions:
  add: [{ name: queues, reason: they are made for tests, calls: ["sqs:Create*"] }]
  remove: ["kms:Decrypt", telemetry]
allow:
  - { tool: terraform, role: "arn:aws:iam::*:role/Operator", network: 198.51.100.0/24, reason: reviewed }
  - role: "arn:aws:iam::112233445566:role/Admin"
    call: "ec2:Stop*"
    resource: sg-0a1b2c3d4e5f60718
    rule: AWS.Any.*
    owner: platform team
    until: 2026-12-31
    reason: agreed
`;
const TERRAFORM = 'APN/1.0 HashiCorp/1.0 Terraform/1.9.0';

const EVENTS = [
  ['sqs', 'CreateQueue', 'Admin', 'aws-cli/2.15.0'],
  ['sqs', 'DeleteQueue', 'Admin', 'aws-cli/2.15.0'],
  ['kms', 'Decrypt', 'Admin', 'aws-cli/2.15.0'],
  ['kms', 'Encrypt', 'Admin', 'aws-cli/2.15.0'],
  ['ec2', 'RunInstances', 'Operator', TERRAFORM],
  ['ec2', 'RunInstances', 'Operator', 'aws-cli/2.15.0'],
  ['ec2', 'StopInstances', 'Admin', 'aws-cli/2.15.0'],
  // Two exclusions cover it.
  ['sqs', 'CreateQueue', 'Operator', TERRAFORM],
].map(([service, eventName, role, userAgent], index) =>
  openedGroup({
    eventID: `${index}`,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    readOnly: false,
    userAgent,
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::112233445566:assumed-role/${role}/ci`,
      sessionContext: { sessionIssuer: { arn: `arn:aws:iam::112233445566:role/${role}` } },
    },
  }),
);

await describeWithTrino('a list of exclusions on Trino', (trino) => {
  test('has the same ledger as on DuckDB', async () => {
    const config = join(emptyFolder(), 'hunt.yml');
    writeFileSync(config, HUNT_YML);
    const changes = readConfig(config)?.exclusions ?? { add: [], remove: [] };
    const rules = [withChanges(findRule('AWS.Any.ManualChange'), changes)];
    const records = EVENTS.flatMap((event) => {
      const json = parseKeepingNumbers(JSON.stringify(event));
      return isObject(json) ? [toRecord(json, 'file')] : [];
    });
    await trino.createEvents('named_exclusions', records);
    const local = await huntEvents(EVENTS, { rules });
    const remote = await huntTable(trino, 'named_exclusions', { rules });
    expect(comparable(remote)).toEqual(comparable(local));
    const own = local.sections[0]?.exclusions.filter(({ source }) => source === 'config');
    expect(own?.map(({ hidden, flags }) => [hidden, flags.length])).toEqual([
      [1, 0],
      [1, 1],
      [1, 0],
    ]);
    expect(local.sections[0]?.exclusions.findLast(({ applied }) => applied)).toMatchObject({
      name: 'several exclusions',
      hidden: 1,
      by: [{ userAgent: TERRAFORM, events: 1 }],
    });
  });
});
