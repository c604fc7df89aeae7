/** Real logs that others published. They are not part of the project; see `test/support/fixtures.ts`. */
import { namesRequired } from '../../support/read-dump.js';
import { expect, test } from 'vitest';
import { describeWithFixtures, fixture } from '../../support/fixtures.js';
import { readPaths } from '../dumps.js';

/** Events, distinct event IDs, and files that cannot be read. */
const FOLDERS: Readonly<
  Record<string, readonly [events: number, ids: number, unreadable: number]>
> = {
  'invictus-ir+aws_dataset': [2900, 2900, 0],
  'DataDog+stratus-red-team': [310, 310, 0],
  'umccr+cloudtrail-parquet-lambda': [206, 204, 0],
  'cloud-custodian+cloud-custodian': [24, 22, 0],
  'log2timeline+plaso': [6, 6, 0],
  // Beside each log is the Parquet file that Security Lake makes of it.
  'aws-samples+amazon-security-lake-ocsf-validation': [21, 20, 21],
  'grafana+lambda-promtail': [2, 2, 0],
  'protectai+llm-guard': [0, 0, 0],
  // Two events come before the break in line 85 of one file. The other has its events inside of documents (`aws.cloudtrail`).
  'opensearch-project+opensearch-catalog': [52, 50, 1],
};

describeWithFixtures('published logs', () => {
  test.each(Object.entries(FOLDERS))('%s', async (folder, [events, ids, unreadable]) => {
    const reading = await readPaths([fixture(folder)]);
    expect(reading.rows).toHaveLength(events);
    expect(reading.summary.records).toBe(events);
    expect(new Set(reading.ids).size).toBe(ids);
    expect(reading.summary.unreadable).toHaveLength(unreadable);
    const unasked = await readPaths([fixture(folder)], { required: namesRequired(new Set(['-'])) });
    expect(unasked.rows).toEqual([]);
    expect(unasked.summary).toEqual(reading.summary);
  });

  test('says where a log is broken', async () => {
    const { summary } = await readPaths([fixture('opensearch-project+opensearch-catalog')]);
    expect(summary.unreadable.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^line 85, /),
    ]);
  });

  test('says what files without events are', async () => {
    const { summary } = await readPaths([
      fixture('protectai+llm-guard'),
      fixture('grafana+lambda-promtail'),
    ]);
    expect(summary.skipped).toEqual([
      { reason: 'digest', count: 1 },
      { reason: 'no CloudTrail events', count: 4 },
      { reason: 'notification', count: 1 },
      { reason: 'other EventBridge event', count: 1 },
    ]);
  });
});
