/** Pauses between two tries. */
import { setTimeout as delay } from 'node:timers/promises';
import { HuntError } from '../errors.js';

/** Resolves after `milliseconds`. Rejects at once with a HuntError INTERRUPTED when the signal aborts. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(milliseconds, undefined, signal ? { signal } : {});
  } catch (error) {
    throw new HuntError('INTERRUPTED', 'interrupted', { cause: error });
  }
}
