/**
 * Whoever writes a log may write a user agent or the name of a session of any length. Each is tried against many patterns, and one
 * that may begin at many places and search to the end takes minutes. Then the time limit of these tests ends them.
 */
import { expect, test } from 'vitest';
import { actorAndHow } from '../../../src/change/actor/actor.js';

const LENGTH = 1 << 20;

/** A text that is this one again and again, and ends with another sign. */
function long(piece: string, end = '!'): string {
  return piece.repeat(Math.ceil(LENGTH / piece.length)) + end;
}

/** What the patterns look for, and the signs between. */
const PIECES = [
  ' CloudCustodian(',
  ' Terraform/1.9.2',
  ' Terraform-v1',
  ' OpenTofu',
  ' terraform-provider-aws/5',
  'Version/1-',
  'Version/1 Mobile/',
  'Version/1',
  'APN/',
  'HashiCorp/1 ',
  ' app/',
  'command/',
  'exec-env/',
  'exec-env/CloudShel',
  ' awslabs#mcp#',
  ' console.',
  ' console.amazonaws.com',
  'RDS Console ',
  ' AWSConsole',
  'AWS Internal ',
  'aws-sdk-js',
  'amazonaws.com.',
  'kubernetes',
  'A ',
  'a-',
  'a.',
  '0',
  ' ',
  '[',
  '(',
  '/',
];

function meaningOf(agent: string, session: string) {
  return actorAndHow({
    eventName: 'CreateUser',
    eventSource: 'iam.amazonaws.com',
    eventType: 'AwsApiCall',
    sourceIPAddress: agent,
    userAgent: agent,
    sessionCredentialFromConsole: null,
    userIdentity: {
      type: 'AssumedRole',
      invokedBy: session,
      principalId: `AROAEXAMPLE:${session}`,
      arn: `arn:aws:sts::111122223333:assumed-role/Deploy/${session}`,
      sessionContext: {
        sessionIssuer: { arn: `arn:aws:iam::111122223333:role/${session}` },
        webIdFederationData: { federatedProvider: session },
      },
    },
    addendum: null,
    extra: null,
  });
}

test.each(PIECES)('a long user agent of "%s" takes no long time', (piece) => {
  for (const start of ['', 'Mozilla/5.0 ', 'Prowler/4.0 Boto3/1.26 '])
    expect(meaningOf(start + long(piece), 'i-0123').how.tool?.length).toBeLessThan(500);
});

test.each(PIECES)('a long session of "%s" takes no long time', (piece) => {
  for (const start of ['', 'aws-sdk-js', 'botocore-session-'])
    expect(meaningOf('Boto3/1.26', start + long(piece)).actor.name.length).toBeLessThan(3000);
});

test('a user agent is cut behind what CloudTrail keeps of one, and not before', () => {
  const tool = (blanks: number): string | null =>
    meaningOf(`Mozilla/5.0 ${'x'.repeat(blanks)} Firefox/128.0`, 'i-0123').how.tool;
  expect(tool(1000)).toBe('Firefox 128');
  expect(tool(LENGTH)).toBe('a browser');
});

test('a browser and a policy of Cloud Custodian keep their names', () => {
  const tool = (agent: string): string | null => meaningOf(agent, 'i-0123').how.tool;
  expect(
    tool(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5.1 Mobile/15E148 Safari/604.1',
    ),
  ).toBe('Safari 17');
  expect(tool('Boto3/1.34 CloudCustodian(sg-open)/0.9.31')).toBe(
    'CloudCustodian 0.9.31, policy sg-open',
  );
});
