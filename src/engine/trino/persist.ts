/** Requests that are made again while a server is away for a moment. */
import { setTimeout as sleep } from 'node:timers/promises';
import { HuntError } from '../../errors.js';
import { fullJitter } from '../backoff.js';
import { exchange, NoAnswer, type Answer, type Request } from './exchange.js';

/** How long to bear with a server; times in milliseconds. */
export interface Patience {
  /** Without a byte for so long, an attempt has failed. */
  readonly silence: number;
  /** What failed attempts and the waits between them may take in all, for one request. */
  readonly total: number;
  /** The same where no connection comes about; as long as any failure where it is not said. */
  readonly connecting?: number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const PATIENCE: Patience = {
  silence: 100_000,
  total: 120_000,
  wait: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;

/**
 * The answer to a request. 429, 502, 503, 504 and lost connections are tried again after a random pause from zero to a
 * bound that doubles (full jitter), or when `Retry-After` says; a POST whose connection was lost is not, for the
 * statement may have come through. Throws a HuntError with code ENGINE that has the last reason, and the signal's
 * reason where it aborts.
 */
export async function persist(
  request: Request,
  patience: Patience,
  signal: AbortSignal,
): Promise<Answer> {
  let spent = 0;
  for (let attempt = 1; ; attempt++) {
    const began = performance.now();
    const result = await attemptOnce(request, patience.silence, signal);
    if (result.kind === 'answer') return result.answer;
    const pause = result.after ?? fullJitter(attempt, FIRST_PAUSE, LONGEST_PAUSE);
    spent += performance.now() - began + pause;
    const { total, connecting = total } = patience;
    if (!result.again || spent > (result.unsent ? connecting : total)) {
      const asked = result.after === undefined ? '' : `, come back in ${result.after / 1000} s`;
      const tries = attempt === 1 ? '' : ` (tried ${attempt} times, then gave up)`;
      const hint = result.unsent ? '; is the address right, and does Trino run there?' : '';
      const { origin } = new URL(request.url);
      throw new HuntError('ENGINE', `Trino at ${origin}: ${result.reason}${asked}${tries}${hint}`);
    }
    await patience.wait(pause, signal);
  }
}

type Attempt =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | {
      readonly kind: 'failure';
      readonly reason: string;
      readonly again: boolean;
      /** The request certainly never reached a server. */
      readonly unsent: boolean;
      /** Milliseconds that the server asks to wait. */
      readonly after: number | undefined;
    };

async function attemptOnce(
  request: Request,
  silence: number,
  signal: AbortSignal,
): Promise<Attempt> {
  try {
    const answer = await exchange(request, silence, signal);
    if (![429, 502, 503, 504].includes(answer.status)) return { kind: 'answer', answer };
    const after = retryAfter(answer.headers.get('retry-after'));
    return { kind: 'failure', reason: `HTTP ${answer.status}`, again: true, unsent: false, after };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const { message: reason, unsent } = error;
    const again = unsent || request.method !== 'POST';
    return { kind: 'failure', reason, again, unsent, after: undefined };
  }
}

/** `Retry-After` (seconds, or a date as HTTP writes it) in milliseconds. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const milliseconds = /^\d+$/.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
