/** The built command on a real Trino: the same report as of local dumps, and errors where there is no table. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { toRecord } from '../../src/cloudtrail/record.js';
import type { Finding } from '../../src/report/finding.js';
import type { Report } from '../../src/report/report.js';
import { createLayouts, sampleRecords } from '../support/athena/sample-table.js';
import { emptyFolder, hunt, huntProcess, SAMPLE, type Run } from '../support/run-hunt.js';
import { TrinoProxy, trinoUrl } from '../support/trino-proxy.js';
import { describeWithTrino } from '../support/trino.js';
import { listedReport, openedGroup } from '../support/hunt-events.js';
import { assumed, session, sessionKey, user } from '../support/key-events.js';

const WINDOW = ['--since', '2026-01-13', '--until', '2026-01-17'];
/** A table of a connector without partition keys. The configuration names its keys. */
const PARTITIONS = '{ region: region, year: year, month: month, day: day }';

await describeWithTrino('hunt --trino', (trino) => {
  let server: string;
  let schema: string;
  beforeAll(async () => {
    server = await trinoUrl();
    schema = trino.schema;
    await createLayouts(trino, 'logs', sampleRecords());
    await trino.rows('CREATE TABLE events AS SELECT * FROM manual');
  });

  const urlOf = (table: string): string => `${server}/memory/${schema}/${table}`;
  const huntTable = (table: string, ...args: readonly string[]): Promise<Run> =>
    hunt(['--trino', urlOf(table), ...args]);
  /** With a hunt.yml for the table at this address. */
  const huntAt = (url: string, ...args: readonly string[]): Promise<Run> => {
    const folder = emptyFolder();
    const config = `trino: { url: "${url}", partitions: ${PARTITIONS} }\n`;
    writeFileSync(join(folder, 'hunt.yml'), config);
    return hunt(args, { cwd: folder });
  };
  const huntConfigured = (table: string, ...args: readonly string[]): Promise<Run> =>
    huntAt(urlOf(table), ...args);

  describe.each([
    // Trino plans a statement of all rules for half a minute.
    [
      'a whole table',
      'events',
      huntTable,
      ['--rule', '*SecurityGroup*Change', '--rule', 'AWS.S3.*'],
      4,
      0,
    ],
    // A window does not contain the sample's event without a time, which is lost evidence there.
    // Its many parts are as many statements, and Trino takes longest to plan the rule for openings.
    [
      'the partitions of a window',
      'events',
      huntConfigured,
      [
        '--rule',
        'AWS.EC2.ManualSecurityGroupChange',
        '--rule',
        'AWS.EC2.ManualSecurityGroupAnyChange',
        ...WINDOW,
      ],
      1,
      3,
    ],
  ] as const)('%s', (_name, table, huntIt, options, rules, code) => {
    test('gives what the local dumps give: the CSV to the byte, but for the source', async () => {
      const folder = emptyFolder();
      const [there, here] = await Promise.all([
        huntIt(table, ...options, '--format', 'csv', '--output', join(folder, 'table.json')),
        hunt([SAMPLE, ...options, '--format', 'csv', '--output', join(folder, 'dump.json')]),
      ]);
      expect(there.code, there.stderr).toBe(code);
      expect(there.stdout.split('\n').length).toBeGreaterThan(5);
      const withoutFiles = here.stdout.replaceAll(/,[^,"\n]*\/CloudTrail\/[^,"\n]*(?=,)/g, ',');
      expect(there.stdout).toBe(withoutFiles);
      const [own, other] = ['table', 'dump'].map(
        (name) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Report,
      );
      expect(own?.sections.length).toBeGreaterThan(rules);
      expect(comparable(own)).toEqual(comparable(other));
      expect(own?.coverage).toEqual(other?.coverage);
      expect(own?.source.missingFields).toContain('source');
    });
  });

  test('hunt who follows keys in a table as in local dumps, and adds up what it read', async () => {
    const folder = emptyFolder();
    const reports = await Promise.all(
      [['--trino', urlOf('events')], [SAMPLE]].map((where, index) =>
        hunt(['who', 'dana', ...where, '--output', join(folder, `${index}.json`)]),
      ),
    );
    expect(reports.map(({ code }) => code)).toEqual([0, 0]);
    const [there, here] = ['0.json', '1.json'].map(
      (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report,
    );
    expect(here?.callers?.length).toBeGreaterThan(0);
    expect(there?.callers).toEqual(here?.callers);
    expect(there?.calls).toEqual(here?.calls);
    // The table has no sourceIdentity, so the name is not looked for there.
    const deedsIn = (report: Report | undefined) =>
      [...(report?.findings ?? [])].map(({ eventID, actor, change }) => [eventID, actor, change]);
    expect(deedsIn(there)).toEqual(deedsIn(here));
    expect(there?.source.execution?.queries.length).toBeGreaterThan(0);
  });

  test('hunt who takes the names of a report for a table as for local dumps', async () => {
    const idsOf = async (name: string, where: readonly string[]) => {
      const { stdout, stderr } = await hunt(['who', name, ...where, '-f', 'json']);
      expect(stdout, stderr).not.toBe('');
      return [...(JSON.parse(stdout) as Report).findings].map(({ eventID }) => eventID);
    };
    for (const [name, count] of [
      ['role/SecurityAdmin (session dana)', 10],
      ['user/legacy-deploy', 2],
    ] as const) {
      const here = await idsOf(name, [SAMPLE]);
      expect(here.length).toBeGreaterThanOrEqual(count);
      expect(await idsOf(name, ['--trino', urlOf('events')])).toEqual(here);
    }
  });

  test('hunt who asks a table for keys from before the window, and counts what that read', async () => {
    const [first, second] = [sessionKey('first'), sessionKey('second')];
    const taken = (by: unknown, [role, key]: readonly [string, string], eventTime: string) => {
      const { arn } = session(role, key);
      const responseElements = { credentials: { accessKeyId: key }, assumedRoleUser: { arn } };
      return assumed({ by, role, key }, { eventTime, responseElements });
    };
    const events = [
      taken(user('dana'), ['Jump', first], '2026-01-13T09:00:00Z'),
      taken(session('Jump', first), ['Deploy', second], '2026-01-13T20:00:00Z'),
      openedGroup({ userIdentity: session('Deploy', second), eventID: 'opened' }),
      openedGroup({ userIdentity: session('Deploy', sessionKey('other')), eventID: 'stranger' }),
    ];
    const folder = emptyFolder();
    const logs = join(folder, 'logs.json');
    writeFileSync(logs, JSON.stringify({ Records: events }));
    await trino.createEvents(
      'before_window',
      events.map((event) => toRecord(event as JsonObject, logs)),
    );
    const table = ['--trino', urlOf('before_window')];
    const since = ['--since', '2026-01-14T09:00:00Z'];
    const outcomes = await Promise.all(
      [table, [logs]].map(async (where, index) => {
        const output = join(folder, `${index}-report.json`);
        const { stderr } = await hunt(['who', 'dana', ...where, ...since, '--output', output]);
        return { stderr, report: JSON.parse(readFileSync(output, 'utf8')) as Report };
      }),
    );
    const [there, here] = outcomes.map(({ report }) => report);
    expect([...(there?.findings ?? [])].map(({ eventID }) => eventID)).toEqual(['opened']);
    expect(there?.callers).toEqual(here?.callers);
    expect(there?.links).toEqual(here?.links);
    expect(there?.links).toHaveLength(2);
    expect([...(there?.findings ?? [])].map(({ actor }) => actor)).toEqual(
      [...(here?.findings ?? [])].map(({ actor }) => actor),
    );
    const name = 'user/dana as role/Deploy';
    expect([...(there?.findings ?? [])]).toMatchObject([{ actor: { name } }]);
    // So it is for the key of a session.
    const ofKey = await hunt(['who', second, ...table, ...since, '-f', 'json']);
    expect([...(JSON.parse(ofKey.stdout) as Report).findings]).toMatchObject([
      { actor: { name: 'role/Jump as role/Deploy' } },
    ]);
    expect(there?.warnings.map(({ code }) => code)).not.toContain('KEYS_NOT_FOLLOWED');
    expect(outcomes[0]?.stderr).toContain('keys that were issued in the 36 hours before');
    // The time before the window was read for each of the two steps and once more, and the window once.
    const parts = there?.source.execution?.queries.map(({ part }) => part) ?? [];
    expect(parts).toHaveLength(4);
    // A table may have no sourceIdentity, also where several names and keys are asked for.
    const several = await hunt(['who', 'dana', 'nobody', second, ...table, '-f', 'json']);
    const { findings, warnings } = JSON.parse(several.stdout) as Report;
    expect([...findings].map(({ eventID }) => eventID)).toContain('opened');
    expect(warnings.map(({ message }) => message)).toContain('no call is by "nobody"');
    const filtered = await hunt(['who', 'dana', ...table, ...since, '--region', 'eu-west-1']);
    expect(filtered.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'where --account or --region does not look were not looked for',
    );
    const dry = await hunt(['who', 'dana', ...table, ...since, '--dry-run']);
    expect(dry.stdout.match(/: no query was run/g)).toHaveLength(2);
  });

  test('asks once for the files of records, where the connector knows none', async () => {
    await trino.rows('CREATE TABLE without_files AS SELECT * FROM manual');
    // Trino forgets its old queries, and other tests ask it too.
    const proxy = await TrinoProxy.start(server);
    try {
      const url = `${proxy.url}/memory/${schema}/without_files`;
      const run = await huntAt(url, '--since', '2026-01-01', '--until', '2026-02-01');
      expect(run.stderr).toMatch(/exit code 3: .*\[UNDATED_MATCH\]$/m);
    } finally {
      await proxy.close();
    }
    const statements = proxy.asked.flatMap(({ method, body }) => (method === 'POST' ? body : []));
    expect(statements.filter((sql) => sql.includes('"$path"'))).toHaveLength(1);
    expect(statements.length).toBeGreaterThan(5);
  });

  test.each([
    ['/memroy/x/all_events', 'has no catalog "memroy". Did you mean "memory"?'],
    [
      '/memory/defualt/all_events',
      'has no schema "defualt" in catalog "memory". Did you mean "default"?',
    ],
    [
      '/memory/SCHEMA/all_event',
      'has no table "all_event" in memory.SCHEMA. Did you mean "all_events"?',
    ],
    ['/memory/all_events', 'its path must be /catalog/schema/table'],
  ])('says what is wrong with %s', async (path, message) => {
    const named = (text: string): string => text.replace('SCHEMA', schema);
    const run = await hunt(['--trino', server + named(path)]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(named(message));
  });

  test('SIGINT cancels the query, and ends with 130', async () => {
    await trino.rows(`CREATE VIEW endless AS SELECT e.* FROM all_events e
      CROSS JOIN UNNEST(sequence(1, 10000)) a (x) CROSS JOIN UNNEST(sequence(1, 10000)) b (y)
      CROSS JOIN UNNEST(sequence(1, 10000)) c (z)`);
    const queries = () =>
      trino.rows(
        `SELECT state, error_code FROM system.runtime.queries
          WHERE source = 'hunt' AND query LIKE 'WITH%."endless"%'`,
      );
    const run = await huntProcess(['--trino', urlOf('endless')], {
      interruptWhen: async () => (await queries()).some(({ state }) => state === 'RUNNING'),
    });
    expect(run).toMatchObject({ code: 130, stdout: '' });
    // Trino may say so a moment after it has answered that it cancels.
    await expect
      .poll(queries, { timeout: 150_000 })
      .toEqual([{ state: 'FAILED', error_code: 'USER_CANCELED' }]);
  });
});

/** The sections of a report, without the fields in which engines differ. */
function comparable(report: Report | undefined): unknown {
  return (
    report &&
    listedReport(report).sections.map(({ findings, ...section }) => ({
      ...section,
      findings: findings.map(({ source: _source, extra: _extra, ...finding }: Finding) => finding),
    }))
  );
}
