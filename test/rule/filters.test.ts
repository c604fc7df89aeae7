/** The filters of the command line, on events: what each finds, and what it leaves out. */
import { describe, expect, test } from 'vitest';
import { filterConditions, type Filters } from '../../src/rule/filters.js';
import { toRecord } from '../../src/cloudtrail/record.js';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { evaluate } from '../support/evaluate.js';

function matches(filters: Filters, event: JsonObject): boolean {
  const of = filterConditions(filters);
  return of.length > 0 && evaluate({ kind: 'all', of }, toRecord(event, 'test'));
}

describe.each<{ filters: Filters; found: readonly JsonObject[]; missed: readonly JsonObject[] }>([
  {
    filters: { resource: ['sg-1'] },
    found: [
      { requestParameters: { groupId: 'sg-1' } },
      { requestParameters: { groups: { items: [{ id: 'sg-1' }] } } },
      { responseElements: { 'sg-1': true } },
      { resources: [{ arn: 'sg-1' }] },
      { resources: [{ arn: 'a' }, { arn: 'arn:aws:ec2:eu-west-1:1:security-group/sg-1' }] },
      { resources: [{ arn: 'arn:aws:ec2:eu-west-1:1:sg-1' }] },
    ],
    missed: [
      { requestParameters: { groupId: 'sg-12' } },
      { requestParameters: { groupId: 'my-sg-1' } },
      { resources: [{ arn: 'arn:aws:ec2:eu-west-1:1:security-group/my-sg-1' }] },
      { additionalEventData: { groupId: 'sg-1' } },
      { userAgent: 'sg-1' },
    ],
  },
  {
    filters: { principal: ['dana'] },
    found: [
      { userIdentity: { arn: 'arn:aws:iam::1:user/dana' } },
      { userIdentity: { principalId: 'AROA:dana' } },
      { userIdentity: { userName: 'dana' } },
      { userIdentity: { userName: 'Dana' } },
      { userIdentity: { sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::1:role/dana' } } } },
    ],
    missed: [{ userIdentity: { arn: 'arn:aws:iam::1:user/dan' } }, { userAgent: 'dana' }],
  },
  {
    filters: { ip: ['10.0.0.0/8', '2001:DB8::1', 'ec2.amazonaws.com'] },
    found: ['10.1.2.3', '2001:db8:0:0:0:0:0:1', 'ec2.amazonaws.com'].map((sourceIPAddress) => ({
      sourceIPAddress,
    })),
    missed: ['11.1.2.3', '2001:db8::2', 's3.amazonaws.com'].map((sourceIPAddress) => ({
      sourceIPAddress,
    })),
  },
  {
    filters: { ip: ['::ffff:192.0.2.7', '203.0.113.0/24', '198.51.100.9', '::ffff:0a00:0/112'] },
    found: [
      '192.0.2.7',
      '::ffff:192.0.2.7',
      '::ffff:c000:207',
      '203.0.113.8',
      '::ffff:198.51.100.9',
      '10.0.3.4',
    ].map((sourceIPAddress) => ({ sourceIPAddress })),
    missed: ['192.0.2.8', '::ffff:192.0.2.8', '::ffff:cb00:7208', '::c000:207', '10.1.0.1'].map(
      (sourceIPAddress) => ({ sourceIPAddress }),
    ),
  },
  {
    filters: { accessKey: ['akiaexample000000001'] },
    found: [{ userIdentity: { accessKeyId: 'AKIAEXAMPLE000000001' } }],
    missed: [{ userIdentity: { accessKeyId: 'AKIAEXAMPLE000000002' } }],
  },
  {
    filters: { account: ['1', '2'], region: ['eu-west-1'] },
    found: [{ recipientAccountId: '2', awsRegion: 'eu-west-1' }],
    missed: [
      { recipientAccountId: '2', awsRegion: 'eu-west-2' },
      { recipientAccountId: '3', awsRegion: 'eu-west-1' },
      { userIdentity: { accountId: '1' }, awsRegion: 'eu-west-1' },
    ],
  },
  {
    filters: { eventName: ['StopLogging', 'Delete*'] },
    found: ['StopLogging', 'stoplogging', 'DeleteTrail'].map((eventName) => ({ eventName })),
    missed: ['StartLogging', 'StopLogging2', 'UnDelete'].map((eventName) => ({ eventName })),
  },
  {
    filters: { accessKey: ['AKIA1'], ip: ['10.0.0.1'], region: ['r'], anyOf: true },
    found: [
      { userIdentity: { accessKeyId: 'AKIA1' }, awsRegion: 'r' },
      { sourceIPAddress: '10.0.0.1', awsRegion: 'r' },
    ],
    missed: [{ awsRegion: 'r' }, { sourceIPAddress: '10.0.0.1', awsRegion: 'other' }],
  },
  {
    filters: { accessKey: ['AKIA1'], eventId: ['e'] },
    found: [{ userIdentity: { accessKeyId: 'AKIA1' }, eventID: 'e' }],
    missed: [{ userIdentity: { accessKeyId: 'AKIA1' } }, { eventID: 'e' }],
  },
])('$filters', ({ filters, found, missed }) => {
  test.each(found)('finds %j', (event) => expect(matches(filters, event)).toBe(true));
  test.each(missed)('misses %j', (event) => expect(matches(filters, event)).toBe(false));
});

test.each<[Filters, string]>([
  [{ resource: ['--'] }, '--resource "--" names nothing'],
  [
    { ip: ['10.0.0.0/33'] },
    '--ip "10.0.0.0/33" is not an address, a network or the name of a service',
  ],
  [{ principal: [' '] }, 'needs a value'],
  [{ account: ['1,2'] }, '--account "1,2": give one value'],
])('%o is refused', (filters, message) => {
  expect(() => filterConditions(filters)).toThrow(message);
});
