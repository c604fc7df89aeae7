/** The kind of a failure follows from the engine's own words, never from text that comes from a log. */
import { expect, test } from 'vitest';
import { failureKindOf } from '../../src/engine/failure.js';

test.each([
  ['HIVE_BAD_DATA: Error parsing field value: glue:GetTable does not exist', 'unreadable'],
  ['HIVE_BAD_DATA: s3://lakeformation-logs/a.json.gz: Access Denied', 'unreadable'],
  ['HIVE_CURSOR_ERROR: Failed to read s3://acme-output-kms-logs/a.json.gz', 'unreadable'],
  ['HIVE_FILESYSTEM_ERROR: Partition location does not exist: s3://b/2026/01/14', 'unreadable'],
  [
    'HIVE_CANNOT_OPEN_SPLIT: Error opening s3://acme-results/AWSLogs/x: Access Denied (Status Code: 403)',
    'denied',
  ],
  ['HIVE_CANNOT_OPEN_SPLIT: Please reduce your request rate. SlowDown', 'transient'],
  ['HIVE_CURSOR_ERROR: The specified key does not exist. NoSuchKey', 'transient'],
  ['HIVE_METASTORE_ERROR: User is not authorized to perform: glue:GetPartitions', 'fatal'],
  ["TABLE_NOT_FOUND: line 1:15: Table 'a.b' does not exist", 'fatal'],
  ['Query exhausted resources at this scale factor', 'too large'],
  ['Insufficient resources to run the query, cancelled', 'too large'],
  ['Access denied when writing output to url: s3://results/x', 'fatal'],
  ['GENERIC_INTERNAL_ERROR: something', 'transient'],
  ['What nobody has heard of', 'unreadable'],
])('%s', (said, failureKind) => {
  expect(failureKindOf(said)).toBe(failureKind);
});
