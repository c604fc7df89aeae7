/** Repeats an HTTP request while the server cannot be reached or is busy. */
import { HuntError } from '../../errors.js';
import { fullJitter } from '../backoff.js';
import { pause } from '../pause.js';
import { exchange, NoAnswer, type HttpAnswer, type HttpRequest } from './exchange.js';

/** How long a request is tried; all times in milliseconds. */
export interface RetryLimits {
  /** An attempt has failed when no byte arrives for this long. */
  readonly silence: number;
  /** The most time for one request: its failed attempts and the pauses between them. */
  readonly total: number;
  /** The same where no connection was made. The default is `total`. */
  readonly connecting?: number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const RETRY_LIMITS: RetryLimits = { silence: 100_000, total: 120_000, wait: pause };

const BACKOFF = { first: 100, most: 10_000 };

/**
 * The answer to a request. HTTP 429, 502, 503, 504 and lost connections are tried again: after the time in `Retry-After`,
 * or after a random pause ("full jitter"). A POST whose connection was lost is not tried again, because the server may
 * have received it. Throws a HuntError ENGINE with the last failure, and what the signal's abort makes `fetch` or `wait`
 * throw.
 */
export async function requestWithRetries(
  request: HttpRequest,
  limits: RetryLimits,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  let spent = 0;
  for (let attempt = 1; ; attempt++) {
    const began = performance.now();
    const result = await attemptOnce(request, limits.silence, signal);
    if (result.kind === 'answer') return result.answer;
    const milliseconds = result.retryAfter ?? fullJitter(attempt, BACKOFF);
    spent += performance.now() - began + milliseconds;
    const { total, connecting = total } = limits;
    if (!result.mayRetry || spent > (result.unsent ? connecting : total))
      throw givenUp(request, result, attempt);
    await limits.wait(milliseconds, signal);
  }
}

interface Failure {
  readonly kind: 'failure';
  readonly reason: string;
  readonly mayRetry: boolean;
  /** The request certainly never reached a server. */
  readonly unsent: boolean;
  /** The pause that the server asks for, in milliseconds. */
  readonly retryAfter: number | undefined;
}

type Attempt = { readonly kind: 'answer'; readonly answer: HttpAnswer } | Failure;

function givenUp(
  { url }: HttpRequest,
  { reason, unsent, retryAfter }: Failure,
  attempts: number,
): HuntError {
  const later = retryAfter === undefined ? '' : `, try again in ${retryAfter / 1000} s`;
  const tries = attempts === 1 ? '' : ` (gave up after ${attempts} attempts)`;
  const hint = unsent ? '; check the address, and that Trino runs there' : '';
  const { origin } = new URL(url);
  return new HuntError('ENGINE', `Trino at ${origin}: ${reason}${later}${tries}${hint}`);
}

async function attemptOnce(
  request: HttpRequest,
  silence: number,
  signal: AbortSignal,
): Promise<Attempt> {
  try {
    const answer = await exchange(request, silence, signal);
    if (![429, 502, 503, 504].includes(answer.status)) return { kind: 'answer', answer };
    return {
      kind: 'failure',
      reason: `HTTP ${answer.status}`,
      mayRetry: true,
      unsent: false,
      retryAfter: readRetryAfter(answer.headers.get('retry-after')),
    };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const { message: reason, unsent } = error;
    const mayRetry = unsent || request.method !== 'POST';
    return { kind: 'failure', reason, mayRetry, unsent, retryAfter: undefined };
  }
}

/** `Retry-After` in milliseconds: a number of seconds, or an HTTP date. */
function readRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const milliseconds = /^\d+$/.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
