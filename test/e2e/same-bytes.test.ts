/**
 * The report is the same, byte for byte, however the logs are read: with or without the prefilter, in one thread or in three.
 * The events, the shapes of the files and the damage in them are random.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const name = fc.constantFrom(
  'CreateSecurityGroup',
  'AuthorizeSecurityGroupIngress',
  'DescribeInstances',
  'DeleteTrail',
  'createsecuritygroup',
  'Décrire',
);
const inner = { eventVersion: '1.08', eventName: 'CreateSecurityGroup', eventID: 'inner' };
const event = fc.record(
  {
    eventVersion: fc.constant('1.08'),
    eventTime: fc.constantFrom('2026-01-14T09:30:00Z', '2026-01-14 10:00:00', 'yesterday'),
    eventSource: fc.constantFrom('ec2.amazonaws.com', 'cloudtrail.amazonaws.com', 'aws:s3'),
    eventName: name,
    awsRegion: fc.constantFrom('eu-west-1', 'us-east-1'),
    recipientAccountId: fc.constantFrom('112233445566', '210987654321'),
    eventID: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    userAgent: fc.constantFrom('console', 'APN/1.0 HashiCorp/1.0 Terraform/1.5', '"quoted\\'),
    userIdentity: fc.constantFrom(
      { type: 'AssumedRole', arn: 'arn:aws:sts::112233445566:assumed-role/Operator/x' },
      { type: 'IAMUser', arn: 'arn:aws:iam::112233445566:user/someone' },
      'no object',
    ),
    requestParameters: fc.constantFrom(null, { note: 'x' }, { nested: [inner] }, { text: '},{' }),
    errorCode: fc.constantFrom('AccessDenied', ''),
  },
  { requiredKeys: ['eventVersion', 'eventTime', 'eventSource', 'eventName'] },
);

/** The same JSON with an escape in event names, which a search for the name would miss. */
const escaped = (json: string): string => json.replaceAll('"Create', '"\\u0043reate');
const json = (value: unknown): string => JSON.stringify(value);

const file = fc
  .tuple(
    fc.array(event, { minLength: 1, maxLength: 12 }),
    fc.constantFrom<(events: readonly object[]) => string>(
      (events) => json({ Records: events }),
      (events) => json({ Records: events }),
      (events) => JSON.stringify({ Records: events }, undefined, 2),
      (events) => events.map(json).join('\n'),
      (events) => json(events),
      (events) => escaped(json({ Records: events })),
      (events) => json({ Records: events }).slice(0, -30),
      (events) => json({ Records: [...events, 5, [events[0]]] }),
      (events) => `${json({ Records: events })}\n${json({ Records: events })}`,
    ),
    fc.constantFrom<(text: string) => Buffer>(
      (text) => gzipSync(text),
      (text) => Buffer.from(text),
      (text) => Buffer.concat([gzipSync(text.slice(0, 40)), gzipSync(text.slice(40))]),
      (text) => gzipSync(text).subarray(0, -12),
    ),
  )
  .map(([events, shape, pack]) => pack(shape(events)));

/** Logs without events, large enough that three threads are used. */
function bulk(): string {
  const folder = emptyFolder();
  const text = `{"Records":[${' '.repeat(8 << 20)}]}`;
  for (let index = 0; index < 3; index += 1) writeFileSync(join(folder, `${index}.json`), text);
  return folder;
}

/** With these, the prefilter may leave out events by their names. */
const RULES = [
  '--rule',
  'AWS.EC2.ManualSecurityGroupChange',
  '--rule',
  'AWS.CloudTrail.ManualTrailChange',
];

const WAYS = [
  ['--jobs', '1'],
  ['--jobs', '3'],
  ['--jobs', '1', '--no-prefilter'],
  ['--jobs', '3', '--no-prefilter'],
] as const;

test('a report is the same however the logs were read', async () => {
  const large = bulk();
  const property = fc.asyncProperty(
    fc.array(file, { minLength: 1, maxLength: 40 }),
    async (files) => {
      const folder = join(emptyFolder(), 'logs');
      mkdirSync(folder);
      files.forEach((bytes, index) => writeFileSync(join(folder, `${index}.json`), bytes));
      const args = [folder, large, ...RULES, '--set', 'PROD_ACCOUNT_IDS=112233445566'];
      const [first, ...others] = await Promise.all(
        WAYS.map((way) => hunt([...args, '--format', 'json', '--quiet', ...way])),
      );
      expect(first?.code === 0 || first?.code === 3, first?.stderr).toBe(true);
      for (const other of others) expect(other).toEqual(first);
    },
  );
  await fc.assert(property, { numRuns: 3 });
});
