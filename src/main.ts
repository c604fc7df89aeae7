#!/usr/bin/env node
/**
 * The bin: passes the command line and the process to the program, and sets the exit code. It also starts the threads that
 * read logs before it loads the program, because both take about the same time.
 */
import { readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { EXIT } from './cli/exit-code.js';
import { Threads } from './dump/threads/threads.js';
import { PACKAGE } from './package-files.js';

// Long records leave much garbage. V8 should collect it before it asks the system for more memory.
setFlagsFromString('--heap-growing-percent=30');
// By default, V8 optimises what has run for a moment. In a hunt of a few seconds that takes a fifth of the time of all cores, and
// does not pay. What runs for longer is still optimised.
setFlagsFromString('--interrupt-budget=600000');
// Most patterns are tested against thousands of records. By default, V8 interprets a pattern first and compiles it later.
setFlagsFromString('--no-regexp-tier-up');
// The AWS SDK announces which Node versions it will drop. That is of no use to the person who runs a hunt.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const argv = process.argv.slice(2);
const threads = new Threads();
if (argv.some(isFolder)) threads.begin(availableParallelism());
const abort = new AbortController();
let stdin: typeof process.stdin | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort());
// The reader of a pipe may close it early (`hunt … | head`). The report is then incomplete: exit without a message, but not
// with success.
process.stdout.on('error', () => process.exit(EXIT.failure));

void run();

async function run(): Promise<void> {
  const { exitCodeOfProgram } = await import('./cli/program.js');
  process.exitCode = await exitCodeOfProgram({
    argv,
    stdin: () => (stdin ??= process.stdin),
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    now: Date.now(),
    version: version(),
    signal: abort.signal,
    threads,
  });
  threads.close();
  // An unread standard input would keep the process alive.
  stdin?.unref?.();
}

function isFolder(argument: string): boolean {
  try {
    return statSync(argument, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}

function version(): string {
  const file = new URL('package.json', PACKAGE);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
