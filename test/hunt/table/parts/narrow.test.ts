/** Columnar tables: the first statement reads only what is tested and counted, and a second one the findings. */
import { beforeAll, expect, test } from 'vitest';
import { COLUMNS } from '../../../../src/cloudtrail/field/columns.js';
import type { JsonObject } from '../../../../src/cloudtrail/json.js';
import { toRecord } from '../../../../src/cloudtrail/record.js';
import type { Row, TableEngine } from '../../../../src/engine/engine.js';
import { openTrino } from '../../../../src/hunt/table/trino.js';
import { DEFAULT_RULE } from '../../../../src/rule/catalog/built-in.js';
import { findRule } from '../../../../src/rule/catalog/find.js';
import { trino as trinoDialect } from '../../../../src/sql/dialect/trino.js';
import { sampleRecords } from '../../../support/athena/sample-table.js';
import { ruleWith } from '../../../support/rules.js';
import { openedGroup, type ListedSection } from '../../../support/hunt-events.js';
import { describeWithTrino } from '../../../support/trino.js';
import { trinoUrl } from '../../../support/trino-proxy.js';
import { huntTable, type HuntTableOptions } from '../hunt-table.js';

const COLUMNAR: HuntTableOptions = {
  source: 'source',
  description: { storage: { columnar: true, iceberg: true } },
};
const ROWS: HuntTableOptions = { source: 'source' };

/** Repeats that differ in a column that no rule tests, in several files. */
const repeats = ['b', 'a', 'c'].map((requestID, n) =>
  toRecord(openedGroup({ eventID: 'repeated', requestID }) as JsonObject, `file-${n}`),
);

