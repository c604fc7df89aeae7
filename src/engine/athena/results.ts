/** The rows of a query execution that has succeeded. Athena gives them in pages. */
import type { AthenaClient, Datum, ResultSet, Row as AthenaRow } from '@aws-sdk/client-athena';
import type { Row } from '../engine.js';
import { callAthena } from './client/call.js';

/** The most rows that Athena gives in one page. */
const PAGE_ROWS = 1000;

/** The rows, keyed by column name in lower case. Throws the SDK's errors. */
export async function* resultRows(
  client: AthenaClient,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Row> {
  const { GetQueryResultsCommand } = await import('@aws-sdk/client-athena');
  let token: string | undefined;
  let names: readonly string[] | undefined;
  do {
    const command = new GetQueryResultsCommand({
      QueryExecutionId: id,
      MaxResults: PAGE_ROWS,
      NextToken: token,
    });
    const page = await callAthena(client, (options) => client.send(command, options), { signal });
    const rows = page.ResultSet?.Rows ?? [];
    const isFirst = names === undefined;
    names ??= namesOf(page.ResultSet);
    const headers = isFirst && rows[0] !== undefined && isHeader(rows[0], names) ? 1 : 0;
    for (const row of rows.slice(headers)) yield toRow(row, names);
    token = page.NextToken;
  } while (token !== undefined && token !== '');
}

/** The column names: from the metadata, or from the first row where an emulator gives no metadata. */
function namesOf(set: ResultSet | undefined): readonly string[] {
  const columns = set?.ResultSetMetadata?.ColumnInfo ?? [];
  return columns.length > 0
    ? columns.map(({ Name: name, Label: label }) => (name ?? label ?? '').toLowerCase())
    : (set?.Rows?.[0]?.Data ?? []).map(nameIn);
}

/** Whether a row has the column names. The first row of a SELECT statement does; for other statements it does not. */
function isHeader({ Data: data = [] }: AthenaRow, names: readonly string[]): boolean {
  return data.length === names.length && data.every((cell, index) => nameIn(cell) === names[index]);
}

function nameIn({ VarCharValue: name = '' }: Datum): string {
  return name.toLowerCase();
}

/** A cell without a value is NULL. */
function toRow({ Data: data = [] }: AthenaRow, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name, index) => [name, data[index]?.VarCharValue ?? null]));
}
