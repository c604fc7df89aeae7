/** The progress line of a hunt, on a stream that stands for a terminal. */
import { spawn, spawnSync } from 'node:child_process';
import { PassThrough, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { exitCodeOfProgram } from '../../../src/cli/program.js';
import { ROOT, SAMPLE } from '../../support/run-hunt.js';

const COLUMNS = 47;
const START = '\u001b[1G';
/** Clear the line to the right, save the cursor, restore the cursor. */
const REST = ['\u001b[0K', '\u001b7', '\u001b8'];
const CLEARED = '\u001b[2K';

/** A stream that collects what is written to it. */
class Collected extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns = COLUMNS;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(piece: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += piece.toString();
    done();
  }
}

/** Runs the command line, with a standard error that may be a terminal. */
function start(args: readonly string[], { isTTY = true, environment = {} } = {}) {
  const [stdin, stdout, stderr] = [new PassThrough(), new Collected(false), new Collected(isTTY)];
  const abort = new AbortController();
  const signal = abort.signal;
  const argv = [...args, '--format', 'ndjson'];
  const world = {
    argv,
    stdin: () => stdin,
    stdout,
    stderr,
    environment,
    now: 0,
    version: '0',
    signal,
  };
  const code = exitCodeOfProgram(world);
  return { stdin, stderr, abort, code };
}

/** The texts that the line showed, in order, and what was written after it was cleared. */
function shown(text: string): { readonly lines: readonly string[]; readonly rest: string } {
  const [line = '', rest = ''] = text.split(CLEARED);
  return { lines: REST.reduce((all, code) => all.replaceAll(code, ''), line).split(START), rest };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}

const EVENT =
  '{"eventVersion":"1.08","eventName":"A","eventSource":"b","eventTime":"2026-01-01T00:00:00Z","recipientAccountId":"112233445566"}\n';
const CONTROL = /\p{Cc}/u;

describe('the progress line', () => {
  test('shows what is read, then that the query runs, and is cleared at the end', async () => {
    const { stdin, stderr, code } = start(['-']);
    for (let piece = 0; piece < 20; piece++) stdin.write(EVENT.repeat(1000));
    await until(() => / MB read/.test(stderr.text));
    stdin.end();
    expect(await code).toBe(0);
    const { lines, rest } = shown(stderr.text);
    expect(lines).toContain('reading | 0 bytes read');
    expect(lines.findLast((line) => line !== '')).toBe('running the query | 2.6 MB read');
    for (const line of lines) expect(line.length).toBeLessThan(COLUMNS);
    expect(rest).toMatch(/^hunt: warning: /);
    expect(rest.replaceAll('\n', '')).not.toMatch(CONTROL);
  });

  test('is cleared when the hunt is interrupted', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { stdin, stderr, abort, code } = start(['-']);
    stdin.write(EVENT);
    await until(() => stderr.text.includes('reading'));
    abort.abort();
    expect(await code).toBe(130);
    expect(stderr.text.endsWith(CLEARED)).toBe(true);
    const { length } = stderr.text;
    vi.advanceTimersByTime(60_000);
    expect(stderr.text).toHaveLength(length);
  });

  test.each([
    ['where standard error is no terminal', [], { isTTY: false }],
    ['with --quiet', ['--quiet'], {}],
    ['with --no-progress', ['--no-progress'], {}],
    ['on a terminal without a cursor', [], { environment: { TERM: 'dumb' } }],
  ])('is absent %s', async (_, options, how) => {
    const { stderr, code } = start([SAMPLE, ...options], how);
    expect(await code).toBe(0);
    expect(stderr.text.replaceAll('\n', '')).not.toMatch(CONTROL);
    expect(stderr.text).not.toMatch(/reading|running/);
  });
});

const hasScript = spawnSync('script', ['--version']).stdout?.includes('util-linux');

test.runIf(hasScript)('Ctrl+C on a terminal leaves it as it was', async () => {
  const child = spawn(
    'script',
    ['-qec', `stty cols ${COLUMNS}; node dist/main.js -`, '/dev/null'],
    {
      cwd: ROOT,
      env: { ...process.env, TERM: 'xterm', SHELL: '/bin/sh' },
    },
  );
  let text = '';
  child.stdout.on('data', (piece: Buffer) => (text += piece.toString()));
  const ended = new Promise((resolve) => child.on('close', resolve));
  await until(() => text.includes('reading'));
  child.stdin.write('\u0003');
  expect(await ended).toBe(130);
  const { lines, rest } = shown(text);
  for (const line of lines) expect(line.length).toBeLessThan(COLUMNS);
  expect(rest).toBe('');
});
