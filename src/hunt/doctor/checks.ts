/** The checks of `hunt doctor`: harmless steps of a hunt, each with its own time limit, run one after another. */
import { setTimeout as delay } from 'node:timers/promises';
import { HuntError, reasonOf } from '../../errors.js';
import { ASK_DOCTOR } from '../../engine/failure.js';

export interface Check {
  /** The name of the step: `explain the query`. */
  readonly name: string;
  /** The permissions that the step needs, for people; undefined if it needs none. */
  readonly permissions?: string;
  /** The names of the earlier steps that this one needs. It is skipped where one of them failed. */
  readonly after: readonly string[];
  readonly limit: Limit;
  /**
   * Performs the step, and says what it found. Rejects if the step fails. When the signal aborts, it stops what it has
   * started.
   */
  readonly run: (signal: AbortSignal) => Promise<Found>;
}

export interface Found {
  /** `note` if a hunt works, but not as the person may expect. */
  readonly status: 'ok' | 'note';
  /** A sentence. */
  readonly message: string;
}

export interface CheckResult {
  readonly check: Check;
  /** `no answer` if the check reached its limit: then it is not known whether the step works. */
  readonly status: Found['status'] | 'failed' | 'no answer' | 'skipped';
  /** What was found, or why the check failed or was skipped. */
  readonly message: string;
  /** The permissions that may be missing; undefined if the failure has another cause. */
  readonly needs: string | undefined;
}

/** How long a step may take, in milliseconds: until it is announced as slow, and until it is stopped. */
export interface Limit {
  readonly slow: number;
  readonly most: number;
}

/** For a step that only asks, for one that runs queries, and for the first query, which shows that the server lives. */
export const LIMITS = {
  asking: { slow: 2000, most: 60_000 },
  querying: { slow: 10_000, most: 120_000 },
  firstQuery: { slow: 2000, most: 120_000 },
} as const satisfies Readonly<Record<string, Limit>>;

/** How long a step may take to stop what it has started, in milliseconds. */
const STOPPING = 15_000;

export interface RunOptions {
  /** Ends the checks. */
  readonly signal: AbortSignal;
  /** Called once for a check that takes long. */
  readonly onSlow: (check: Check) => void;
}

/**
 * Runs the checks. One that fails does not stop the others, except those that need it. Throws a HuntError INTERRUPTED if
 * the signal aborts.
 */
export async function* runChecks(
  checks: readonly Check[],
  options: RunOptions,
): AsyncGenerator<CheckResult> {
  const lacking = new Set<string>();
  for (const check of checks) {
    const cause = check.after.find((name) => lacking.has(name));
    const result =
      cause === undefined
        ? await runCheck(check, options)
        : { check, status: 'skipped' as const, message: `needs: ${cause}`, needs: undefined };
    if (result.status !== 'ok' && result.status !== 'note') lacking.add(check.name);
    yield result;
  }
}

async function runCheck(check: Check, { signal, onSlow }: RunOptions): Promise<CheckResult> {
  const over = new AbortController();
  const limit = setTimeout(() => over.abort(), check.limit.most);
  const slow = setTimeout(() => onSlow(check), check.limit.slow);
  try {
    const either = AbortSignal.any([signal, over.signal]);
    return { check, needs: undefined, ...(await endedBy(either, check.run(either))) };
  } catch (error) {
    if (signal.aborted) {
      if (error instanceof HuntError && error.code === 'INTERRUPTED') throw error;
      const rest = error instanceof StillRunning ? `, but ${MAY_RUN}` : '';
      throw new HuntError('INTERRUPTED', `interrupted${rest}`, { cause: error });
    }
    if (over.signal.aborted) {
      const rest = error instanceof StillRunning ? MAY_RUN : 'stopped';
      const message = `took longer than ${check.limit.most / 1000} s (${rest})`;
      return { check, status: 'no answer', message, needs: undefined };
    }
    const message = reasonOf(error).replace(` (${ASK_DOCTOR})`, '');
    const needs = isDenied(message) ? check.permissions : undefined;
    return { check, status: 'failed', message, needs };
  } finally {
    clearTimeout(limit);
    clearTimeout(slow);
  }
}

const MAY_RUN = 'what the check started may still run';

/** The step did not stop what it had started. */
class StillRunning extends Error {}

/** What the step gives. After an abort, the step has some seconds to stop. */
async function endedBy(signal: AbortSignal, step: Promise<Found>): Promise<Found> {
  const done = new AbortController();
  const tooLate = async (): Promise<never> => {
    if (!signal.aborted)
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { signal: done.signal, once: true });
      });
    await delay(STOPPING, undefined, { signal: done.signal });
    throw new StillRunning();
  };
  try {
    return await Promise.race([step, tooLate()]);
  } finally {
    done.abort();
  }
}

/** Whether a permission may be missing. */
function isDenied(message: string): boolean {
  return /access.?denied|not authorized|permission|forbidden|\b403\b|refuses user/i.test(message);
}
