/** An emulator of Athena whose answers have fewer fields than those of AWS. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type {
  GetQueryExecutionOutput,
  GetQueryResultsOutput,
  QueryExecution,
  ResultSet,
} from '@aws-sdk/client-athena';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../../src/report/report.js';
import { queryFails } from '../../support/athena/faults.js';
import { found, huntTable, startTables, useHunting } from '../../support/athena/hunting.js';
import type { AthenaServer } from '../../support/athena/server.js';

useHunting();

let undisturbed: Report;
beforeAll(async () => {
  undisturbed = await huntTable(await startTables());
});

/** Changes the answer of an operation. */
type Change = (operation: string, answer: object) => object;

const proxies: Server[] = [];
afterAll(() => {
  for (const proxy of proxies) {
    proxy.closeAllConnections();
    proxy.close();
  }
});

/** The server's answers, changed on their way; errors go as they are. */
async function changed(server: AthenaServer, change: Change): Promise<string> {
  const proxy = createServer((request, response) => {
    void (async () => {
      const target = String(request.headers['x-amz-target']);
      const answer = await fetch(server.url, {
        method: 'POST',
        headers: { 'x-amz-target': target },
        body: await text(request),
      });
      const body = (await answer.json()) as object;
      const sent = answer.ok ? change(target.replace('AmazonAthena.', ''), body) : body;
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(sent));
    })();
  });
  proxies.push(proxy);
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

const huntThrough = async (change: Change, server?: AthenaServer): Promise<Report> => {
  const behind = server ?? (await startTables());
  const endpoint = await changed(behind, change);
  return huntTable(behind, {
    target: { aws: { profile: undefined, region: 'us-east-1', endpoint } },
  });
};

const onResults =
  (change: (set: ResultSet, more: GetQueryResultsOutput) => GetQueryResultsOutput): Change =>
  (operation, answer) => {
    const { ResultSet: set = {}, ...more } = answer as GetQueryResultsOutput;
    return operation === 'GetQueryResults' ? { ...more, ...change(set, more) } : answer;
  };

const onExecution =
  (change: (execution: QueryExecution) => QueryExecution): Change =>
  (operation, answer) =>
    operation === 'GetQueryExecution'
      ? { QueryExecution: change((answer as GetQueryExecutionOutput).QueryExecution ?? {}) }
      : answer;

const withNull = ({ VarCharValue = null }: { VarCharValue?: string | null }): object => ({
  VarCharValue,
});

test.each<[string, Change]>([
  [
    'no row of names',
    onResults(({ Rows: rows = [], ...set }) => ({ ResultSet: { ...set, Rows: rows.slice(1) } })),
  ],
  [
    'names in another case',
    onResults(({ Rows: rows = [], ResultSetMetadata: { ColumnInfo: columns = [] } = {} }) => ({
      ResultSet: {
        Rows: rows,
        ResultSetMetadata: {
          ColumnInfo: columns.map(({ Name: name = '', Type }) => ({
            Name: name.toUpperCase(),
            Type,
          })),
        },
      },
    })),
  ],
  ['no metadata', onResults(({ Rows }) => ({ ResultSet: { Rows } }))],
  ['an empty NextToken', onResults((set) => ({ ResultSet: set, NextToken: '' }))],
  [
    'NULL as null',
    onResults(({ Rows: rows = [], ...set }) => ({
      ResultSet: {
        ...set,
        Rows: rows.map(({ Data: data = [] }) => ({
          Data: data.map(withNull),
        })),
      },
    })),
  ],
  [
    'a state and no more',
    onExecution(({ Status: status }) => ({ Status: { State: status?.State } })),
  ],
])('that answers with %s gives the same report', async (_name, change) => {
  expect(found(await huntThrough(change))).toEqual(found(undisturbed));
});

test('that counts no bytes costs nothing', async () => {
  const report = await huntThrough(
    onExecution(({ Statistics: _statistics, ...execution }) => execution),
  );
  expect(found(report)).toEqual(found(undisturbed));
  expect(report.source.execution).toMatchObject({ bytes: 0, cost: { amount: 0 } });
});

test('that does not say why a query failed is said not to', async () => {
  const server = await startTables({
    faults: ({ operation }) =>
      operation === 'StartQueryExecution' ? queryFails('HIVE_BAD_DATA', 'no JSON') : undefined,
  });
  const hunting = huntThrough(
    onExecution(({ Status: status }) => ({ Status: { State: status?.State } })),
    server,
  );
  await expect(hunting).rejects.toThrow('the query failed, and Athena gives no reason');
});

test('that does not tell the names of columns at all is not believed', async () => {
  const change = onResults(({ Rows: rows = [] }) => ({ ResultSet: { Rows: rows.slice(1) } }));
  await expect(huntThrough(change)).rejects.toThrow('a row that the statement does not ask for');
});

test('that gives a query no ID is no Athena', async () => {
  const change: Change = (operation, answer) => (operation === 'StartQueryExecution' ? {} : answer);
  await expect(huntThrough(change)).rejects.toThrow('no answer to StartQueryExecution');
});
