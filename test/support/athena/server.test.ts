/** The test server for Athena, as the SDK's client sees it. */
import { BatchGetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { describe, expect, test } from 'vitest';
import { type Execute } from './execution.js';
import { INTERNAL_ERROR_AFTER, RESET_AFTER } from './faults.js';
import { FOLDER, endless, end, openAthena, poll, results, start, stop } from './session.js';

const TOKEN = 'a'.repeat(32);

describe('a query', () => {
  test('is queued, runs, may be queued again, and succeeds with its statistics', async () => {
    const { client } = await openAthena({
      states: () => ['QUEUED', 'RUNNING', 'QUEUED', 'RUNNING'],
    });
    const id = await start(client, { QueryExecutionContext: { Database: 'logs' } });
    const states: (string | undefined)[] = [];
    for (let count = 0; count < 6; count++)
      states.push((await poll(client, id)).Status?.State ?? '');
    expect(states).toEqual(['QUEUED', 'RUNNING', 'QUEUED', 'RUNNING', 'SUCCEEDED', 'SUCCEEDED']);
    expect(await poll(client, id)).toMatchObject({
      QueryExecutionId: id,
      Query: 'SELECT 1 AS x',
      StatementType: 'DML',
      QueryExecutionContext: { Database: 'logs' },
      ResultConfiguration: { OutputLocation: `${FOLDER}${id}.csv` },
      Status: { SubmissionDateTime: expect.any(Date), CompletionDateTime: expect.any(Date) },
      Statistics: { DataScannedInBytes: 10, EngineExecutionTimeInMillis: expect.any(Number) },
      WorkGroup: 'primary',
      EngineVersion: { EffectiveEngineVersion: 'Athena engine version 3' },
    });
  });

  test('has no results before it has succeeded', async () => {
    const { client } = await openAthena({ states: () => ['RUNNING'] });
    const id = await start(client);
    await poll(client, id);
    await expect(results(client, id)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'Query has not yet finished. Current state: RUNNING',
    });
    await end(client, id);
    expect((await results(client, id)).ResultSet?.Rows).toHaveLength(2);
  });

  test('fails with the name and message of what its executor throws', async () => {
    const { client } = await openAthena({
      execute: () => {
        const message = "line 1:8: Column 'y' cannot be resolved";
        throw Object.assign(new Error(message), { name: 'COLUMN_NOT_FOUND' });
      },
    });
    const id = await start(client);
    const reason = "COLUMN_NOT_FOUND: line 1:8: Column 'y' cannot be resolved";
    expect((await end(client, id)).Status).toMatchObject({
      State: 'FAILED',
      StateChangeReason: reason,
      AthenaError: { ErrorCategory: 2, Retryable: false, ErrorMessage: reason },
    });
    await expect(results(client, id)).rejects.toThrow('Final query state: FAILED');
  });

  test('is cancelled some polls after it was stopped', async () => {
    let aborted = false;
    const execute: Execute = (_sql, _context, signal) => {
      signal.addEventListener('abort', () => (aborted = true));
      return endless('', {}, signal);
    };
    const { client } = await openAthena({ execute, cancelPolls: 2 });
    const id = await start(client);
    await poll(client, id);
    await stop(client, id);
    expect(aborted).toBe(true);
    expect((await poll(client, id)).Status?.State).toBe('RUNNING');
    expect((await poll(client, id)).Status?.State).toBe('RUNNING');
    expect((await poll(client, id)).Status).toMatchObject({
      State: 'CANCELLED',
      StateChangeReason: 'Query cancelled by user',
    });
  });

  test('that has ended stays as it is when it is stopped', async () => {
    const { client } = await openAthena();
    const id = await start(client);
    const ended = await end(client, id);
    await stop(client, id);
    expect(ended.Status?.State).toBe('SUCCEEDED');
    expect(await poll(client, id)).toEqual(ended);
  });

  test('that scans more than its workgroup allows is cancelled', async () => {
    const group = { Name: 'primary', Configuration: { BytesScannedCutoffPerQuery: 9 } };
    const { client } = await openAthena({ workGroups: [group] });
    const execution = await end(client, await start(client));
    expect(execution.Status?.State).toBe('CANCELLED');
    expect(execution.Status?.StateChangeReason).toContain('Bytes scanned limit was exceeded');
    expect(execution.Statistics?.DataScannedInBytes).toBe(10);
  });

  test('is looked at among others, each look one poll of each', async () => {
    const { client } = await openAthena({ states: () => ['QUEUED'] });
    const ids = [await start(client), await start(client)];
    const batch = () =>
      client.send(new BatchGetQueryExecutionCommand({ QueryExecutionIds: [...ids, 'unknown'] }));
    expect((await batch()).QueryExecutions?.map((one) => one.Status?.State)).toEqual([
      'QUEUED',
      'QUEUED',
    ]);
    const { QueryExecutions: executions, UnprocessedQueryExecutionIds: unknown } = await batch();
    expect(executions?.map((one) => one.Status?.State)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(unknown).toMatchObject([{ QueryExecutionId: 'unknown' }]);
  });
});

describe('a token', () => {
  test('starts one execution, however often it comes', async () => {
    const { client, server } = await openAthena();
    const first = await start(client, { ClientRequestToken: TOKEN });
    expect(await start(client, { ClientRequestToken: TOKEN })).toBe(first);
    expect(await start(client)).not.toBe(first);
    expect(server.executions).toHaveLength(2);
    expect(server.calls).toHaveLength(3);
  });

  test('is refused with another query, and where it is too short', async () => {
    const { client } = await openAthena();
    await start(client, { ClientRequestToken: TOKEN });
    await expect(
      start(client, { ClientRequestToken: TOKEN, QueryString: 'SELECT 2' }),
    ).rejects.toThrow('Idempotent parameters do not match');
    await expect(start(client, { ClientRequestToken: 'short' })).rejects.toThrow(
      'clientRequestToken',
    );
  });

  test.each([
    ['a broken connection', RESET_AFTER],
    ['an error', INTERNAL_ERROR_AFTER],
  ])('makes one execution of two calls where %s hid the first answer', async (_name, fault) => {
    const atCall: number[] = [];
    const { client, server } = await openAthena({
      attempts: 2,
      faults: ({ count }) => {
        atCall.push(server.executions.length);
        return count === 1 ? fault : undefined;
      },
    });
    const id = await start(client, { ClientRequestToken: TOKEN });
    expect(atCall).toEqual([0, 1]);
    expect(server.executions.map((execution) => execution.QueryExecutionId)).toEqual([id]);
  });
});

describe('results', () => {
  const rows = Array.from({ length: 5 }, (_, row) => [String(row), row === 1 ? null : 'é\n']);
  const execute: Execute = () =>
    Promise.resolve({
      columns: [
        { name: 'n', type: 'bigint' },
        { name: 't', type: 'varchar(7)' },
        { name: 'at', type: 'timestamp(3) with time zone' },
        { name: 'cost', type: 'decimal(10, 2)' },
      ],
      rows,
    });

  test('come page by page, the names in the first row, NULL without a value', async () => {
    const { client } = await openAthena({ execute });
    const id = await start(client);
    await end(client, id);
    const first = await results(client, id, { MaxResults: 4 });
    const next = { MaxResults: 4, NextToken: first.NextToken };
    const second = await results(client, id, next);
    expect(first.ResultSet?.Rows?.map(({ Data: data }) => data)).toEqual([
      [
        { VarCharValue: 'n' },
        { VarCharValue: 't' },
        { VarCharValue: 'at' },
        { VarCharValue: 'cost' },
      ],
      [{ VarCharValue: '0' }, { VarCharValue: 'é\n' }],
      [{ VarCharValue: '1' }, {}],
      [{ VarCharValue: '2' }, { VarCharValue: 'é\n' }],
    ]);
    expect(second.ResultSet?.Rows).toHaveLength(2);
    expect(second.NextToken).toBeUndefined();
    expect(second.ResultSet?.ResultSetMetadata?.ColumnInfo).toMatchObject([
      { Name: 'n', Type: 'bigint' },
      { Name: 't', Type: 'varchar', Precision: 7 },
      { Name: 'at', Type: 'timestamp with time zone' },
      { Name: 'cost', Type: 'decimal', Precision: 10, Scale: 2 },
    ]);
  });

  test('are a thousand rows a page at most, and no other query has their tokens', async () => {
    const { client } = await openAthena({
      execute: () =>
        Promise.resolve({
          columns: [{ name: 'n', type: 'integer' }],
          rows: Array.from({ length: 1500 }, (_, n) => [String(n)]),
        }),
    });
    const [id, other] = [await start(client), await start(client)];
    await end(client, id);
    await end(client, other);
    const { ResultSet: set, NextToken: token } = await results(client, id);
    expect(set?.Rows).toHaveLength(1000);
    await expect(results(client, other, { NextToken: token })).rejects.toThrow('NextToken');
    await expect(results(client, id, { MaxResults: 1001 })).rejects.toThrow('MaxResults');
  });

  test('of an EXPLAIN are the lines of the plan, without a row of names', async () => {
    const { client } = await openAthena({
      execute: () =>
        Promise.resolve({
          columns: [{ name: 'Query Plan', type: 'varchar' }],
          rows: [['Fragment 0\n    Output']],
        }),
    });
    const id = await start(client, { QueryString: "-- it's a plan\nEXPLAIN SELECT 1" });
    expect(await end(client, id)).toMatchObject({
      StatementType: 'UTILITY',
      SubstatementType: 'EXPLAIN',
    });
    expect((await results(client, id)).ResultSet?.Rows).toEqual([
      { Data: [{ VarCharValue: 'Fragment 0' }] },
      { Data: [{ VarCharValue: '    Output' }] },
    ]);
  });
});

test('a query of more than 262,144 bytes is refused', async () => {
  const { client } = await openAthena();
  const most = `SELECT '${'é'.repeat(131_067)}'`;
  expect(Buffer.byteLength(most)).toBe(262_143);
  await start(client, { QueryString: `${most} ` });
  await expect(start(client, { QueryString: `${most}  ` })).rejects.toThrow('262144');
});
