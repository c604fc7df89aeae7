/** The commands about rules: rules, explain, sql, schema, test, why; and the filters of a hunt. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Explanation } from '../../src/rule/explain.js';
import { listedReport, openedGroup, type ListedReport } from '../support/hunt-events.js';
import { ruleText } from '../support/rules.js';
import { emptyFolder, hunt, ROOT, SAMPLE } from '../support/run-hunt.js';

const SEED = 'AWS.EC2.ManualSecurityGroupChange';

async function stdoutOf(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await hunt(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

function fileWith(text: string, name = 'rule.yml'): string {
  const file = join(emptyFolder(), name);
  writeFileSync(file, text);
  return file;
}

describe('the help', () => {
  const commands = [
    'accept',
    'prove',
    'rules',
    'explain',
    'sql',
    'schema',
    'test',
    'show',
    'what',
    'who',
    'why',
    'report',
    'doctor',
  ];

  test('of hunt lists every command, and its options under headings', async () => {
    const help = await stdoutOf('--help');
    for (const command of commands) expect(help).toMatch(new RegExp(`^  ${command} `, 'm'));
    const headings = help.match(/^[A-Z][^:\n]*:$/gm);
    expect(headings).toEqual([
      'Arguments:',
      'Rules:',
      'Events:',
      'Comparison:',
      'Report:',
      'Proof:',
      'Digests of CloudTrail:',
      'Telling people:',
      'Reading logs and tables:',
      'Tables and AWS access:',
      'Queries in Athena and Trino:',
      'General:',
      'Commands:',
      'Examples:',
    ]);
  });

  test('of a command is what hunt help prints for it', async () => {
    expect(await stdoutOf('help', 'why')).toBe(await stdoutOf('why', '--help'));
    expect(await stdoutOf('help')).toBe(await stdoutOf('--help'));
    expect(await hunt(['help', 'nothing'])).toMatchObject({
      code: 2,
      stderr: 'hunt: there is no such command; see hunt --help\n',
    });
  });

  test.each([
    ['--json', '--format'],
    ['--from', '--since'],
    ['--acount=1', '--account'],
    ['--sinc', '--since'],
    ['--actor', '--user'],
    ['--vers', '--version'],
  ])('is named for %s, which may mean %s', async (given, meant) => {
    const { code, stderr } = await hunt([SAMPLE, given, 'x']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `hunt: unknown option '${given}' (did you mean ${meant}?); see hunt --help\n`,
    });
  });

  test.each(commands)('of hunt %s describes each of its options', async (command) => {
    const help = await stdoutOf(command, '--help');
    expect(help).toContain(`Usage: hunt ${command} [options]`);
    const options = help.match(/^  (?:-\w, )?--.*$/gm) ?? [];
    expect(options.length).toBeGreaterThanOrEqual(2);
    for (const option of options) expect(option).toMatch(/^  \S.*?  +\S/);
  });
});

test('rules are listed with severity, tactic and name', async () => {
  expect(await stdoutOf('rules')).toMatch(
    new RegExp(`^${SEED} +Medium +Stealth +AWS EC2 Manual`, 'm'),
  );
});

describe('explain', () => {
  const conditions = [
    'not (errorCode is_not_null or errorMessage is_not_null)',
    'eventName in ["CreateSecurityGroup", "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"]',
    'recipientAccountId in ["11111111111111", "112233445566"]',
    'not (userAgent wildcard "* HashiCorp/?.0 Terraform/*" and (userIdentity.arn contains "Operator" or userIdentity.arn contains "ContinousDeployment"))',
  ];

  test("has the rows of the seed's page", async () => {
    const explanation = JSON.parse(
      await stdoutOf('explain', SEED, '--format', 'json'),
    ) as Explanation;
    expect(explanation.mitre).toEqual([
      { tactic: 'Stealth', techniques: ['T1562 Impair Defenses'] },
    ]);
    expect(explanation.condition).toEqual(conditions);
    expect(explanation.excludedEvents).toEqual([
      'errorCode is_not_null or errorMessage is_not_null',
      'userAgent wildcard "* HashiCorp/?.0 Terraform/*" and (userIdentity.arn contains "Operator" or userIdentity.arn contains "ContinousDeployment")',
    ]);
    expect(
      explanation.exclusions.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    ).toEqual([
      { field: 'errorCode', kind: 'is_not_null', value: null },
      { field: 'errorMessage', kind: 'is_not_null', value: null },
      { field: 'userAgent', kind: 'match', value: '* HashiCorp/?.0 Terraform/*' },
      { field: 'userIdentity.arn', kind: 'contains', value: 'ContinousDeployment' },
      { field: 'userIdentity.arn', kind: 'contains', value: 'Operator' },
    ]);
    expect(
      explanation.indicators.map(({ field, kind, values }) => [
        field,
        kind,
        values.map(({ value }) => value),
      ]),
    ).toEqual([
      [
        'eventName',
        'in',
        ['CreateSecurityGroup', 'AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress'],
      ],
      ['recipientAccountId', 'in', ['11111111111111', '112233445566']],
    ]);
    expect(explanation.outputFields).toEqual([
      'eventName',
      'eventSource',
      'awsRegion',
      'recipientAccountId',
      'sourceIPAddress',
      'userAgent',
      'userIdentity',
    ]);
  });

  test('has every heading, as text and as Markdown', async () => {
    const text = await stdoutOf('explain', SEED);
    const markdown = await stdoutOf('explain', SEED, '--format', 'markdown');
    const headings = [
      'MITRE ATT&CK coverage',
      'Rules detecting the same action',
      'Condition',
      'Exclusions',
      'Indicators',
      'Output fields',
    ];
    for (const heading of headings) {
      expect(text).toContain(`\n${heading}\n---`);
      expect(markdown).toContain(`## ${heading}`);
    }
    for (const condition of conditions) {
      expect(text).toContain(condition);
      expect(markdown).toContain(condition);
    }
    // The tables of the seed's page.
    for (const row of [
      '| Field | Kind | Excluded values |',
      '| `userIdentity.arn` | contains | Operator |',
      '| eventName | in | CreateSecurityGroup |',
    ])
      expect(markdown).toContain(row);
    expect(text).toMatch(/^ {2}userIdentity[.]arn +contains +Operator$/m);
  });
});

test('sql prints what is committed beside the rule', async () => {
  for (const dialect of ['athena', 'duckdb']) {
    const committed = readFileSync(
      join(ROOT, `queries/manual-security-group-changes/${dialect}.sql`),
      'utf8',
    );
    expect(await stdoutOf('sql', SEED, '--dialect', dialect)).toBe(committed);
  }
  const narrowed = await stdoutOf(
    'sql',
    SEED,
    '--since',
    '2026-01-01',
    '--until',
    '2026-02-01',
    '--resource',
    "sg-'1",
  );
  expect(narrowed).toContain("TIMESTAMP '2026-01-01 00:00:00.000 UTC'");
  expect(narrowed).toContain(`LIKE '%"sg-''1"%'`);
});

test('sql says what it does not know of a table that it did not look at', async () => {
  const window = ['--since', '2026-01-14', '--until', '2026-01-20'];
  const sql = await stdoutOf('sql', SEED, ...window, '--table', 'security.cloudtrail');
  expect(sql).toMatch(/^-- The partitions of security[.]cloudtrail are not known/);
  expect(sql).toContain('the partitions of the days 2026-01-13..2026-01-21');
  const { code, stderr } = await hunt(['sql', SEED, '--athena', 'a.b', '--table', 'b']);
  expect(code).toBe(2);
  expect(stderr).toContain('give neither --table nor --dialect');
});

test('a rule too large for Athena is an error that says so', async () => {
  const values = Array.from({ length: 20_000 }, (_, i) => `value-number-${i}`).join(', ');
  const file = fileWith(
    ruleText(`  - { KeyPath: userAgent, Condition: IsIn, Values: [${values}] }`),
  );
  const { code, stderr } = await hunt(['sql', file]);
  expect(code).toBe(2);
  expect(stderr).toContain('too large for Athena');
});

test.each(['none', 'manual', 'projection', 'organization'])(
  'schema prints DDL: %s',
  async (partitioning) => {
    const ddl = await stdoutOf(
      'schema',
      '--partitioning',
      partitioning,
      '--account',
      '123456789012',
      '--region',
      'eu-west-1',
    );
    expect(ddl).toContain('useridentity struct<type: string, principalid: string');
    expect(ddl.includes('PARTITIONED BY')).toBe(partitioning !== 'none');
    expect(ddl.includes('projection.enabled')).toBe(/projection|organization/.test(partitioning));
  },
);

describe('test', () => {
  test('runs the tests of rules through SQL', async () => {
    expect(await stdoutOf('test', SEED)).toContain('5 passed, 0 failed, in 1 rule');
  });

  test('says which conditions decided a failure, and where', async () => {
    const file = fileWith(
      ruleText(
        `  - { KeyPath: eventName, Condition: Equals, Value: CreateSecurityGroup }
  - { KeyPath: awsRegion, Condition: StartsWith, Value: eu- }
Tests:
  - { Name: in another region, ExpectedResult: true, Log: { eventName: CreateSecurityGroup, awsRegion: us-east-1 } }
  - { Name: in this one, ExpectedResult: false, Log: { eventName: CreateSecurityGroup, awsRegion: eu-west-1 } }`,
      ),
    );
    const { code, stdout } = await hunt(['test', file]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/rule\.yml:\d+: in another region: expected a match, got no match/);
    expect(stdout).toContain('does not hold: awsRegion starts_with "eu-"');
    expect(stdout).toContain('every condition holds');
    expect(stdout).toContain('0 passed, 2 failed, in 1 rule');
  });
});

test('why shows each test of a rule for one event', async () => {
  const event = fileWith(JSON.stringify(openedGroup({ errorCode: 'Denied' })), 'event.json');
  const lines = (await stdoutOf('why', SEED, event)).trimEnd().split('\n');
  expect(lines.slice(0, 6)).toEqual([
    'false  the rule',
    'false    not',
    'true       any of',
    'true         errorCode is_not_null  actual: "Denied"',
    'false        errorMessage is_not_null  actual: missing',
    'true     eventName in ["CreateSecurityGroup", "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"]  actual: "AuthorizeSecurityGroupIngress"',
  ]);
});

describe('who changed this?', () => {
  const found = async (...args: readonly string[]): Promise<readonly (string | null)[]> => {
    const { stdout } = await hunt([SAMPLE, ...args, '--format', 'json']);
    const [section] = listedReport(JSON.parse(stdout) as ListedReport).sections;
    expect(section?.funnel.at(-2)?.stage).toMatch(/mentions|contains|in |wildcard/);
    return section?.findings.map(({ eventID }) => eventID) ?? [];
  };
  // Each option once: what it finds of which value is in test/rule/filters.test.ts.
  test.each([
    ['--resource', 'sg-0e5f6071829304152', 2],
    ['--principal', 'assumed-role/Contractor/', 6],
    ['--access-key', 'AKIAIOSFODNN7EXAMPLE', 2],
    ['--ip', '192.0.2.0/24', 1],
    ['--account', '112233445566', 23],
    ['--region', 'eu-west-1', 2],
    ['--event-id', '93d8874c-8c86-40fc-a93d-be15c765ffa0', 1],
    ['--user', 'assumed-role/contractor/', 6],
    ['--key', 'AKIAIOSFODNN7EXAMPLE', 2],
    ['--event-name', 'createsecuritygroup', 2],
  ])('%s %s: %i', async (option, value, count) =>
    expect(await found(option, value)).toHaveLength(count),
  );

  test('several values of one filter are any of them, several filters all of them', async () => {
    expect(await found('--region', 'eu-west-1', '--region', 'us-west-2')).toHaveLength(3);
    expect(await found('--region', 'eu-west-1', '--principal', 'dana')).toHaveLength(1);
  });

  test('with --any-of, one indicator is enough, within the other limits', async () => {
    const indicators = ['--any-of', '--key', 'AKIAIOSFODNN7EXAMPLE', '--ip', '192.0.2.44'];
    expect(await found(...indicators)).toHaveLength(3);
    expect(await found(...indicators, '--event-name', 'CreateSecurityGroup')).toHaveLength(1);
  });

  test('an event name that no rule looks for is refused', async () => {
    const { code, stderr } = await hunt([SAMPLE, '--rule', 'all', '--event-name', 'StopLoging']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^hunt: No rule looks for the event name StopLoging. Did you mean/);
  });

  test('where a rule matches any name, one that no call has is warned of', async () => {
    const named = (name: string) => hunt([SAMPLE, '--kind', 'change', '--event-name', name]);
    const { code, stdout } = await named('StopLoging');
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /perhaps not complete: .*--event-name: hunt knows no call StopLoging. Did you mean "StopLogging"\?/,
    );
    expect(stdout).toContain('  writes and event names and of kind change\n');
    for (const known of ['stoplogging', 'StopLog*', 'CallOfTomorrow'])
      expect((await named(known)).stdout).not.toContain('hunt knows no call');
  });
});

test('--severity leaves out rules and findings of a lower severity', async () => {
  const all = await hunt([
    SAMPLE,
    '-r',
    'AWS.EC2.*SecurityGroup*',
    '--severity',
    'High',
    '-f',
    'json',
  ]);
  const { sections } = listedReport(JSON.parse(all.stdout) as ListedReport);
  expect(sections.map(({ rule }) => rule.severity)).toEqual(['High']);
  const { code, stderr } = await hunt([SAMPLE, '--severity', 'critical']);
  expect(code).toBe(2);
  expect(stderr).toContain(`--severity critical leaves no rule: ${SEED} has the severity Medium`);
});

test('several rules run in one pass, with a section each', async () => {
  const mine = fileWith(
    ruleText('  - { KeyPath: eventName, Condition: Equals, Value: RevokeSecurityGroupIngress }'),
  );
  const { stdout } = await hunt([SAMPLE, '--rule', SEED, '--rule', mine, '--format', 'json']);
  const { sections } = listedReport(JSON.parse(stdout) as ListedReport);
  expect(sections.map(({ rule, findings }) => [rule.id, findings.length])).toEqual([
    [SEED, 23],
    ['Test.Rule', 1],
  ]);
  const csv = await hunt([SAMPLE, '--rule', SEED, '--rule', mine, '--format', 'csv']);
  expect(csv.stdout.split('\n')[0]).toMatch(/^time,result,.*,rules,/);
});