await describeWithTrino('a columnar table', (trino) => {
  beforeAll(async () => {
    await trino.createEvents('logs', [...sampleRecords(), ...repeats]);
    for (const name of ['logs', 'fallback', 'stamped'])
      await trino.rows(`CREATE TABLE "${name}$files" AS SELECT 128000000 AS file_size_in_bytes`);
  });

  const resultOf = async (name: string, options: HuntTableOptions) => {
    const { sections, coverage, warnings, source, files } = await huntTable(trino, name, {
      ...options,
    });
    return {
      report: { sections: sections.map(withoutConflicts), coverage, warnings, files },
      queries: source.execution?.queries.map(({ part }) => part),
    };
  };
  /** What one statement finds with the usual rule in the table that no test changes. */
  let ofLogs: ReturnType<typeof resultOf> | undefined;
  const wholeLogs = () => (ofLogs ??= resultOf('logs', ROWS));
  /** Whether records of one event differ is judged by the columns that are read. */
  const withoutConflicts = (section: ListedSection): ListedSection => ({
    ...section,
    repeats: { ...section.repeats, conflicting: 0 },
  });

  // The rule for openings tests what is large too, but Trino takes longest to plan it.
  const LARGE = ruleWith('  - { KeyPath: requestParameters.groupId, Condition: Exists }');
  test.each([
    ['one rule', [findRule(DEFAULT_RULE)]],
    [
      'rules that test what is large',
      [LARGE, ...[DEFAULT_RULE, 'AWS.S3.ManualAclChange'].map((id) => findRule(id))],
    ],
  ])('gives the same for %s', async (_what, rules) => {
    const narrow = await resultOf('logs', { ...COLUMNAR, rules });
    const whole = await resultOf('logs', { ...ROWS, rules });
    expect(narrow.report).toEqual(whole.report);
    expect(narrow.queries).toEqual(['all findings', 'all tested columns', 'size of files']);
    expect(whole.queries).toEqual(['all']);
    expect(narrow.report.sections[0]?.findings.length).toBeGreaterThan(0);
  });

  test('gives the same for a list of names that is empty', async () => {
    const NAMES = 'Parameters:\n  NAMES:\n    Default: []';
    const rules = [ruleWith('  - { KeyPath: eventName, Condition: IsIn, Values: $NAMES }', NAMES)];
    const narrow = await resultOf('logs', { ...COLUMNAR, rules });
    expect(narrow.report).toEqual((await resultOf('logs', { ...ROWS, rules })).report);
    expect(narrow.queries).toEqual(['all tested columns', 'size of files']);
  });

  test('is read once where nothing is found', async () => {
    const window = { since: Date.parse('2001-01-01'), until: Date.parse('2001-01-02') };
    const { queries } = await resultOf('logs', { ...COLUMNAR, window });
    expect(queries).toEqual(['all tested columns', 'size of files']);
  });

  test('whose eventTime is a timestamp gives the same', async () => {
    const others = COLUMNS.map(({ column }) => column).filter((name) => name !== 'eventtime');
    await trino.rows(
      `CREATE TABLE stamped AS SELECT ${others.join(', ')}, source, CAST(${trinoDialect.instant('eventtime')} AS timestamp(6) with time zone) AS eventtime FROM logs`,
    );
    const narrow = await resultOf('stamped', COLUMNAR);
    expect(narrow.report).toEqual((await wholeLogs()).report);
    expect(narrow.queries).toContain('all findings');
  });

  test('that has what cannot be read says the same', async () => {
    const others = COLUMNS.map(({ column }) => column).filter((name) => name !== 'useridentity');
    await trino.rows(
      `CREATE TABLE spoilt AS SELECT ${others.join(', ')}, source, json_format(CAST(useridentity AS JSON)) AS useridentity FROM logs`,
    );
    await trino.rows(`CREATE TABLE "spoilt$files" AS SELECT 128000000 AS file_size_in_bytes`);
    await trino.rows(`INSERT INTO spoilt (source, awsregion) VALUES ('nothing', 'eu-west-1')`);
    await trino.rows(
      `INSERT INTO spoilt (eventtime, eventname, eventsource, eventid, source, useridentity) SELECT eventtime, eventname, eventsource, 'odd', 'odd', 'oops' FROM logs WHERE eventid = 'repeated' LIMIT 1`,
    );
    const rules = [findRule(DEFAULT_RULE)];
    const narrow = await resultOf('spoilt', { ...COLUMNAR, rules });
    const rows = await resultOf('spoilt', { ...ROWS, rules });
    // An empty line may be the cause of a row of NULLs, but only in a file of lines.
    expect(rows.report.files.unreadable).toEqual([
      expect.objectContaining({ reason: expect.stringContaining('an empty line') as string }),
    ]);
    expect(narrow.report).toEqual({ ...rows.report, files: narrow.report.files });
    expect(narrow.queries).toContain('all findings');
    expect(narrow.report.files.unreadable).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(/^1 of \d+ rows with neither/) }),
    ]);
    expect(narrow.report.warnings).toContainEqual({
      code: 'FIELDS_UNREADABLE',
      message: expect.stringMatching(/^1 event .* userIdentity .*, one of them in odd$/),
    });
  });

  test('of small files is read by one statement', async () => {
    await trino.rows('CREATE TABLE small AS SELECT * FROM logs');
    await trino.rows(`CREATE TABLE "small$files" AS SELECT 1000000 AS file_size_in_bytes`);
    expect((await resultOf('small', COLUMNAR)).queries).toEqual(['all', 'size of files']);
  });

  const FALLBACKS: readonly (readonly [string, readonly JsonObject[]])[] = [
    [
      'a record has no eventID',
      [openedGroup({ eventID: undefined }), openedGroup({ eventID: 'x' })] as JsonObject[],
    ],
    [
      'very many records match',
      Array.from({ length: 1001 }, (_, n) => openedGroup({ eventID: `many-${n}` }) as JsonObject),
    ],
  ];
  test.each(FALLBACKS)('is read by one statement where %s', async (_why, logs) => {
    await trino.createEvents(
      'fallback',
      logs.map((log) => toRecord(log, 'file')),
    );
    const narrow = await resultOf('fallback', COLUMNAR);
    const whole = await resultOf('fallback', ROWS);
    expect(narrow.report).toEqual(whole.report);
    expect(narrow.queries).toEqual(['all', 'all tested columns', 'size of files']);
    expect(narrow.report.sections[0]?.findings).toHaveLength(logs.length);
  });

  test('of several parts compares whole records, and tries no further part after one with very many', async () => {
    const delivered = (day: string, eventID: string, requestID = 'one') =>
      toRecord(
        openedGroup({ eventID, requestID, eventTime: `${day}T12:00:00Z` }) as JsonObject,
        day,
      );
    const same = delivered('2026-01-02', 'same');
    await trino.createEvents('unparted', [
      same,
      delivered('2026-01-02', 'differs'),
      delivered('2026-01-02', 'differs', 'two'),
      delivered('2026-01-02', 'differs later'),
      // Other parts have records of the first two events.
      { ...same, source: '2026-01-12' },
      ...Array.from({ length: 1001 }, (_, n) => delivered('2026-01-12', `many-${n}`)),
      { ...delivered('2026-01-02', 'differs later', 'two'), source: '2026-01-22' },
    ]);
    await trino.rows('CREATE TABLE parted AS SELECT *, source AS dt FROM unparted');
    await trino.rows(`CREATE TABLE "parted$files" AS SELECT 128000000 AS file_size_in_bytes`);
    const options = {
      window: { since: Date.parse('2026-01-02'), until: Date.parse('2026-01-23') },
      partitions: { date: 'dt', format: 'yyyy-MM-dd' },
      atOnce: 1,
    };
    const narrow = await huntTable(trino, 'parted', { ...COLUMNAR, ...options });
    const whole = await huntTable(trino, 'parted', { ...ROWS, ...options });
    expect(narrow.sections).toEqual(whole.sections);
    expect(narrow.sections[0]?.repeats).toEqual({ removed: 3, conflicting: 2 });
    expect(narrow.source.execution?.queries.map(({ part }) => part)).toEqual([
      '2026-01-01..2026-01-08 findings',
      '2026-01-01..2026-01-08 tested columns',
      '2026-01-09..2026-01-16',
      '2026-01-09..2026-01-16 tested columns',
      '2026-01-17..2026-01-24',
      'registered partitions',
      'size of files',
    ]);
  });

  test('that changes between the two statements is read again', async () => {
    const { engine } = await openTrino({
      url: `${await trinoUrl()}/memory/${trino.schema}/logs`,
      environment: {},
      columns: new Map(),
      roles: new Map(),
      signal: new AbortController().signal,
      maxScan: undefined,
      onProgress: () => undefined,
    });
    const losing: TableEngine = {
      executions: () => engine.executions(),
      close: () => engine.close(),
      async *rows(sql: string, part: string): AsyncIterable<Row> {
        const lost = part.endsWith(' findings') ? 1 : 0;
        let seen = 0;
        for await (const own of engine.rows(sql, part)) if (seen++ >= lost) yield own;
      },
    };
    const narrow = await resultOf('logs', { ...COLUMNAR, engine: losing });
    await losing.close();
    expect(narrow.report).toEqual((await wholeLogs()).report);
    expect(narrow.queries).toEqual(['all', 'all findings', 'all tested columns', 'size of files']);
  });
});
