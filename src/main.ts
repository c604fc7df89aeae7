#!/usr/bin/env node
/** The bin: arguments in, exit code out. The only place that reads the clock, and the only one that exits. */
import { readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { EXIT } from './cli/world.js';
import { Threads } from './dump/threads/threads.js';
import { HuntError } from './errors.js';
import { PACKAGE } from './package-files.js';

// Long texts leave much behind: V8 should look for what nobody holds before it takes more memory than it has.
setFlagsFromString('--heap-growing-percent=30');

const argv = process.argv.slice(2);
// What the AWS SDK will ask of Node one day is no news to who runs a hunt.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
// While this thread loads the program, others can load what reads logs, where a folder of them is named.
const threads = new Threads();
if (argv.some(isFolder)) threads.begin(availableParallelism());
const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort());
// A reader that leaves early (`hunt … | head`) has no whole report: no message, but no success either.
process.stdout.on('error', () => process.exit(EXIT.failure));

function isFolder(word: string): boolean {
  try {
    return statSync(word, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}

function version(): string {
  const file = new URL('package.json', PACKAGE);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

async function main(): Promise<number> {
  const { describeError, runProgram, wantsStacks } = await import('./cli/program.js');
  try {
    const code = await runProgram(argv, {
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      environment: process.env,
      now: Date.now(),
      version: version(),
      signal: abort.signal,
      threads,
    });
    return abort.signal.aborted ? EXIT.interrupted : code;
  } catch (error) {
    const isOrdinary = error instanceof Error && error.message === 'interrupted';
    // What an interruption left behind must be said: a query that may run on, say.
    if (abort.signal.aborted && (isOrdinary || !(error instanceof HuntError)))
      return EXIT.interrupted;
    process.stderr.write(`${describeError(error, wantsStacks(argv))}\n`);
    const wasInterrupted = error instanceof HuntError && error.code === 'INTERRUPTED';
    return abort.signal.aborted || wasInterrupted ? EXIT.interrupted : EXIT.failure;
  }
}

async function end(): Promise<void> {
  process.exitCode = await main();
  threads.close();
  // Standard input that nobody reads would keep the process alive.
  process.stdin.unref?.();
}

void end();
