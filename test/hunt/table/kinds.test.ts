/** `--kind` on Trino: the statement is small enough for the engine, and the report is that of DuckDB. */
import { expect, test } from 'vitest';
import { parseKeepingNumbers } from '../../../src/cloudtrail/numbers.js';
import { isObject } from '../../../src/cloudtrail/json.js';
import { toRecord } from '../../../src/cloudtrail/record.js';
import { kindCondition } from '../../../src/rule/catalog/kind-filter.js';
import { findRule } from '../../../src/rule/catalog/find.js';
import { huntEvents, openedGroup } from '../../support/hunt-events.js';
import { describeWithTrino } from '../../support/trino.js';
import { comparable, huntTable } from './hunt-table.js';

const USER = { type: 'IAMUser', arn: 'arn:aws:iam::112233445566:user/dana', userName: 'dana' };

const EVENTS = [
  ['sqs', 'CreateQueue'],
  ['iam', 'CreateAccessKey'],
  ['ec2', 'StopInstances'],
  ['ssm', 'StartSession'],
  ['ssm', 'SendCommand'],
  ['kms', 'Decrypt'],
  ['sts', 'GetSessionToken'],
  ['signin', 'ConsoleLogin'],
].map(([service, eventName], index) =>
  openedGroup({
    eventID: `${index}`,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    readOnly: false,
    userIdentity: USER,
    userAgent: 'aws-cli/2.15.0',
  }),
);

const RULES = ['AWS.Any.CredentialIssued', 'AWS.Any.ManualAccess', 'AWS.Any.ManualChange'];

await describeWithTrino('kinds on Trino', (trino) => {
  test.each([
    [['change'], ['AWS.Any.ManualChange'], true],
    [['change', 'access', 'credential', 'operation'], RULES, false],
  ])('%j in %j, calls %j', async (kinds, ids, calls) => {
    const records = EVENTS.flatMap((event) => {
      const json = parseKeepingNumbers(JSON.stringify(event));
      return isObject(json) ? [toRecord(json, 'file')] : [];
    });
    const name = `kinds_${[...kinds, ids.length, calls].join('_')}`;
    await trino.createEvents(name, records);
    const rules = ids.map(findRule);
    const asked = { rules, calls, filters: kinds.length === 0 ? [] : [kindCondition(kinds)] };
    const local = await huntEvents(EVENTS, asked);
    const remote = await huntTable(trino, name, asked);
    expect(comparable(remote)).toEqual(comparable(local));
    expect(remote.calls).toEqual(local.calls);
  });
});
