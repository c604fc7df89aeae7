/** A server in this process that speaks Athena's protocol. Tests decide which calls fail. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryExecution, WorkGroup } from '@aws-sdk/client-athena';
import type { Execute, PendingState } from './execution.js';
import type { Fault, Faults } from './faults.js';
import { Operations } from './operations.js';
import { AwsError, readRequest, sendError, sendOutput, type Input } from './protocol.js';
import type { CatalogTable } from './tables.js';

export interface AthenaOptions {
  readonly execute: Execute;
  /** The default is `primary`, without an output location. */
  readonly workGroups?: readonly WorkGroup[];
  readonly tables?: readonly CatalogTable[];
  /** The states that the first polls of a statement see. Later polls see the real state. */
  readonly states?: (sql: string) => readonly PendingState[];
  /** How many polls after StopQueryExecution still see the state before it. The default is 0. */
  readonly cancelPolls?: number;
  readonly faults?: Faults;
}

export interface Call {
  readonly operation: string;
  readonly input: Input;
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
}

export interface AthenaServer {
  /** The client's `endpoint`. */
  readonly url: string;
  /** Every call that arrived, including those that failed. */
  readonly calls: readonly Call[];
  /** All executions in order. Reading them does not count as a poll. */
  readonly executions: readonly QueryExecution[];
  /** Ends every query and connection. */
  close(): Promise<void>;
}

const PRIMARY: WorkGroup = { Name: 'primary', State: 'ENABLED', Configuration: {} };

/** A server on a free port of this machine. The caller closes it. */
export async function startAthena(options: AthenaOptions): Promise<AthenaServer> {
  const { workGroups = [PRIMARY], tables = [], states, cancelPolls = 0, faults } = options;
  const calls: Call[] = [];
  const over = new AbortController();
  const operations = new Operations({
    workGroups,
    tables,
    course: (sql, forced) => ({
      execute: options.execute,
      states: states?.(sql) ?? [],
      cancelPolls,
      forced,
    }),
  });

  const faultOf = (operation: string, input: Input): Fault | undefined => {
    const count = calls.filter((call) => call.operation === operation).length;
    return faults?.({ operation, input, count, state: operations.named(input)?.state });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { operation, input } = await readRequest(request);
    calls.push({ operation, input, at: Date.now() });
    const fault = faultOf(operation, input);
    if (fault?.kind === 'delay')
      await sleep(fault.milliseconds, undefined, { signal: over.signal });
    if (fault?.kind === 'proxy') {
      interfere(fault, response);
      return;
    }
    if (strike(fault, false, request)) return;
    const forced = fault?.kind === 'outcome' ? fault.failure : undefined;
    const output = operations.handle(operation, input, forced);
    if (!strike(fault, true, request)) sendOutput(response, output);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (request.socket.destroyed || over.signal.aborted) return;
      sendError(response, error instanceof AwsError ? error : unexpected(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    over.abort();
    for (const execution of operations.executions) execution.abort();
    await Promise.all(operations.executions.map((execution) => execution.settled));
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    get executions() {
      return operations.executions.map((execution) => execution.describe());
    },
    close: () => (closed ??= close()),
  };
}

function interfere(
  { status, type, body, cut }: Extract<Fault, { kind: 'proxy' }>,
  response: ServerResponse,
): void {
  const length = Buffer.byteLength(body) + (cut ? 1 : 0);
  response.writeHead(status, { 'content-type': type, 'content-length': length });
  if (cut) response.write(body, () => response.destroy());
  else response.end(body);
}

/** Whether the fault broke the connection. Throws the AwsError of a fault that is an answer. */
function strike(fault: Fault | undefined, after: boolean, request: IncomingMessage): boolean {
  if (fault?.kind === 'answer' && fault.after === after) throw fault.error;
  if (fault?.kind !== 'reset' || fault.after !== after) return false;
  request.socket.resetAndDestroy();
  return true;
}

// A defect of a test or of this server: 501, which the SDK does not try again.
function unexpected(error: unknown): AwsError {
  return new AwsError('TestServerDefect', String(error), { status: 501 });
}
