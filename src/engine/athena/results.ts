/** The rows of a query that has succeeded, page by page. */
import type { AthenaClient, ResultSet, Row as AthenaRow } from '@aws-sdk/client-athena';
import type { Row } from '../engine.js';

/** The most that Athena gives at once. */
const PAGE = 1000;

/** Its rows, by their columns' names in lower case. A value that is not there is NULL. Throws the SDK's errors. */
export async function* resultRows(
  client: AthenaClient,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Row> {
  const { GetQueryResultsCommand } = await import('@aws-sdk/client-athena');
  let token: string | undefined;
  let names: readonly string[] | undefined;
  do {
    const { ResultSet: set, NextToken } = await client.send(
      new GetQueryResultsCommand({ QueryExecutionId: id, MaxResults: PAGE, NextToken: token }),
      signal ? { abortSignal: signal } : {},
    );
    const rows = set?.Rows ?? [];
    const isFirst = names === undefined;
    names ??= namesOf(set);
    const head = isFirst && rows[0] !== undefined && isHeader(rows[0], names) ? 1 : 0;
    for (const row of rows.slice(head)) yield toRow(row, names);
    token = NextToken;
  } while (token !== undefined && token !== '');
}

/** Where nothing else tells the columns' names, the first row does. */
function namesOf(set: ResultSet | undefined): readonly string[] {
  const columns = set?.ResultSetMetadata?.ColumnInfo ?? [];
  return columns.length > 0
    ? columns.map(({ Name, Label }) => (Name ?? Label ?? '').toLowerCase())
    : (set?.Rows?.[0]?.Data ?? []).map(nameIn);
}

/** Queries that select have their columns' names as their first row, others have not. */
function isHeader({ Data = [] }: AthenaRow, names: readonly string[]): boolean {
  return Data.length === names.length && Data.every((cell, index) => nameIn(cell) === names[index]);
}

function nameIn({ VarCharValue: name = '' }: { readonly VarCharValue?: string | undefined }) {
  return name.toLowerCase();
}

function toRow({ Data = [] }: AthenaRow, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name, index) => [name, Data[index]?.VarCharValue ?? null]));
}
