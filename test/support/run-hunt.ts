/** Runs the built command as its own process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
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
  readonly main?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Polled until it is true; then the process gets SIGINT. Standard input stays open meanwhile. */
  readonly interruptWhen?: () => boolean | Promise<boolean>;
}

/** Runs `hunt` with these arguments in an empty folder, or the one given. */
export function hunt(args: readonly string[], options: RunOptions = {}): Promise<Run> {
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
