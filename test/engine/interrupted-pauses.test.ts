/** A pause before another try ends when the person interrupts. Every pause here would last an hour. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Row } from '../../src/engine/engine.js';
import { TrinoEngine } from '../../src/engine/trino/engine.js';
import { TrinoTableEngine } from '../../src/engine/trino/table-engine.js';
import { huntTable, startTables, useHunting } from '../support/athena/hunting.js';
import { AwsError } from '../support/athena/protocol.js';

useHunting();

afterEach(() => {
  vi.restoreAllMocks();
});

/** Makes the next pauses an hour long, and calls `begun` when one begins. */
function pauseForAnHour(begun: () => void): void {
  vi.spyOn(Math, 'random').mockImplementation(() => {
    setImmediate(begun);
    // The bound of the first pause is a second or two.
    return 3600;
  });
}

describe('in Athena', () => {
  test.each(['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults'])(
    'after %s was throttled',
    async (throttled) => {
      const interruption = new AbortController();
      const server = await startTables({
        faults: ({ operation, count }) => {
          if (operation !== throttled || count > 1) return undefined;
          pauseForAnHour(() => interruption.abort());
          // The SDK does not know this name, so it does not retry and hunt's own retry follows.
          const error = new AwsError('AccountThrottlingException', 'Rate exceeded', {});
          return { kind: 'answer', after: false, error };
        },
      });
      await expect(huntTable(server, { signal: interruption.signal })).rejects.toMatchObject({
        code: 'INTERRUPTED',
      });
    },
  );
});

describe('in Trino', () => {
  const PAGE = {
    id: '1',
    stats: { state: 'FAILED' },
    error: { errorName: 'GENERIC_INTERNAL_ERROR', errorType: 'INTERNAL_ERROR', message: 'later' },
  };

  /** An engine for a server on which every statement fails for a moment, and how many it has received. */
  async function startFailing(signal: AbortSignal) {
    const received = { statements: 0 };
    const server = createServer((_request, response) => {
      received.statements++;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(PAGE));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const trino = new TrinoEngine(
      {
        url: `http://127.0.0.1:${port}`,
        catalog: 'hive',
        schema: 'logs',
        table: 'trail',
        user: 'ann',
        password: undefined,
        token: undefined,
      },
      signal,
    );
    const settings = { maxScan: undefined, signal, onProgress: () => undefined };
    return { engine: new TrinoTableEngine(trino, settings), received };
  }

  async function rowsOf(engine: TrinoTableEngine): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for await (const row of engine.rows('SELECT 1', 'all')) rows.push(row);
    return rows;
  }

  test('after a statement failed for a moment', async () => {
    const interruption = new AbortController();
    const { engine, received } = await startFailing(interruption.signal);
    pauseForAnHour(() => interruption.abort());
    await expect(rowsOf(engine)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(received.statements).toBe(1);
  });

  test('and a statement that keeps failing is given up after three more tries', async () => {
    const { engine, received } = await startFailing(new AbortController().signal);
    vi.spyOn(Math, 'random').mockReturnValue(0);
    await expect(rowsOf(engine)).rejects.toMatchObject({ failureKind: 'transient' });
    expect(received.statements).toBe(4);
    expect(engine.executions().map(({ state }) => state)).toEqual(['failed']);
  });
});
