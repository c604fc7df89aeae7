/** What comes in Athena's place ends a hunt with a clear message, and never in silence or for ever. */
import { describe, expect, test } from 'vitest';
import { openAthenaClient } from '../../../src/engine/athena/client/client.js';
import { awsError } from '../../../src/engine/athena/client/error.js';
import { resultRows } from '../../../src/engine/athena/results.js';
import type { Row } from '../../../src/engine/engine.js';
import { html, json, type Fault } from '../../support/athena/faults.js';
import { huntTable, startTables, useHunting } from '../../support/athena/hunting.js';
import type { AthenaServer } from '../../support/athena/server.js';

useHunting();

/** The error of a hunt in which every such call is answered like this, and how many such calls were made. */
async function failing(operation: string, fault: Fault): Promise<readonly [string, number]> {
  const server = await startTables({
    faults: (call) => (call.operation === operation ? fault : undefined),
  });
  const error = await huntTable(server).then(() => 'no error', String);
  return [error, server.calls.filter((call) => call.operation === operation).length];
}

describe.concurrent('a hunt fails once, with status and address,', () => {
  test.each([
    [403, 'with HTML instead of an answer of Athena: is there a proxy'],
    [407, 'a proxy asks for a login'],
    [404, 'with HTML'],
  ])('where a proxy answers HTTP %i', async (status, words) => {
    const [error, calls] = await failing('GetTableMetadata', html(status));
    expect(error).toContain(`HTTP ${status} `);
    expect(error).toContain(words);
    expect(error).toMatch(/127\.0\.0\.1:\d+ answered/);
    expect(error).not.toMatch(/Deserialization|hidden field/);
    expect(calls).toBe(1);
  });
});

test.each([
  ['GetTableMetadata', { message: 'ok' }],
  ['GetTableMetadata', []],
])(
  'a hunt fails where JSON of another kind answers %s again and again',
  async (operation, body) => {
    const [error, calls] = await failing(operation, json(body));
    expect(error).toContain(`HTTP 200 with JSON that is no answer to ${operation}`);
    expect(calls).toBeGreaterThan(1);
  },
);

/** The rows of results that come in these pages. */
async function rowsOf(pages: readonly object[]): Promise<readonly Row[]> {
  const server: AthenaServer = await startTables({
    faults: ({ operation, count }) =>
      operation === 'GetQueryResults' ? json(pages[Math.min(count, pages.length) - 1]) : undefined,
  });
  const client = await openAthenaClient(
    { profile: undefined, region: 'us-east-1', endpoint: server.url },
    { attempts: 1, timeout: 60_000 },
  );
  const rows: Row[] = [];
  try {
    for await (const row of resultRows(client, 'some-id', undefined)) rows.push(row);
  } finally {
    client.destroy();
  }
  return rows;
}

const page = (rows: readonly string[], more: object = {}): object => ({
  ResultSet: { Rows: rows.map((text) => ({ Data: [{ VarCharValue: text }] })), ...more },
});
const METADATA = { ResultSetMetadata: { ColumnInfo: [{ Name: 'x', Type: 'varchar' }] } };

describe('results', () => {
  test.each([
    ['with metadata', [{ ...page([], METADATA), NextToken: 'a' }, page(['x', '1'], METADATA)]],
    ['without metadata', [{ ...page([]), NextToken: 'a' }, page(['x', '1'])]],
    ['and no list of rows', [{ ResultSet: {}, NextToken: 'a' }, page(['x', '1'], METADATA)]],
  ])('may begin with an empty page %s', async (_what, pages) => {
    expect(await rowsOf(pages)).toEqual([{ x: '1' }]);
  });

  test('keep a row that looks like the header, after the header', async () => {
    expect(await rowsOf([page(['x', 'x'], METADATA)])).toEqual([{ x: 'x' }]);
  });

  test.each([
    ['the same page', ['a', 'a']],
    ['two pages', ['a', 'b', 'a']],
  ])('that refer to %s for ever are an error', async (_what, tokens) => {
    const pages = tokens.map((token) => ({ ...page(['x', '1'], METADATA), NextToken: token }));
    await expect(rowsOf(pages)).rejects.toThrow('the results of some-id never end');
  });

  test('without any member are an error, and not an empty result', async () => {
    const error = await rowsOf([{}]).catch((thrown: unknown) => awsError(thrown, 'read').message);
    expect(error).toContain('no answer to GetQueryResults');
  });
});

test('an error without a name is the own error of the server, and its words are shown', async () => {
  const nameless: Fault = {
    kind: 'proxy',
    status: 400,
    type: 'application/json',
    body: '{"message":"no such call"}',
    cut: false,
  };
  const [error] = await failing('GetTableMetadata', nameless);
  expect(error).toContain('describe the table logs.organization: no such call');
  const [other] = await failing('GetWorkGroup', nameless);
  expect(other).toBe('no error');
});
