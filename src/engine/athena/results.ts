/** The rows of a query execution that has succeeded. Athena gives them in pages. */
import type { AthenaClient, Datum, ResultSet, Row as AthenaRow } from '@aws-sdk/client-athena';
import { HuntError } from '../../errors.js';
import type { Row } from '../engine.js';
import { callAthena } from './client/call.js';

/** The most rows that Athena gives in one page. */
const PAGE_ROWS = 1000;

/** The rows, keyed by column name in lower case. Throws the SDK's errors, and a HuntError if the pages never end. */
export async function* resultRows(
  client: AthenaClient,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Row> {
  const { GetQueryResultsCommand } = await import('@aws-sdk/client-athena');
  const seen = new Set<string>();
  let token: string | undefined;
  /** The column names; undefined until a page has them. Pages may come without any row before that. */
  let names: readonly string[] | undefined;
  let isFirstRow = true;
  do {
    const command = new GetQueryResultsCommand({
      QueryExecutionId: id,
      MaxResults: PAGE_ROWS,
      NextToken: token,
    });
    const page = await callAthena(client, (options) => client.send(command, options), { signal });
    names ??= namesOf(page.ResultSet);
    for (const row of page.ResultSet?.Rows ?? []) {
      const isHeaderRow = isFirstRow && isHeader(row, names ?? []);
      isFirstRow = false;
      if (!isHeaderRow) yield toRow(row, names ?? []);
    }
    token = page.NextToken || undefined;
    if (token !== undefined && seen.has(token)) throw repeated(id);
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
}

/** Without this check the hunt would read the same pages for ever. */
function repeated(id: string): HuntError {
  return new HuntError(
    'ENGINE',
    `the results of ${id} never end: the server refers to a page that it has given already. ` +
      'Does a proxy in between keep answers?',
  );
}

/** The column names: from the metadata, or from the first row where an emulator gives no metadata. Undefined without both. */
function namesOf(set: ResultSet | undefined): readonly string[] | undefined {
  const columns = set?.ResultSetMetadata?.ColumnInfo ?? [];
  if (columns.length > 0)
    return columns.map(({ Name: name, Label: label }) => (name ?? label ?? '').toLowerCase());
  return set?.Rows?.[0]?.Data?.map(nameIn);
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
