/** Rows of which nothing can be read are lost evidence, and not records that were read. */
import { expect, test } from 'vitest';
import type { RecordCount } from '../../../../src/answer/row.js';
import type { JsonObject } from '../../../../src/cloudtrail/json.js';
import { toRecord } from '../../../../src/cloudtrail/record.js';
import { HOUR } from '../../../../src/cloudtrail/time/window.js';
import { judgeSample } from '../../../../src/hunt/doctor/sample.js';
import { lostRows, type CountedPart } from '../../../../src/hunt/table/coverage/lost-rows.js';
import { buildQuery } from '../../../../src/query/build.js';
import { bind } from '../../../../src/rule/bind.js';
import type { TableDescription } from '../../../../src/table/description.js';
import { openedGroup } from '../../../support/hunt-events.js';
import { ruleWith } from '../../../support/rules.js';
import { describeWithTrino } from '../../../support/trino.js';
import { huntTable } from '../hunt-table.js';

const opened = ruleWith(
  '  - { KeyPath: eventName, Condition: Equals, Value: AuthorizeSecurityGroupIngress }\n' +
    '  - { KeyPath: eventSource, Condition: Equals, Value: ec2.amazonaws.com }',
);
/** It matches every record that counts as one. */
const anything = { ...ruleWith('  - { KeyPath: sourceIPAddress, Condition: IsNull }'), id: 'Any' };

