/** Results as GetQueryResults pages them. */
import type {
  ColumnInfo,
  GetQueryResultsInput,
  GetQueryResultsOutput,
  Row,
} from '@aws-sdk/client-athena';
import type { Execution, ExecutionResult, ResultColumn } from './execution.js';
import { invalidRequest } from './protocol.js';

const MOST_ROWS = 1000;

/** Throws an AwsError where there are no results, or where the page does not exist. */
export function resultsPage(
  execution: Execution,
  { MaxResults: most = MOST_ROWS, NextToken: token }: GetQueryResultsInput,
): GetQueryResultsOutput {
  if (!Number.isInteger(most) || most < 1 || most > MOST_ROWS)
    throw invalidRequest(`MaxResults is more than maximum allowed length ${MOST_ROWS}.`);
  const { result, state } = execution;
  if (result === undefined) {
    const isPending = state === 'QUEUED' || state === 'RUNNING';
    throw invalidRequest(
      isPending
        ? `Query has not yet finished. Current state: ${state}`
        : `Query did not finish successfully. Final query state: ${state}`,
      'INVALID_QUERY_EXECUTION_STATE',
    );
  }
  const rows = allRows(execution, result);
  const start = token === undefined ? 0 : startOf(token, execution, rows.length);
  const end = start + most;
  return {
    UpdateCount: 0,
    ResultSet: {
      Rows: rows.slice(start, end).map(toRow),
      ResultSetMetadata: { ColumnInfo: result.columns.map(columnInfo) },
    },
    ...(end < rows.length && { NextToken: tokenOf(end, execution) }),
  };
}

function allRows(
  { submission: { statement } }: Execution,
  { columns, rows }: ExecutionResult,
): ExecutionResult['rows'] {
  // The first row of a SELECT's results has the columns' names, and counts as a row of its page.
  if (statement.kind === 'SELECT') return [columns.map(({ name }) => name), ...rows];
  // A plan has one row for each line.
  if (statement.kind === 'EXPLAIN')
    return rows.flatMap(([plan = '']) => (plan ?? '').split('\n').map((line) => [line]));
  return rows;
}

function toRow(values: readonly (string | null)[]): Row {
  return { Data: values.map((value) => (value === null ? {} : { VarCharValue: value })) };
}

function columnInfo({ name, type }: ResultColumn): ColumnInfo {
  const [base = type, ...sizes] = type.split(/[(),]+\s*/);
  const zone = / with time zone$/.exec(type)?.[0] ?? '';
  const kind = base + (base.endsWith(zone) ? '' : zone);
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type: kind,
    Precision: precision(kind, sizes[0]),
    Scale: kind === 'decimal' ? Number(sizes[1]) : 0,
    Nullable: 'UNKNOWN',
    CaseSensitive: kind === 'varchar',
  };
}

const PRECISIONS: Readonly<Record<string, number>> = {
  varchar: 2_147_483_647,
  bigint: 19,
  integer: 10,
  double: 17,
};

function precision(kind: string, size: string | undefined): number {
  const hasOwn = kind === 'decimal' || kind === 'varchar';
  return hasOwn && size !== undefined ? Number(size) : (PRECISIONS[kind] ?? 0);
}

function tokenOf(start: number, { id }: Execution): string {
  return Buffer.from(`${id} ${start}`).toString('base64url');
}

function startOf(token: string, { id }: Execution, rows: number): number {
  const [of, start] = Buffer.from(token, 'base64url').toString().split(' ');
  const at = Number(start);
  if (of !== id || !Number.isInteger(at) || at < 0 || at >= rows)
    throw invalidRequest('Invalid NextToken');
  return at;
}
