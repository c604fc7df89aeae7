/** Posts notices to webhooks. The report is written already, so a failure to send is only named on standard error. */
import { setTimeout as wait } from 'node:timers/promises';
import { reasonOf } from '../../errors.js';
import { noticeBody } from '../../report/notice/bodies.js';
import type { Notice } from '../../report/notice/notice.js';
import { safeLine } from '../../text/safe-text.js';
import type { NotifyAddress } from '../options/hunt-yml/notify.js';

const ATTEMPTS = 3;
/** The wait before the second attempt, in milliseconds; before each further one it is four times as long. */
const FIRST_WAIT = 500;
const TIMEOUT = 15_000;

export interface Failure {
  readonly reason: string;
  /** Whether the address answered, and does not want this notice. */
  readonly isRefused: boolean;
}

/** Posts the notice. Gives why that failed; undefined if the address has it. */
export async function postNotice(
  notice: Notice,
  { url, kind, host }: NotifyAddress,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const body = JSON.stringify(noticeBody(notice, kind));
  let failure: Failure = { reason: '', isRefused: false };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await wait(FIRST_WAIT * 4 ** (attempt - 1));
    const answer = await post(url, body, signal);
    if (answer.kind === 'sent') return undefined;
    const isRefused = answer.kind === 'refused';
    failure = {
      reason: `could not notify ${safeLine(host)}: ${safeLine(answer.reason)}`,
      isRefused,
    };
    if (isRefused || signal.aborted) break;
  }
  return failure;
}

type Answer =
  | { readonly kind: 'sent' }
  /** Another attempt may succeed; or none will. */
  | { readonly kind: 'failed' | 'refused'; readonly reason: string };

async function post(url: URL, body: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      // An address that leads elsewhere would get what is not for it.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    });
    await response.body?.cancel();
    if (response.ok) return { kind: 'sent' };
    const { status } = response;
    const isPassing = status === 408 || status === 429 || status >= 500;
    return { kind: isPassing ? 'failed' : 'refused', reason: `it answers ${status}` };
  } catch (error) {
    return { kind: 'failed', reason: causeOf(error) };
  }
}

/** The message of fetch itself says only that it failed. It never shows the address. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return reasonOf(cause) || 'no connection';
}
