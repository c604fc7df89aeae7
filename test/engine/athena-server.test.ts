/** The tests' Athena, through the door that hunt uses: the SDK's client. */
import {
  type AthenaClient,
  BatchGetQueryExecutionCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  GetTableMetadataCommand,
  GetWorkGroupCommand,
  InvalidRequestException,
  type QueryExecution,
  StartQueryExecutionCommand,
  type StartQueryExecutionInput,
  StopQueryExecutionCommand,
  TooManyRequestsException,
  type WorkGroup,
} from '@aws-sdk/client-athena';
import { afterEach, describe, expect, test } from 'vitest';
import { athenaClient } from '../support/athena/client.js';
import type { Execute } from '../support/athena/execution.js';
import {
  accessDenied,
  delayed,
  EXHAUSTED,
  EXPIRED_TOKEN,
  type Fault,
  INTERNAL_ERROR,
  INTERNAL_ERROR_AFTER,
  malformedQuery,
  queryCancelled,
  queryFails,
  RESET_AFTER,
  RESET_BEFORE,
  SLOW_DOWN,
  THROTTLED,
  TIMED_OUT,
  TOO_MANY_QUERIES,
} from '../support/athena/faults.js';
import { type AthenaOptions, type AthenaServer, startAthena } from '../support/athena/server.js';
import { documentedTable } from '../support/athena/tables.js';
import { trinoExecutor } from '../support/athena/trino-executor.js';
import { recordsOf } from '../support/evaluate-engines.js';
import { openedGroup } from '../support/hunt-events.js';
import { describeWithTrino } from '../support/trino.js';

const FOLDER = 's3://example-results/hunt/';
const TOKEN = 'a'.repeat(32);

const oneRow: Execute = () =>
  Promise.resolve({ columns: [{ name: 'x', type: 'integer' }], rows: [['1']], bytesScanned: 10 });

const never: Execute = () => new Promise(() => undefined);

const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

interface Given extends Partial<AthenaOptions> {
  /** How often the SDK tries a call. */
  readonly attempts?: number;
}

async function athena({ attempts, ...options }: Given = {}): Promise<{
  server: AthenaServer;
  client: AthenaClient;
}> {
  const server = await startAthena({ execute: oneRow, ...options });
  const client = athenaClient(server.url, attempts);
  opened.push(
    () => server.close(),
    () => client.destroy(),
  );
  return { server, client };
}

async function start(
  client: AthenaClient,
  input: Partial<StartQueryExecutionInput> = {},
): Promise<string> {
  const { QueryExecutionId: id } = await client.send(
    new StartQueryExecutionCommand({
      QueryString: 'SELECT 1 AS x',
      ResultConfiguration: { OutputLocation: FOLDER },
      ...input,
    }),
  );
  return id ?? '';
}

async function poll(client: AthenaClient, id: string): Promise<QueryExecution> {
  const { QueryExecution: execution = {} } = await client.send(
    new GetQueryExecutionCommand({ QueryExecutionId: id }),
  );
  return execution;
}

/** Polls until it has ended. */
async function end(client: AthenaClient, id: string): Promise<QueryExecution> {
  for (;;) {
    const execution = await poll(client, id);
    if (!['QUEUED', 'RUNNING'].includes(execution.Status?.State ?? '')) return execution;
  }
}

const stop = (client: AthenaClient, id: string) =>
  client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));

const results = (client: AthenaClient, id: string, more: object = {}) =>
  client.send(new GetQueryResultsCommand({ QueryExecutionId: id, ...more }));

