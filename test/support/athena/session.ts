/** A test server for one test, and the steps that its tests share. */
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type GetQueryResultsOutput,
  type QueryExecution,
  StartQueryExecutionCommand,
  type StartQueryExecutionInput,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { onTestFinished } from 'vitest';
import { athenaClient } from './client.js';
import type { Execute } from './execution.js';
import { type AthenaOptions, type AthenaServer, startAthena } from './server.js';

export const FOLDER = 's3://example-results/hunt/';

/** Scans 10 bytes. */
const oneRow: Execute = () =>
  Promise.resolve({ columns: [{ name: 'x', type: 'integer' }], rows: [['1']], bytesScanned: 10 });

/** Runs until it is stopped. */
export const endless: Execute = () => new Promise(() => undefined);

export interface Given extends Partial<AthenaOptions> {
  /** The most tries of each call. */
  readonly attempts?: number;
}

export interface Session {
  readonly server: AthenaServer;
  readonly client: AthenaClient;
}

/** A server and its client, until the test has ended. */
export async function openAthena({ attempts, ...options }: Given = {}): Promise<Session> {
  const server = await startAthena({ execute: oneRow, ...options });
  const client = athenaClient(server.url, attempts);
  onTestFinished(() => {
    client.destroy();
    return server.close();
  });
  return { server, client };
}

/** The ID of a new execution. */
export async function start(
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

export async function poll(client: AthenaClient, id: string): Promise<QueryExecution> {
  const { QueryExecution: execution = {} } = await client.send(
    new GetQueryExecutionCommand({ QueryExecutionId: id }),
  );
  return execution;
}

/** Polls until it has ended. */
export async function end(client: AthenaClient, id: string): Promise<QueryExecution> {
  for (;;) {
    const execution = await poll(client, id);
    if (!['QUEUED', 'RUNNING'].includes(execution.Status?.State ?? '')) return execution;
  }
}

export async function stop(client: AthenaClient, id: string): Promise<void> {
  await client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
}

/** One page. */
export function results(
  client: AthenaClient,
  id: string,
  more: { readonly MaxResults?: number; readonly NextToken?: string | undefined } = {},
): Promise<GetQueryResultsOutput> {
  return client.send(new GetQueryResultsCommand({ QueryExecutionId: id, ...more }));
}
