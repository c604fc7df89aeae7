/** Whoever leaves the rows of a query early ends the query, and the report must not say that it runs. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { TrinoEngine } from '../../../src/engine/trino/engine.js';
import { TrinoTableEngine } from '../../../src/engine/trino/table-engine.js';

test('a query whose rows are left early is stopped', async () => {
  const methods: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    methods.push(request.method);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        id: '1',
        nextUri: `http://${request.headers.host}/v1/statement/1/${methods.length}`,
        columns: [{ name: 'n', type: 'varchar' }],
        data: [['1'], ['2']],
        stats: { state: 'RUNNING' },
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const signal = new AbortController().signal;
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
  const engine = new TrinoTableEngine(trino, {
    maxScan: undefined,
    signal,
    onProgress: () => undefined,
  });
  for await (const row of engine.rows('SELECT n FROM t', 'all')) {
    expect(row).toEqual({ n: '1' });
    break;
  }
  expect(engine.executions().map(({ state }) => state)).toEqual(['stopped']);
  expect(methods).toEqual(['POST', 'DELETE']);
});