await describeWithTrino('a table', (trino) => {
  const create = (name: string, ...records: readonly (readonly [object, string])[]) =>
    trino.createEvents(
      name,
      records.map(([event, file]) => toRecord(event as JsonObject, file)),
    );
  const DIGEST = 's3://trail/AWSLogs/1/CloudTrail-Digest/us-east-1/d.json.gz';
  const FILE = 's3://trail/AWSLogs/1/CloudTrail/us-east-1/2026/01/14/a.json.gz';

  test('that gives nothing but NULLs has no record, and says how its files must be read', async () => {
    await create(
      'nothing',
      [{}, FILE],
      [{ awsRegion: 'us-east-1' }, FILE],
      [{ eventName: '' }, FILE],
    );
    const report = await huntTable(trino, 'nothing', {
      rules: [opened, anything],
      source: 'source',
    });
    expect(report.files.unreadable).toEqual([
      {
        path: expect.stringMatching(/\/nothing$/),
        reason: expect.stringMatching(
          `^3 of 3 rows with neither an event name nor a time.*${FILE}.*need CloudTrail's SerDe or input format`,
        ),
      },
    ]);
    expect(report.warnings).toEqual([
      {
        code: 'NO_RECORDS',
        message:
          'no CloudTrail record was read: the table gave only other rows (3 of which nothing can be read)',
      },
    ]);
    expect(report.sections.map(({ funnel }) => funnel.map(({ events }) => events))).toEqual([
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(report.coverage).toMatchObject({ accounts: [], regions: [] });
  });

  test('that gives some names them, and hunts the others', async () => {
    const others = { requestParameters: null, sourceIPAddress: undefined };
    await create(
      'mixed',
      [openedGroup(others), FILE],
      [{ ...others, userIdentity: { type: 'Root' } }, FILE],
      [{}, DIGEST],
      [openedGroup({ ...others, eventType: 'AwsCloudTrailInsight', eventName: undefined }), DIGEST],
    );
    const report = await huntTable(trino, 'mixed', { rules: [opened, anything], source: 'source' });
    expect(report.files).toMatchObject({
      unreadable: [
        {
          reason: expect.stringMatching(
            `^2 of 4 rows with .*one of them in ${FILE}: an empty line between two events`,
          ),
        },
      ],
      skippedRecords: [{ reason: 'Insights', count: 1 }],
    });
    expect(report.warnings).toEqual([]);
    expect(report.sections.map(({ findings }) => findings.length)).toEqual([1, 1]);
    expect(report.sections[1]?.funnel[0]).toEqual({ stage: 'read', events: 1 });
  });

  test('that lacks a name or a source in some rows names these, where a rule tests it', async () => {
    await create(
      'parts',
      [openedGroup(), FILE],
      [openedGroup({ eventID: 'b', eventName: undefined }), FILE],
      [openedGroup({ eventID: 'c', eventSource: '' }), FILE],
      [openedGroup({ eventID: 'd', eventSource: undefined }), FILE],
    );
    const report = await huntTable(trino, 'parts', { rules: [opened] });
    expect(report.files.unreadable.map(({ reason }) => reason.split(',')[0])).toEqual([
      '1 of 4 rows without an eventName',
      '2 of 4 rows without an eventSource',
    ]);
    expect(report.sections[0]?.funnel[0]).toEqual({ stage: 'read', events: 4 });
    const other = await huntTable(trino, 'parts', { rules: [anything] });
    expect(other.files.unreadable).toEqual([]);
  });
});

const DAY_ONE = Date.parse('2026-01-01T00:00:00Z');

function part(day: number, ...counts: readonly Partial<RecordCount>[]) {
  const first = DAY_ONE + day * 24 * HOUR;
  const none = { records: 0, first: undefined, last: undefined, hours: [] };
  return {
    slice: { days: { first, last: first }, accounts: undefined, regions: undefined },
    counts: counts.map((count): RecordCount => ({
      kind: 'records',
      account: null,
      region: null,
      notEvent: null,
      eventKind: null,
      records: 1,
      first: undefined,
      last: undefined,
      inWindow: none,
      otherHours: [],
      example: null,
      withoutName: 0,
      withoutSource: 0,
      odd: 0,
      ...count,
    })),
  };
}

test('the partitions that give such rows are named, in order, where not all do', () => {
  const window = { since: undefined, until: undefined };
  const [query] = [
    buildQuery([bind(opened, new Map())], window, { exclusions: true, filters: [] }),
  ];
  const description = {
    columns: [],
    partitionKeys: [],
    properties: new Map([['inputformat', 'org.apache.hadoop.mapred.TextInputFormat']]),
  };
  const unreadable = { notEvent: 'unreadable', records: 7, withoutName: 7, withoutSource: 7 };
  const lostOf = (own: TableDescription, ...parts: readonly CountedPart[]) =>
    lostRows({ table: { name: 'logs.trail', description: own }, query, parts });
  const lost = lostOf(
    description,
    part(2, unreadable),
    part(0, { records: 90 }),
    part(1, unreadable, { records: 3 }),
  );
  expect(lost).toEqual([
    {
      path: 'logs.trail 2026-01-02, 2026-01-03',
      reason: expect.stringMatching(
        /^14 of 107 rows with .*\(this table has org\.apache\.hadoop\.mapred\.TextInputFormat\)/,
      ),
    },
  ]);
  // Only lines can be empty, and only where the same partitions have events is it likely that these rows are such lines.
  const mixed = part(1, unreadable, { records: 3 });
  const columnar = { ...description, storage: { columnar: true, iceberg: false } };
  const says = (own: TableDescription, ...parts: readonly CountedPart[]) =>
    lostOf(own, ...parts)[0]?.reason.includes('empty line');
  expect(says(description, mixed)).toBe(true);
  expect(says(columnar, mixed)).toBe(false);
  expect(says(description, part(2, unreadable), part(0, { records: 90 }))).toBe(false);
});

test('hunt doctor counts such rows apart from those that lack one of both, and names the same cause', () => {
  const rows = [
    { part: 'the table', eventname: 'RunInstances', eventtime: '2026-01-01T00:00:00Z' },
    { part: 'the table', eventname: null, eventtime: '2026-01-01T00:00:00Z' },
    { part: 'the table', eventname: null, eventtime: null },
    { part: 'the table', eventname: '', eventtime: '' },
  ];
  const description = { columns: [], partitionKeys: [], properties: new Map<string, string>() };
  const whole = { days: undefined, accounts: undefined, regions: undefined };
  expect(judgeSample({ description }, rows, [whole])).toEqual({
    status: 'note',
    message: expect.stringMatching(
      /; 2 of 4 records have neither an event name nor a time, .* an empty line .*; 1 of 4 records have no readable time/,
    ),
  });
});
