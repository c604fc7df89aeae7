/**
 * Runs a hunt's parts at the same time. A part that is too large, or that holds something unreadable, is halved until what cannot
 * be read is one partition: that partition is named as lost, and the rest is hunted.
 */
import pLimit from 'p-limit';
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { dayCount } from '../../cloudtrail/time/day-span.js';
import { StatementFailed } from '../../engine/failure.js';
import { sliceName, type Slice } from '../../table/partitions/slice.js';

export interface PartsRequest {
  readonly slices: readonly Slice[];
  /** Reads a part. Rejects with StatementFailed if the engine cannot. Then nothing of the part is counted yet. */
  readonly read: (slice: Slice) => Promise<void>;
  readonly halve: (slice: Slice) => readonly [Slice, Slice] | undefined;
  /** How long the engine took for a part that was read, in milliseconds. */
  readonly took: (slice: Slice) => number;
  /** How many run at the same time. */
  readonly atOnce: number;
  /** Stops the parts that run, where the hunt cannot go on. */
  readonly stop: () => void;
  readonly onPart: (done: number, total: number) => void;
}

export interface LostPart {
  readonly slice: Slice;
  readonly reason: string;
}

/** After this many failures, more than a few partitions are wrong: halving ends. It ends sooner where no part was ever read. */
const MOST_FAILURES = { ever: 200, first: 40 };

/** Athena ends a query after thirty minutes: a part that is likely to take longer than this is halved before it starts. */
const LONGEST = 10 * 60_000;

/** Reads every part, and gives those that cannot be read. Throws if no part can succeed, once none runs any more. */
export async function runParts(request: PartsRequest): Promise<readonly LostPart[]> {
  const { read, halve, took, atOnce, stop, onPart } = request;
  const limit = pLimit(atOnce);
  const lost: (LostPart & { readonly failure: StatementFailed })[] = [];
  let done = 0;
  let total = request.slices.length;
  let failures = 0;
  /** Milliseconds for a day, of the slowest part so far. */
  let pace = 0;
  let fatal: { readonly error: unknown } | undefined;

  const run = async (slice: Slice): Promise<void> => {
    const failure = await limit(async () => (isLong(slice) ? 'long' : attempt(slice)));
    if (failure === 'long') return runAll(halve(slice) ?? []);
    if (failure === undefined) return onPart(done + lost.length, total);
    const most = done === 0 ? MOST_FAILURES.first : MOST_FAILURES.ever;
    const halves = ++failures > most ? undefined : halve(slice);
    if (halves === undefined) {
      lost.push({ slice, reason: failure.reason, failure });
      return onPart(done + lost.length, total);
    }
    return runAll(halves);
  };

  const isLong = (slice: Slice): boolean =>
    fatal === undefined && daysIn(slice) > 1 && pace * daysIn(slice) > LONGEST;

  const runAll = async (halves: readonly Slice[]): Promise<void> => {
    total++;
    await Promise.all(halves.map(run));
  };

  /** The failure, where halves may succeed. */
  const attempt = async (slice: Slice): Promise<StatementFailed | undefined> => {
    if (fatal !== undefined) return undefined;
    try {
      await read(slice);
      done++;
      pace = Math.max(pace, took(slice) / daysIn(slice));
      return undefined;
    } catch (error) {
      if (error instanceof StatementFailed && error.failureKind !== 'fatal') return error;
      fatal ??= { error };
      stop();
      return undefined;
    }
  };

  await Promise.all(request.slices.map(run));
  if (fatal !== undefined) throw fatal.error;
  const [denied] = lost;
  if (done === 0 && denied && lost.every(({ failure }) => failure.failureKind === 'denied'))
    throw denied.failure;
  // In one order, whichever failed first.
  return lost.toSorted((a, b) => byCodePoint(sliceName(a.slice), sliceName(b.slice)));
}

/** How many days a part has; one where that is not known. */
function daysIn({ days }: Slice): number {
  const count = days === undefined ? 1 : dayCount(days);
  return Number.isFinite(count) ? count : 1;
}
