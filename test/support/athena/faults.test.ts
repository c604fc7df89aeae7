/** A fault that a test injects reaches the SDK's client as it would from AWS. */
import { GetWorkGroupCommand, TooManyRequestsException } from '@aws-sdk/client-athena';
import { describe, expect, test } from 'vitest';
import {
  accessDenied,
  delayed,
  EXHAUSTED,
  EXPIRED_TOKEN,
  INTERNAL_ERROR,
  malformedQuery,
  queryCancelled,
  queryFails,
  RESET_BEFORE,
  SLOW_DOWN,
  THROTTLED,
  TIMED_OUT,
  TOO_MANY_QUERIES,
  type Fault,
} from './faults.js';
import { endless, end, openAthena, poll, results, start } from './session.js';

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
    const { client, server } = await openAthena({ faults: () => fault });
    await expect(start(client)).rejects.toMatchObject({
      name,
      ...more,
      message: expect.stringMatching(/\w/),
    });
    expect(server.executions).toEqual([]);
  });

  test('is of the class that the SDK has for it', async () => {
    const { client } = await openAthena({ faults: () => TOO_MANY_QUERIES });
    await expect(start(client)).rejects.toBeInstanceOf(TooManyRequestsException);
  });

  test.each([
    ['throttling', THROTTLED],
    ['an error of the server', INTERNAL_ERROR],
    ['a broken connection', RESET_BEFORE],
    ['slowing down', SLOW_DOWN],
  ])('that may pass is tried again by the SDK: %s', async (_name, fault) => {
    const atCall: number[] = [];
    const { client, server } = await openAthena({
      attempts: 2,
      faults: ({ count }) => {
        atCall.push(server.executions.length);
        return count === 1 ? fault : undefined;
      },
    });
    await start(client);
    expect(server.calls.map(({ input }) => input['QueryString'])).toEqual([
      'SELECT 1 AS x',
      'SELECT 1 AS x',
    ]);
    expect(atCall).toEqual([0, 0]);
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
    const { client } = await openAthena({
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
    const { client } = await openAthena({
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
    const { client, server } = await openAthena({
      execute: endless,
      faults: ({ operation }) => (operation === 'GetWorkGroup' ? delayed(60_000) : undefined),
    });
    await start(client);
    const waiting = client.send(new GetWorkGroupCommand({ WorkGroup: 'primary' }));
    const lost = expect(waiting).rejects.toThrow();
    await expect.poll(() => server.calls.length).toBe(2);
    await server.close();
    await lost;
  });
});
