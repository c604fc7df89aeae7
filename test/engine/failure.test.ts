/** The kind of a failure follows from the engine's own words, never from text that comes from a log. */
import { expect, test } from 'vitest';
import { failureKindOf, StatementFailed } from '../../src/engine/failure.js';

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
  [
    'QUERY_EXCEEDED_COMPILER_LIMIT: Failed to execute query; there may be too many columns used or expressions are too complex',
    'fatal',
  ],
  [
    'COMPILER_ERROR: Compiler failed. Possible reasons include: the query may have too many …',
    'fatal',
  ],
  [
    'COMPILER_ERROR: Query exceeded maximum filters. Please reduce the number of filters …',
    'fatal',
  ],
  ['GENERIC_INTERNAL_ERROR: Method too large: io/trino/$gen/PageFilter', 'fatal'],
  ['SYNTAX_ERROR: line 1:1: statement is too large (stack overflow while parsing)', 'fatal'],
  ['NOT_SUPPORTED: statement is too large (stack overflow during analysis)', 'fatal'],
  ['STACK_OVERFLOW: statement is too large (stack overflow during analysis)', 'fatal'],
  ['GENERIC_INTERNAL_ERROR: java.lang.StackOverflowError', 'fatal'],
  [
    'QUERY_HAS_TOO_MANY_STAGES: Number of stages in the query (151) exceeds the allowed maximum (150)',
    'fatal',
  ],
  ['EXCEEDED_SCAN_LIMIT: Exceeded scan limit of 1GB', 'too large'],
  ['Bytes scanned limit was exceeded', 'too large'],
  ['QUERY_QUEUE_FULL: Too many queued queries for "global.hunt"', 'transient'],
])('%s', (said, failureKind) => {
  expect(failureKindOf(said)).toBe(failureKind);
});

test('a statement that is too complex says what to do, and not to shorten the window', () => {
  const { message } = new StatementFailed('Trino', 'QUERY_EXCEEDED_COMPILER_LIMIT: Failed');
  expect(message).toContain('hunt with fewer rules at once');
  expect(message).not.toContain('window');
});
