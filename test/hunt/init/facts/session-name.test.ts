/** Names of sessions that only programs give, and those that a person may have given. */
import { expect, test } from 'vitest';
import { nameIn, unknownWords } from '../../../../src/hunt/init/facts/session-name.js';
import { Names, newSeen, type Seen } from '../../../../src/hunt/init/facts/seen.js';

const unknown = (
  session: string,
  role = 'Deploy',
  carrier: 'terraform' | 'controller' = 'terraform',
) => unknownWords({ session, role }, { carrier });

test.each([
  'ci-1000',
  'GitHubActions',
  'terraform-prod-42',
  'jenkins-build-1003',
  'build42',
  'terraform-run-7f3a9c',
  'i-0a1b2c3d4e5f60718',
  'eks-prod-app-1a2b3c4d-1111-4222-8333-0123456789ab',
])('%s is a name of a program', (session) => {
  expect(unknown(session)).toEqual([]);
});

test.each([
  'dana',
  'dana-deploy',
  'dana2-deploy',
  'dana-20260501',
  'DanaDeploy',
  'dana@example.com-ci',
  // Nobody named these: a pipeline, or Terraform on a laptop.
  'aws-go-sdk-1746057600000000000',
  'botocore-session-1746057600',
  'AWSCLI-Session',
  '1746057600000000000',
  'terragrunt-1746057600',
  'aws-cdk-dana',
])('%s may be of a person', (session) => {
  expect(unknown(session)).toBeUndefined();
});

test('a controller may leave its session without a name, and a pipeline may name it like its role', () => {
  expect(unknown('aws-go-sdk-1746057600', 'Deploy', 'controller')).toEqual([]);
  expect(unknown('1746057600000000000', 'Deploy', 'controller')).toEqual([]);
  expect(unknown('orders-pipeline-12', 'orders-pipeline')).toEqual([]);
  expect(unknown('dana-deploy', 'dana')).toBeUndefined();
});

test('a word that comes once is an ID if there are many such words, and one that comes again is none', () => {
  expect(unknown('terraform-run-gxnrcdyy')).toEqual(['gxnrcdyy']);
  const ids = new Names<Seen>(100);
  const days = ['01', '02', '03', '04', '05'];
  for (const day of days) ids.of(`gxnrcdy${day}`, newSeen)?.add(`2026-05-${day}T10:00:00.000Z`);
  expect(nameIn(ids)).toBeNull();
  ids.of('gxnrcdy01', newSeen)?.add('2026-05-09T10:00:00.000Z');
  expect(nameIn(ids)).toBe('gxnrcdy01');
  const few = new Names<Seen>(100);
  few.of('christine', newSeen)?.add('2026-05-01T10:00:00.000Z');
  expect(nameIn(few)).toBe('christine');
});
