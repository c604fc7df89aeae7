/**
 * One Trino for the whole run, started when the first test asks: this process holds it, and tells its address at a
 * gate whose own address every test file is given. A run that asks for none pays for the gate alone.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { reasonOf } from '../../src/errors.js';
import { trinoLaunch } from './build.js';
import { startTrino, type RunningTrino } from './start.js';

declare module 'vitest' {
  interface ProvidedContext {
    trinoGate: string;
  }
}

/** The answer of the gate. */
export type GateAnswer = { readonly url: string } | { readonly missing: string };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const over = new AbortController();
  let trino: Promise<RunningTrino> | undefined;
  const answer = async (): Promise<GateAnswer> => {
    try {
      trino ??= trinoLaunch(over.signal).then(startTrino);
      return { url: (await trino).url };
    } catch (error) {
      return { missing: reasonOf(error) };
    }
  };
  const gate = createServer((_request, response) => {
    void answer().then((said) => response.end(JSON.stringify(said)));
  });
  gate.listen(0, '127.0.0.1').unref();
  await once(gate, 'listening');
  project.provide('trinoGate', `http://127.0.0.1:${(gate.address() as AddressInfo).port}`);
  return async () => {
    over.abort();
    gate.close();
    await trino?.then(
      (running) => running.stop(),
      () => undefined,
    );
  };
}