describe('a query', () => {
  test('is queued, runs, may be queued again, and succeeds with its statistics', async () => {
    const { client } = await athena({ states: () => ['QUEUED', 'RUNNING', 'QUEUED', 'RUNNING'] });
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
    const { client } = await athena({ states: () => ['RUNNING'] });
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
    const { client } = await athena({
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
      return never('', {}, signal);
    };
    const { client } = await athena({ execute, cancelPolls: 2 });
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
    const { client } = await athena();
    const id = await start(client);
    await end(client, id);
    await stop(client, id);
    expect((await poll(client, id)).Status?.State).toBe('SUCCEEDED');
  });

  test('that scans more than its workgroup allows is cancelled', async () => {
    const group = { Name: 'primary', Configuration: { BytesScannedCutoffPerQuery: 9 } };
    const { client } = await athena({ workGroups: [group] });
    const execution = await end(client, await start(client));
    expect(execution.Status?.State).toBe('CANCELLED');
    expect(execution.Status?.StateChangeReason).toContain('Bytes scanned limit was exceeded');
    expect(execution.Statistics?.DataScannedInBytes).toBe(10);
  });

  test('is looked at among others, each look one poll of each', async () => {
    const { client } = await athena({ states: () => ['QUEUED'] });
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
    const { client, server } = await athena();
    const first = await start(client, { ClientRequestToken: TOKEN });
    expect(await start(client, { ClientRequestToken: TOKEN })).toBe(first);
    expect(await start(client)).not.toBe(first);
    expect(server.executions).toHaveLength(2);
    expect(server.calls).toHaveLength(3);
  });

  test('is refused with another query, and where it is too short', async () => {
    const { client } = await athena();
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
    const { client, server } = await athena({
      attempts: 2,
      faults: ({ operation, count }) =>
        operation === 'StartQueryExecution' && count === 1 ? fault : undefined,
    });
    const id = await start(client, { ClientRequestToken: TOKEN });
    expect(server.calls.map(({ operation }) => operation)).toEqual([
      'StartQueryExecution',
      'StartQueryExecution',
    ]);
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
    const { client } = await athena({ execute });
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
    const { client } = await athena({
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
    const { client } = await athena({
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

describe('a workgroup', () => {
  const withFolder = (more: object): WorkGroup => ({
    Name: 'hunters',
    Configuration: { ResultConfiguration: { OutputLocation: 's3://groups/own' }, ...more },
  });
  const locationWith = async (group: WorkGroup, own: string | undefined) => {
    const { client } = await athena({ workGroups: [group] });
    const id = await start(client, {
      WorkGroup: 'hunters',
      ResultConfiguration: own === undefined ? undefined : { OutputLocation: own },
    });
    const { ResultConfiguration: configuration } = await poll(client, id);
    return configuration?.OutputLocation?.replace(id, 'ID');
  };

  test('gives the output location where the client gives none, or where it overrides', async () => {
    expect(await locationWith(withFolder({}), undefined)).toBe('s3://groups/own/ID.csv');
    expect(await locationWith(withFolder({}), FOLDER)).toBe(`${FOLDER}ID.csv`);
    expect(await locationWith(withFolder({ EnforceWorkGroupConfiguration: true }), FOLDER)).toBe(
      's3://groups/own/ID.csv',
    );
  });

  test('with managed results needs no location, and refuses one', async () => {
    const group = {
      Name: 'hunters',
      Configuration: { ManagedQueryResultsConfiguration: { Enabled: true } },
    };
    expect(await locationWith(group, undefined)).toBeUndefined();
    await expect(locationWith(group, FOLDER)).rejects.toThrow(InvalidRequestException);
  });

  test('is told of as it is', async () => {
    const group = withFolder({ BytesScannedCutoffPerQuery: 10_000_000 });
    const { client } = await athena({ workGroups: [group] });
    const { WorkGroup: told } = await client.send(
      new GetWorkGroupCommand({ WorkGroup: 'hunters' }),
    );
    expect(told).toMatchObject(group);
    await expect(client.send(new GetWorkGroupCommand({ WorkGroup: 'nobody' }))).rejects.toThrow(
      'WorkGroup nobody is not found.',
    );
  });

  test('without a location leaves a query without one refused', async () => {
    const { client } = await athena();
    await expect(start(client, { ResultConfiguration: undefined })).rejects.toThrow(
      'No output location provided',
    );
  });
});

describe('a table', () => {
  const metadata = (client: AthenaClient, table: string) =>
    client.send(
      new GetTableMetadataCommand({
        CatalogName: 'AwsDataCatalog',
        DatabaseName: 'logs',
        TableName: table,
      }),
    );

  test('is told of with its columns, partitions and properties', async () => {
    const table = documentedTable('cloudtrail_logs', 'projection');
    const { client } = await athena({ tables: [{ database: 'logs', metadata: table }] });
    const { TableMetadata: told } = await metadata(client, 'CloudTrail_Logs');
    expect(told?.Columns).toContainEqual({ Name: 'eventtime', Type: 'string' });
    expect(told?.Columns).toContainEqual({
      Name: 'tlsdetails',
      Type: 'struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string>',
    });
    expect(told?.PartitionKeys).toEqual([
      { Name: 'region', Type: 'string' },
      { Name: 'timestamp', Type: 'string' },
    ]);
    expect(told?.Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.timestamp.format': 'yyyy/MM/dd',
    });
    expect(told?.CreateTime).toEqual(table.CreateTime);
  });

  test('that there is not is a MetadataException', async () => {
    const { client } = await athena();
    await expect(metadata(client, 'nothing')).rejects.toMatchObject({ name: 'MetadataException' });
  });
});

describe('a fault', () => {
  test.each<[string, Fault, object]>([
    ['ThrottlingException', THROTTLED, { $metadata: { httpStatusCode: 400 } }],
    ['TooManyRequestsException', TOO_MANY_QUERIES, { Reason: 'CONCURRENT_QUERY_LIMIT_EXCEEDED' }],
    ['InternalServerException', INTERNAL_ERROR, { $fault: 'server' }],
    ['SlowDown', SLOW_DOWN, { $metadata: { httpStatusCode: 503 } }],
    ['AccessDeniedException', accessDenied('athena:StartQueryExecution'), { $fault: 'client' }],
    ['ExpiredTokenException', EXPIRED_TOKEN, { $fault: 'client' }],
    [
      'InvalidRequestException',
      malformedQuery('line 1:1: mismatched input'),
      { AthenaErrorCode: 'MALFORMED_QUERY', message: 'line 1:1: mismatched input' },
    ],
  ])('arrives as the SDK names it: %s', async (name, fault, more) => {
    const { client, server } = await athena({ faults: () => fault });
    await expect(start(client)).rejects.toMatchObject({
      name,
      ...more,
      message: expect.stringMatching(/\w/),
    });
    expect(server.executions).toEqual([]);
  });

  test('is of the class that the SDK has for it', async () => {
    const { client } = await athena({ faults: () => TOO_MANY_QUERIES });
    await expect(start(client)).rejects.toBeInstanceOf(TooManyRequestsException);
  });

  test.each([
    ['throttling', THROTTLED],
    ['an error of the server', INTERNAL_ERROR],
    ['a broken connection', RESET_BEFORE],
    ['slowing down', SLOW_DOWN],
  ])('that may pass is tried again by the SDK: %s', async (_name, fault) => {
    const { client, server } = await athena({
      attempts: 3,
      faults: ({ count }) => (count < 3 ? fault : undefined),
    });
    await start(client);
    expect(server.calls.map(({ input }) => input['QueryString'])).toEqual(
      Array.from({ length: 3 }, () => 'SELECT 1 AS x'),
    );
    expect(server.executions).toHaveLength(1);
  });

  test.each<[string, Fault, object]>([
    [
      'bad data',
      queryFails('HIVE_BAD_DATA', 'Error parsing field value', { bytesScanned: 7 }),
      {
        Status: {
          State: 'FAILED',
          StateChangeReason: 'HIVE_BAD_DATA: Error parsing field value',
          AthenaError: { ErrorCategory: 2, ErrorType: 1001, Retryable: false },
        },
        Statistics: { DataScannedInBytes: 7 },
      },
    ],
    [
      'exhausted resources',
      EXHAUSTED,
      {
        Status: {
          StateChangeReason: 'Query exhausted resources at this scale factor',
          AthenaError: { ErrorCategory: 1, ErrorType: 0 },
        },
      },
    ],
    ['a time-out', TIMED_OUT, { Status: { AthenaError: { ErrorType: 206 } } }],
    [
      'an internal error',
      queryFails('INTERNAL_ERROR', 'try again'),
      { Status: { AthenaError: { ErrorCategory: 1, Retryable: true } } },
    ],
    [
      'a hand from outside',
      queryCancelled('Query cancelled by administrator'),
      { Status: { State: 'CANCELLED', StateChangeReason: 'Query cancelled by administrator' } },
    ],
  ])('may be how a query ends, chosen by its text: %s', async (_name, fault, expected) => {
    const { client } = await athena({
      states: () => ['RUNNING'],
      faults: ({ input }) => (String(input['QueryString']).includes('unlucky') ? fault : undefined),
    });
    const unlucky = await start(client, { QueryString: "SELECT 'unlucky'" });
    expect((await poll(client, unlucky)).Status?.State).toBe('RUNNING');
    expect(await end(client, unlucky)).toMatchObject(expected);
    expect((await end(client, await start(client))).Status?.State).toBe('SUCCEEDED');
  });

  test('sees the state of the execution that a call names', async () => {
    const seen: (string | undefined)[] = [];
    const { client } = await athena({
      states: () => ['QUEUED', 'RUNNING'],
      faults: ({ operation, state }) => {
        seen.push(`${operation} ${state}`);
        return undefined;
      },
    });
    const id = await start(client);
    await end(client, id);
    await results(client, id);
    expect(seen).toEqual([
      'StartQueryExecution undefined',
      'GetQueryExecution QUEUED',
      'GetQueryExecution QUEUED',
      'GetQueryExecution RUNNING',
      'GetQueryResults SUCCEEDED',
    ]);
  });

  test('may be a delay, and nothing outlives the server', async () => {
    const { client, server } = await athena({
      execute: never,
      faults: ({ operation }) => (operation === 'GetWorkGroup' ? delayed(60_000) : undefined),
    });
    await start(client);
    const waiting = client.send(new GetWorkGroupCommand({ WorkGroup: 'primary' }));
    const lost = expect(waiting).rejects.toThrow();
    await expect.poll(() => server.calls.length).toBe(2);
    await server.close();
    opened.length = 0;
    client.destroy();
    await lost;
  });
});

test('a query of more than 262,144 bytes is refused', async () => {
  const { client } = await athena();
  const most = `SELECT '${'é'.repeat(131_067)}'`;
  expect(Buffer.byteLength(most)).toBe(262_143);
  await start(client, { QueryString: `${most} ` });
  await expect(start(client, { QueryString: `${most}  ` })).rejects.toThrow('262144');
});

await describeWithTrino('on Trino', (trino) => {
  test("the documented table's events are found, in the words that Athena has for what is wrong", async () => {
    const records = await recordsOf([JSON.stringify(openedGroup())]);
    await trino.createEvents('cloudtrail_logs', records);
    const { client } = await athena({ execute: await trinoExecutor(trino, 'security') });
    const context = { Catalog: 'AwsDataCatalog', Database: 'security' };
    const run = async (sql: string, database = 'security') => {
      const id = await start(client, {
        QueryString: sql,
        QueryExecutionContext: { ...context, Database: database },
      });
      const { Status: status } = await end(client, id);
      if (status?.State !== 'SUCCEEDED') return status?.StateChangeReason;
      const { Rows: rows = [] } = (await results(client, id)).ResultSet ?? {};
      return rows.map(({ Data: data = [] }) => data.map(({ VarCharValue: value }) => value));
    };

    expect(
      await run(
        `SELECT eventname, errorcode, '"$path"' AS text, "$path" AS file
         FROM "AwsDataCatalog"."security"."cloudtrail_logs";`,
      ),
    ).toEqual([
      ['eventname', 'errorcode', 'text', 'file'],
      ['AuthorizeSecurityGroupIngress', undefined, '"$path"', '0'],
    ]);
    const id = await start(client, {
      QueryString:
        'SELECT eventid, count(*) AS n FROM cloudtrail_logs WHERE FALSE GROUP BY eventid',
      QueryExecutionContext: context,
    });
    await end(client, id);
    expect((await results(client, id)).ResultSet).toMatchObject({
      Rows: [{ Data: [{ VarCharValue: 'eventid' }, { VarCharValue: 'n' }] }],
      ResultSetMetadata: { ColumnInfo: [{ Type: 'varchar' }, { Type: 'bigint' }] },
    });
    expect(await run('SELECT nothing FROM cloudtrail_logs')).toBe(
      "COLUMN_NOT_FOUND: line 1:8: Column 'nothing' cannot be resolved",
    );
    expect(await run('SELECT 1 FROM nothing')).toBe(
      "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.security.nothing' does not exist",
    );
    expect(await run('SELECT 1 FROM cloudtrail_logs', 'nowhere')).toBe(
      "SCHEMA_NOT_FOUND: line 1:15: Schema 'nowhere' does not exist",
    );
  });

  test('a query that is stopped ends', async () => {
    const { client } = await athena({ execute: await trinoExecutor(trino, 'security') });
    const id = await start(client, {
      QueryString: `SELECT count(*) FROM ${Array.from({ length: 4 }, (_, n) => `UNNEST(sequence(1, 10000)) t${n}(a)`).join(' CROSS JOIN ')}`,
    });
    expect((await poll(client, id)).Status?.State).toBe('RUNNING');
    await stop(client, id);
    expect((await poll(client, id)).Status?.State).toBe('CANCELLED');
    await expect
      .poll(async () => {
        const running = await trino.rows(
          "SELECT query FROM system.runtime.queries WHERE state = 'RUNNING'",
        );
        return running.filter((row) => row['query']?.includes('sequence(1, 10000)')).length;
      })
      .toBe(0);
  });
});
