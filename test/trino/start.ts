/** Starts a built Trino and stops it. Trino also ends when this process ends, because it reads from our pipe. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Launch {
  readonly java: string;
  readonly flags: readonly string[];
  readonly classpath: readonly string[];
}

export interface RunningTrino {
  readonly url: string;
  /** Resolves when the process has ended. */
  stop(): Promise<void>;
}

/** Throws an Error with the end of Trino's output where Trino does not start. */
export async function startTrino({ java, flags, classpath }: Launch): Promise<RunningTrino> {
  const scratch = await mkdtemp(join(tmpdir(), 'hunt-trino-scratch-'));
  const place = [`-Djava.io.tmpdir=${scratch}`, '-cp', classpath.join(delimiter)];
  // Detached, so that Ctrl+C reaches it as the end of our pipe only, after which it tidies up.
  const child = spawn(java, [...flags, ...place, 'TrinoServer', scratch], { detached: true });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const ended = once(child, 'close');
  const port = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => String(line)),
    ended.then(() => undefined),
  ]);
  if (port === undefined) throw new Error(`Trino did not start: ${said.trim()}`);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
