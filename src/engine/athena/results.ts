/** The rows of a query that has succeeded, page by page. */
import type { AthenaClient, Row as AthenaRow } from '@aws-sdk/client-athena';
import type { Row } from '../engine.js';

/** The most that Athena gives at once. */
const PAGE = 1000;

/** Its rows. A value that is not there is NULL. Throws the SDK's errors. */
export async function* resultRows(
  client: AthenaClient,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Row> {
  const { GetQueryResultsCommand } = await import('@aws-sdk/client-athena');
  let token: string | undefined;
  let first = true;
  do {
    const page = await client.send(
      new GetQueryResultsCommand({ QueryExecutionId: id, MaxResults: PAGE, NextToken: token }),
      signal ? { abortSignal: signal } : {},
    );
    const names = (page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(
      ({ Name }) => Name ?? '',
    );
    const rows = page.ResultSet?.Rows ?? [];
    const head = first && rows[0] !== undefined && isHeader(rows[0], names) ? 1 : 0;
    for (const row of rows.slice(head)) yield toRow(row, names);
    first = false;
    token = page.NextToken;
  } while (token !== undefined && token !== '');
}

/** Queries that select have their columns' names as their first row, others have not. */
function isHeader({ Data = [] }: AthenaRow, names: readonly string[]): boolean {
  return names.length > 0 && names.every((name, index) => Data[index]?.VarCharValue === name);
}

function toRow({ Data = [] }: AthenaRow, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name, index) => [name, Data[index]?.VarCharValue ?? null]));
}
