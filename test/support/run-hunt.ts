/** Runs the built command: in this process, or as its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { exitCodeOfProgram } from '../../src/cli/program.js';
import type { Report } from '../../src/report/report.js';
import { emptyFolder } from './folders.js';

export { emptyFolder };

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SAMPLE = join(ROOT, 'data/sample');
export const MAIN = join(ROOT, 'dist/main.js');

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly stdin?: string | Buffer;
  readonly environment?: Readonly<Record<string, string>>;
  /** When it runs. Without it, the clock of the machine says so. */
  readonly now?: number;
}

/** A stream that collects what is written to it. */
class Collected extends Writable {
  readonly #pieces: Buffer[] = [];

  override _write(piece: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#pieces.push(piece);
    done();
  }

  get text(): string {
    return Buffer.concat(this.#pieces).toString();
  }
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs `hunt` with these arguments in an empty folder, or the one given. It is the built program, but in this process: to start one
 * takes longer than most hunts of a test. Where the process itself is tested, use `huntProcess`.
 */
export function hunt(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  // One after the other, because the process has only one folder and one environment.
  const run = last.then(() => runHere(args, options));
  last = run.catch(() => undefined);
  return run;
}

async function runHere(argv: readonly string[], options: RunOptions): Promise<Run> {
  const { cwd = emptyFolder(), stdin = '', environment = {} } = options;
  const [folder, before] = [process.cwd(), { ...process.env }];
  const [stdout, stderr] = [new Collected(), new Collected()];
  process.chdir(cwd);
  Object.assign(process.env, environment);
  try {
    const code = await builtProgram().exitCodeOfProgram({
      argv,
      stdin: () => Readable.from([Buffer.from(stdin)]),
      stdout,
      stderr,
      environment: process.env,
      now: options.now ?? Date.now(),
      version: VERSION,
      signal: new AbortController().signal,
    });
    return { code, stdout: stdout.text, stderr: stderr.text };
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name];
    Object.assign(process.env, before);
    process.chdir(folder);
  }
}

const require = createRequire(import.meta.url);
const { version: VERSION } = require('../../package.json') as { readonly version: string };
const builtProgram = () =>
  require('../../dist/program.js') as { readonly exitCodeOfProgram: typeof exitCodeOfProgram };

/** One hunt, of which both the page and the report are looked at. */
export async function huntWithReport(
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ readonly page: string; readonly report: Report }> {
  const file = join(emptyFolder(), 'report.json');
  const { stdout, stderr } = await hunt([...args, '--format', 'table', '--output', file], options);
  if (!existsSync(file)) throw new Error(stderr);
  return { page: stdout, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
}

export interface ProcessOptions extends RunOptions {
  readonly main?: string;
  /** Polled until it is true; then the process gets SIGINT. Standard input stays open meanwhile. */
  readonly interruptWhen?: () => boolean | Promise<boolean>;
}

/** The same as its own process. */
export function huntProcess(args: readonly string[], options: ProcessOptions = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [options.main ?? MAIN, ...args], {
      cwd: options.cwd ?? emptyFolder(),
      env: { ...process.env, ...options.environment },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => err.push(piece));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        code,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
      }),
    );
    child.stdin.on('error', () => undefined);
    const { interruptWhen } = options;
    if (interruptWhen === undefined) child.stdin.end(options.stdin ?? '');
    else interruptOnce(child, interruptWhen).catch(reject);
  });
}

/** Looks until the child is to be interrupted, or has ended. */
async function interruptOnce(
  child: ChildProcess,
  isTime: () => boolean | Promise<boolean>,
): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    if (await isTime()) {
      child.kill('SIGINT');
      return;
    }
    await sleep(20);
  }
}
