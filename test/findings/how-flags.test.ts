/** Flags on how a call was made. They name the event that shows it, and change no class. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { HOW_FLAGS } from '../../src/change/actor/flags.js';
import { builtInFile } from '../../src/rule/catalog/built-in.js';
import { readRule } from '../../src/rule/catalog/read.js';
import { huntEvents, openedGroup } from '../support/hunt-events.js';

const ALL = readRule(
  'RuleID: all\nLogTypes: [AWS.CloudTrail]\nSeverity: Info\nDetection:\n  - { Key: eventName, Condition: IsNotNull }\n',
  builtInFile('any-manual-change'),
);
const ROLE = 'arn:aws:iam::112233445566:role/Deploy';

const terraform = (version: string): string =>
  `APN/1.0 HashiCorp/1.0 Terraform/1.9.2 (+https://www.terraform.io) terraform-provider-aws/${version} aws-sdk-go-v2/1.24.0`;

type Own = Readonly<Record<string, unknown>>;

function user(accessKeyId: string): Own {
  const arn = 'arn:aws:iam::112233445566:user/dana';
  return { userIdentity: { type: 'IAMUser', arn, accessKeyId, userName: 'dana' } };
}

function session(accessKeyId: string, name = 'one'): Own {
  return {
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::112233445566:assumed-role/Deploy/${name}`,
      accessKeyId,
      sessionContext: { sessionIssuer: { type: 'Role', arn: ROLE } },
    },
  };
}

/** `eventID: reasons` of each finding with flags, in any order of the events. */
async function flagged(events: readonly Own[]): Promise<Readonly<Record<string, string>>> {
  const all = events.map((own, index) => openedGroup({ eventID: String(index), ...own }));
  const texts = await Promise.all(
    [all, all.toReversed()].map(async (given) => {
      const { findings } = await huntEvents(given, { rules: [ALL] });
      expect(findings).toHaveLength(events.length);
      return Object.fromEntries(
        findings.flatMap(({ eventID, how }) =>
          how.flags.length === 0
            ? []
            : [[eventID, how.flags.map((one) => `${one.reason} (${one.eventID})`).join(', ')]],
        ),
      );
    }),
  );
  expect(texts[1]).toEqual(texts[0]);
  return texts[0] ?? {};
}

describe('a finding is flagged', () => {
  test('where a program signs in to the console', async () => {
    const signIn = (userAgent: string | null): Own => ({
      eventName: 'ConsoleLogin',
      eventSource: 'signin.amazonaws.com',
      eventType: 'AwsConsoleSignIn',
      userIdentity: { type: 'Root', arn: 'arn:aws:iam::112233445566:root' },
      userAgent,
    });
    const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/127.0 Safari/537.36';
    expect(
      await flagged([
        signIn(browser),
        signIn('python-requests/2.31.0'),
        signIn('[aws-cli/2.15.30]'),
        signIn(browser.replace('Chrome', 'HeadlessChrome')),
        signIn(null),
        signIn('signin.amazonaws.com'),
        { ...signIn('curl/8.5.0'), eventName: 'CheckMfa' },
      ]),
    ).toEqual({
      1: 'sign-in by a program (null)',
      2: 'sign-in by a program (null)',
      3: 'sign-in by a program (null)',
    });
  });

  test('where its session key was used in the console', async () => {
    const cli = { userAgent: 'aws-cli/2.15.30' };
    const console = { ...session('ASIAEXAMPLECONSOLE'), sessionCredentialFromConsole: 'true' };
    expect(
      await flagged([
        { ...session('ASIAEXAMPLECONSOLE'), ...cli },
        console,
        { ...session('ASIAEXAMPLEOTHER'), ...cli },
        { ...session('ASIAEXAMPLECONSOLE'), userAgent: 'Mozilla/5.0 (X11)' },
        { ...session('ASIAEXAMPLEOTHER'), ...cli, sessionCredentialFromConsole: 'false' },
        // Logs in which somebody made all keys equal.
        { ...session('ASIAEXAMPLECONSOLE', 'two'), ...cli },
        // A program asks for a token to get into the console: it is not there yet.
        { ...session('ASIAEXAMPLETOKEN'), ...cli },
        {
          ...session('ASIAEXAMPLETOKEN'),
          eventSource: 'signin.amazonaws.com',
          eventName: 'GetSigninToken',
          eventType: 'AwsConsoleSignIn',
        },
      ]),
    ).toEqual({ 0: 'console session (1)' });
    const { findings } = await huntEvents(
      [
        { ...session('ASIAEXAMPLECONSOLE'), ...cli, eventID: 'a' },
        { ...console, eventID: 'b' },
      ].map((own) => openedGroup(own)),
      { rules: [ALL] },
    );
    expect(findings.map(({ how }) => how.class)).toEqual(['unknown', 'console']);
  });

  test('where another tool used the key of Terraform within minutes', async () => {
    const at = (time: string, userAgent: string, key = 'AKIAONE'): Own => ({
      ...user(key),
      eventTime: `2026-01-14T${time}Z`,
      userAgent,
    });
    expect(
      await flagged([
        at('08:49:59', terraform('5.60.0')),
        at('08:50:00', terraform('5.60.0')),
        at('09:00:00', 'aws-cli/2.15.30'),
        at('09:00:30', 'Boto3/1.34.0'),
        at('09:05:00', terraform('5.60.0'), 'AKIATWO'),
        at('09:10:00', terraform('5.60.0')),
        at('10:00:00', terraform('5.60.0')),
        {
          ...at('10:01:00', 'autoscaling.amazonaws.com'),
          sourceIPAddress: 'autoscaling.amazonaws.com',
        },
      ]),
    ).toEqual({ 1: 'another tool (2)', 5: 'another tool (2)' });
  });

  test('where Terraform comes from a new address or in a new version', async () => {
    const at = (day: number, sourceIPAddress: string, own: Own = session(`ASIA${day}`)): Own => ({
      ...own,
      eventTime: `2026-01-${day}T09:00:00Z`,
      userAgent: terraform(sourceIPAddress.startsWith('192') ? '6.0.0' : '5.60.0'),
      sourceIPAddress,
    });
    expect(
      await flagged([
        at(10, '198.51.100.7'),
        at(12, '198.51.100.7'),
        at(14, '203.0.113.9', session('ASIAEXAMPLENEW', 'another session')),
        at(14, '192.0.2.1', user('AKIAONE')),
        at(16, '203.0.113.9'),
        at(18, '192.0.2.1'),
      ]),
    ).toEqual({ 2: 'new address (2)', 5: 'new address (5), new version (5)' });
    // The machines of a CI have no usual address.
    const many = Array.from({ length: 8 }, (_, index) => at(10, `198.51.100.${index}`));
    expect(await flagged([...many, at(14, '203.0.113.9')])).toEqual({});
  });
});

test('the schema of reports has every reason', () => {
  const file = new URL('../../data/hunt-report-1.schema.json', import.meta.url);
  const schema: unknown = JSON.parse(readFileSync(file, 'utf8'));
  expect(JSON.stringify(schema)).toContain(`"enum":${JSON.stringify(HOW_FLAGS)}`);
});
