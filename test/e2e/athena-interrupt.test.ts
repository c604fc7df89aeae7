/** The built command, interrupted while its queries run, and resumed. */
import { beforeAll, describe, expect, test } from 'vitest';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/report/report.js';
import { ACCOUNTS, executeWith, startTables, useHunting } from '../support/athena/hunting.js';
import type { AthenaServer } from '../support/athena/server.js';
import { emptyFolder, hunt, ROOT, type Run } from '../support/run-hunt.js';

useHunting();

/** Three parts, of which the first has logs. */
const ARGS = ['--since', '2026-01-01', '--until', '2026-01-21', '--late', '2d', '--format', 'json'];

const table = (server: AthenaServer): readonly string[] => [
  '--athena',
  'logs.organization',
  '--endpoint',
  server.url,
];

const args = (server: AthenaServer, ...more: readonly string[]): readonly string[] => [
  ...table(server),
  '--set',
  `PROD_ACCOUNT_IDS=${ACCOUNTS.join(',')}`,
  ...ARGS,
  ...more,
];

const environment = (state: string): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_REGION: 'us-east-1',
  XDG_STATE_HOME: state,
});

let undisturbed: Report;
beforeAll(async () => {
  const server = await startTables();
  const { stdout } = await hunt(args(server), { environment: environment(emptyFolder()) });
  undisturbed = JSON.parse(stdout) as Report;
});

/** A server on which all parts but the first run until they are stopped, while `stuck.yes` is true. */
async function startStuck() {
  const stuck = { yes: true };
  const execute = executeWith();
  const server = await startTables({
    cancelPolls: 2,
    execute: (sql, ...more) =>
      stuck.yes && !sql.includes("'2025/12/31'")
        ? new Promise(() => undefined)
        : execute(sql, ...more),
  });
  return { server, stuck };
}

/** Runs the command, and sends SIGINT when `isTime` gives true. */
async function interrupted(
  server: AthenaServer,
  state: string,
  isTime: () => boolean,
  ...more: readonly string[]
): Promise<Run> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/main.js'), ...args(server, ...more)], {
    cwd: emptyFolder(),
    env: { ...process.env, ...environment(state) },
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (piece: Buffer) => (text.stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (text.stderr += piece.toString()));
  const watch = setInterval(() => {
    if (!isTime()) return;
    clearInterval(watch);
    child.kill('SIGINT');
  }, 20);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  return { code, ...text };
}

const statesOf = (server: AthenaServer): readonly string[] =>
  server.executions.map(({ Status: status }) => status?.State ?? '').toSorted();

describe('SIGINT', () => {
  test('stops the queries and waits for them, says what they cost, and --resume goes on', async () => {
    const state = emptyFolder();
    const { server, stuck } = await startStuck();
    const isTime = (): boolean =>
      statesOf(server).filter((one) => one === 'RUNNING').length === 2 &&
      server.calls.some(({ operation }) => operation === 'GetQueryResults');
    const run = await interrupted(server, state, isTime);
    expect(run).toMatchObject({ code: 130, stdout: '' });
    expect(statesOf(server)).toEqual(['CANCELLED', 'CANCELLED', 'SUCCEEDED']);
    expect(run.stderr).toContain(
      '2 queries were stopped; the queries of this hunt read at least 1.0 GB, which AWS bills',
    );
    expect(run.stderr).toContain('run the same command with --resume');
    // The last calls check that the queries have stopped.
    expect(server.calls.at(-1)?.operation).toBe('GetQueryExecution');

    stuck.yes = false;
    const resumed = await hunt(args(server, '--resume'), { environment: environment(state) });
    expect(resumed.code, resumed.stderr).toBe(0);
    const report = JSON.parse(resumed.stdout) as Report;
    expect(report.sections).toEqual(undisturbed.sections);
    expect(report.coverage).toEqual(undisturbed.coverage);
    expect(server.executions).toHaveLength(3 + 2);
    // A hunt whose report was written cannot be resumed.
    expect(readdirSync(join(state, 'hunt'))).toEqual([]);
    const again = await hunt(args(server, '--resume'), { environment: environment(state) });
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toContain('--resume: there is no interrupted hunt of this table');
    expect(server.executions).toHaveLength(3 + 2);
  });

  test('before anything has run leaves nothing to resume', async () => {
    const state = emptyFolder();
    const server = await startTables({
      faults: ({ operation }) =>
        operation === 'GetTableMetadata' ? { kind: 'delay', milliseconds: 60_000 } : undefined,
    });
    const run = await interrupted(server, state, () => server.calls.length === 2);
    expect(run).toMatchObject({ code: 130, stdout: '' });
    expect(run.stderr).not.toContain('--resume');
  });
});

test('a hunt that Athena ends says how to go on', async () => {
  const state = emptyFolder();
  const server = await startTables();
  const run = await hunt(args(server, '--max-scan', '1GB', '--parallel', '1'), {
    environment: environment(state),
  });
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toContain('--max-scan');
  expect(run.stderr).toContain('run the same command with --resume');
  expect(server.executions).toHaveLength(2);
});

test('a question that cannot be resumed does not say so, and leaves no journal', async () => {
  const state = emptyFolder();
  const server = await startTables();
  const run = await hunt(['who', 'dana', ...table(server), ...ARGS, '--max-scan', '1GB'], {
    environment: environment(state),
  });
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toContain('--max-scan');
  expect(run.stderr).not.toContain('--resume');
  expect(readdirSync(join(state, 'hunt'))).toEqual([]);
});
