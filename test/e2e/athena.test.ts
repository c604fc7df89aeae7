/** The built command against Athena's protocol, with the real SDK; the statements run on the real Trino. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toRecord } from '../../src/cloudtrail/record.js';
import type { Report } from '../../src/report/report.js';
import { builtInRules } from '../../src/rule/catalog/find.js';
import { awsEnvironment } from '../support/athena/aws-environment.js';
import { createLayouts, LAYOUTS, sampleRecords } from '../support/athena/sample-table.js';
import { startAthena, type AthenaServer } from '../support/athena/server.js';
import { trinoExecutor } from '../support/athena/trino-executor.js';
import { documentedTable } from '../support/athena/tables.js';
import { hunt, SAMPLE, type Run } from '../support/run-hunt.js';
import { describeWithTrino } from '../support/trino.js';
import { listedReport } from '../support/hunt-events.js';

await describeWithTrino('hunt --athena', (trino) => {
  let server: AthenaServer;
  beforeAll(async () => {
    const tables = await createLayouts(trino, 'logs', sampleRecords());
    await trino.createEvents('plain', [toRecord({}, 's3://example-trail/AWSLogs/a.json.gz')]);
    tables.push({ database: 'logs', metadata: documentedTable('plain') });
    server = await startAthena({
      execute: await trinoExecutor(trino, 'logs'),
      tables,
      workGroups: [
        {
          Name: 'primary',
          Configuration: { ResultConfiguration: { OutputLocation: 's3://example-results/' } },
        },
      ],
    });
  });
  afterAll(() => server.close());

  const athena = (table: string, ...args: readonly string[]) =>
    hunt(['--athena', table, '--endpoint', server.url, ...args], { environment: awsEnvironment() });

  const WINDOW = ['--since', '2026-01-13', '--until', '2026-01-17'];
  const MONTHS = ['--since', '2025-12-25', '--until', '2026-02-03'];

  // A statement over many rules takes Trino long to plan, so only one test runs it.
  const SOME_RULES = [
    '--rule',
    'AWS.EC2.ManualSecurityGroupChange',
    '--rule',
    'AWS.S3.ManualBucketPolicyChange',
  ];

  /** What the local dumps give, asked once for all layouts. */
  const local = new Map<string, Promise<Run>>();
  const localRun = (options: readonly string[]): Promise<Run> => {
    const key = options.join(' ');
    const run = local.get(key) ?? hunt([SAMPLE, ...options]);
    local.set(key, run);
    return run;
  };

  describe.each(LAYOUTS)('a table partitioned: %s', (layout) => {
    // All time is many parts where there are partitions, each with statements of its own: some months of one layout are enough.
    const longer = new Map<string, readonly [string, readonly string[]]>([
      ['none', ['of all time', []]],
      ['manual', ['of some months', MONTHS]],
    ]).get(layout);
    test.each([
      ['in a window', [...WINDOW, ...SOME_RULES]] as const,
      ...(longer === undefined ? [] : [longer]),
    ])('gives the report of the local dumps, %s', async (_name, asked) => {
      const options = ['--format', 'json', ...asked];
      const [there, here] = await Promise.all([
        athena(`logs.${layout}`, ...options),
        localRun(options),
      ]);
      expect(there.stdout, there.stderr).not.toBe('');
      const [own, other] = [there, here].map(({ stdout }) => JSON.parse(stdout) as Report);
      // Without partitions all is read, and the local dumps of days outside the window are not.
      const beside = layout === 'none' ? ['read', 'event names'] : [];
      expect(comparable(own, beside)).toEqual(comparable(other, beside));
      if (layout !== 'none') expect(own?.coverage).toEqual(other?.coverage);
    });
  });

  test('hunt sql writes the partitions of the table', async () => {
    const args = [
      'sql',
      'AWS.EC2.ManualSecurityGroupChange',
      ...WINDOW,
      '--athena',
      'logs.projection',
      '--endpoint',
      server.url,
    ];
    const { code, stdout, stderr } = await hunt(args, { environment: awsEnvironment() });
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(`"timestamp" >= '2026/01/12' AND "timestamp" < '2026/01/19'`);
  });

  test('a table that gives only NULLs ends with exit code 3, and says why', async () => {
    const { code, stdout, stderr } = await athena('logs.plain', '--allow-empty');
    expect(code).toBe(3);
    expect(stdout).toContain('nothing was found');
    const lost =
      'logs.plain: 1 of 1 row with neither an event name nor a time, so nothing of them can be read';
    expect(stderr).toContain(`hunt: exit code 3: evidence was lost: could not read ${lost}`);
    expect(stderr).toContain("the files of a trail need CloudTrail's SerDe or input format");
  });

  // The rules on any call meet Trino in tests of their own, and take it as long as all others.
  test('the CSV of every rule on some calls has the bytes of the local one, but for the files', async () => {
    const ids = [...builtInRules().values()].map(({ id }) => id);
    const rules = ids.filter((id) => !id.startsWith('AWS.Any.'));
    const options = [...rules.flatMap((id) => ['--rule', id]), '--format', 'csv', ...WINDOW];
    const [there, here] = await Promise.all([
      athena('logs.organization', ...options),
      hunt([SAMPLE, ...options]),
    ]);
    expect(there.stdout.split('\n').length).toBeGreaterThan(10);
    const withoutFiles = (csv: string): string =>
      csv.replaceAll(/,[^,"\n]*\/CloudTrail\/[^,"\n]*(?=,)/g, ',');
    expect(withoutFiles(there.stdout)).toBe(withoutFiles(here.stdout));
    expect(there.stdout).toContain('.json.gz');
  });
});

/** A report without the fields and the stages in which engines differ. */
function comparable(report: Report | undefined, stages: readonly string[]): unknown {
  return (
    report &&
    listedReport(report).sections.map(({ funnel, findings, warnings: _warnings, ...section }) => ({
      ...section,
      funnel: funnel.filter(({ stage }) => !stages.includes(stage)),
      findings: findings.map(({ source: _source, extra: _extra, ...finding }) => finding),
    }))
  );
}
