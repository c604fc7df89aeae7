/** What the built command says about a table before a hunt. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awsEnvironment } from '../support/athena/aws-environment.js';
import { accessDenied, type Faults } from '../support/athena/faults.js';
import { createLayouts, sampleRecords } from '../support/athena/sample-table.js';
import { startAthena, type AthenaServer } from '../support/athena/server.js';
import type { CatalogTable } from '../support/athena/tables.js';
import type { Execute } from '../support/athena/execution.js';
import { trinoExecutor } from '../support/athena/trino-executor.js';
import { hunt } from '../support/run-hunt.js';
import { trinoUrl } from '../support/trino-proxy.js';
import { describeWithTrino } from '../support/trino.js';

await describeWithTrino('a table in Athena or Trino', (trino) => {
  let tables: readonly CatalogTable[];
  let execute: Execute;
  const servers: AthenaServer[] = [];
  beforeAll(async () => {
    tables = await createLayouts(trino, 'logs', sampleRecords());
    execute = await trinoExecutor(trino, 'logs');
  });
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  const start = async (faults?: Faults): Promise<AthenaServer> => {
    const Configuration = { ResultConfiguration: { OutputLocation: 's3://example-results/' } };
    const workGroups = [{ Name: 'primary', Configuration }];
    const server = await startAthena({ execute, tables, workGroups, ...(faults && { faults }) });
    servers.push(server);
    return server;
  };
  const run = async (command: string, table: string, faults?: Faults) => {
    const server = await start(faults);
    const window = command === 'doctor' ? ['--since', '2026-01-13', '--until', '2026-01-17'] : [];
    const args = [command, '--athena', `logs.${table}`, '--endpoint', server.url, ...window];
    return { ...(await hunt(args, { environment: awsEnvironment() })), server };
  };

  describe('hunt doctor', () => {
    test.each(['none', 'manual', 'projection'])('finds all that it needs: %s', async (table) => {
      const { code, stdout, stderr } = await run('doctor', table);
      // On a busy machine a step may be slow, and is announced.
      expect(stderr.replaceAll(/^hunt: .*: no answer for \d+ s; waiting.*\n/gm, '')).toBe('');
      expect(stdout).not.toMatch(/^(failed|no answer|skipped)/m);
      expect(stdout).toContain('ok         read records: read records of');
      expect(stdout).toContain('a hunt would work');
      expect(code).toBe(0);
    });

    test.each([
      ['GetTableMetadata', 'describe the table', 'athena:GetTableMetadata'],
      ['StartQueryExecution', 'run a query', 'athena:StartQueryExecution'],
      ['GetQueryResults', 'run a query', 'athena:GetQueryResults'],
      ['StopQueryExecution', 'stop a query', 'athena:StopQueryExecution'],
    ])('says that %s is missing', async (denied, check, right) => {
      const { code, stdout } = await run('doctor', 'projection', ({ operation }) =>
        operation === denied ? accessDenied(`athena:${denied}`) : undefined,
      );
      const lines = stdout.split('\n');
      const at = lines.findIndex((line) => line.startsWith(`failed     ${check}`));
      expect(lines[at]).toMatch(/AccessDenied/);
      expect(lines[at + 1]).toContain(right);
      expect(code).toBe(2);
    });
  });

  test('hunt doctor goes on, and is content, where the workgroup may not be described', async () => {
    const { code, stdout } = await run('doctor', 'projection', ({ operation }) =>
      operation === 'GetWorkGroup' ? accessDenied('athena:GetWorkGroup') : undefined,
    );
    expect(stdout).toMatch(/^note {7}describe the workgroup: not known: .*athena:GetWorkGroup/m);
    expect(stdout).toMatch(/^ok {9}read records/m);
    expect(stdout).toContain('a hunt would work; read the notes');
    expect(code).toBe(0);
  });

  test('hunt doctor finds all that it needs in a Trino that knows no files', async () => {
    const [row] = await trino.rows('SELECT current_schema AS name');
    const url = `${await trinoUrl()}/memory/${row?.['name']}/none`;
    const { code, stdout } = await hunt(['doctor', '--trino', url]);
    expect(stdout).not.toMatch(/^(failed|no answer|skipped)/m);
    expect(stdout).toContain('ok         explain the query');
    expect(code).toBe(0);
  });

  describe('hunt schema', () => {
    test('shows what was understood of a projected table', async () => {
      const { code, stdout, server } = await run('schema', 'projection');
      expect(code).toBe(0);
      expect(stdout).toContain('partitions: projected');
      expect(stdout).toContain('day: "timestamp" as yyyy/MM/dd, projection.timestamp.range');
      expect(stdout).toContain('region: "region", one of ap-southeast-2, eu-west-1');
      expect(server.calls.map(({ operation }) => operation)).not.toContain('StartQueryExecution');
    });

    test('says that a table without partitions is read whole', async () => {
      const { stdout } = await run('schema', 'none');
      expect(stdout).toContain('partitions: none; every hunt reads the whole table');
    });
  });
});
