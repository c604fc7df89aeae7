/**
 * Runs a hunt's parts at the same time. A part that is too large, or that holds something unreadable, is split until what cannot
 * be read is one partition: that partition is named as lost, and the rest is hunted.
 */
import { byCodePoint } from '../../../cloudtrail/canonical.js';
import { dayCount } from '../../../cloudtrail/time/day-span.js';
import { StatementFailed } from '../../../engine/failure.js';
import { HuntError } from '../../../errors.js';
import { sliceName, type Slice } from '../../../table/partitions/slice.js';
import { Failures } from './failures.js';

export interface PartsRequest {
  readonly slices: readonly Slice[];
  /** Reads a part, and gives the number of its records. Rejects with StatementFailed if the engine cannot. Then nothing of the part is counted yet. */
  readonly read: (slice: Slice) => Promise<number>;
  /** Smaller parts with the same partitions; undefined for a single partition. `message` is the error of the part, if it has failed. */
  readonly split: (slice: Slice, message?: string) => readonly Slice[] | undefined;
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

interface FailedPart extends LostPart {
  readonly failure: StatementFailed;
}

/** Athena ends a query after thirty minutes: a part that is likely to take longer than this is halved before it starts. */
const LONGEST = 10 * 60_000;

/** Reads every part, and gives those that cannot be read. Throws if no part can succeed, once none runs any more. */
export async function runParts(request: PartsRequest): Promise<readonly LostPart[]> {
  const { read, split, took, stop, onPart } = request;
  const failures = new Failures(request.slices);
  const lost: FailedPart[] = [];
  let done = 0;
  let total = request.slices.length;
  /** Milliseconds for a day, of the slowest part so far. */
  let pace = 0;
  let fatal: { readonly error: unknown } | undefined;

  /** Reads a part, or gives the smaller parts that are to be read in its place. */
  const run = async (slice: Slice): Promise<readonly Slice[]> => {
    if (fatal !== undefined) return [];
    if (daysIn(slice) > 1 && pace * daysIn(slice) > LONGEST) return replace(split(slice) ?? []);
    const failure = await attempt(slice);
    if (failure === undefined) {
      onPart(done + lost.length, total);
      return [];
    }
    failures.onFailure(slice, failure);
    const pieces = split(slice, failure.reason);
    if (pieces === undefined) failures.onSingle();
    if (failures.isHopeless(failure)) return end(hopeless(failure));
    if (pieces !== undefined && failures.maySearch(slice)) {
      failures.onSplit(slice, pieces);
      return replace(pieces);
    }
    lost.push({ slice, reason: failure.reason, failure });
    onPart(done + lost.length, total);
    return [];
  };

  const replace = (pieces: readonly Slice[]): readonly Slice[] => {
    total += pieces.length - 1;
    return pieces;
  };

  const end = (error: unknown): readonly Slice[] => {
    fatal ??= { error };
    stop();
    return [];
  };

  /** The failure, where smaller parts may succeed. */
  const attempt = async (slice: Slice): Promise<StatementFailed | undefined> => {
    try {
      failures.onRead(slice, await read(slice));
      done++;
      pace = Math.max(pace, took(slice) / daysIn(slice));
    } catch (error) {
      if (error instanceof StatementFailed && error.failureKind !== 'fatal' && fatal === undefined)
        return error;
      end(error);
    }
    return undefined;
  };

  await runAll(request, run, (waiting) => failures.nextOf(waiting));
  if (fatal !== undefined) throw fatal.error;
  if (done === 0) refuseAll(lost);
  // In one order, whichever failed first.
  return joinedDays(lost, failures, request.slices).toSorted((a, b) =>
    byCodePoint(sliceName(a.slice), sliceName(b.slice)),
  );
}

/** Runs the work, the smaller parts of a part before other parts: so it soon turns out whether any can be read. */
async function runAll(
  { slices, atOnce }: PartsRequest,
  run: (slice: Slice) => Promise<readonly Slice[]>,
  nextOf: (waiting: readonly Slice[]) => number,
): Promise<void> {
  const waiting = slices.toReversed();
  const running = new Set<Promise<unknown>>();
  const readOne = async (slice: Slice): Promise<void> => {
    waiting.push(...(await run(slice)).toReversed());
  };
  while (waiting.length > 0 || running.size > 0) {
    const [slice] = running.size < atOnce ? waiting.splice(nextOf(waiting), 1) : [];
    if (slice === undefined) {
      await Promise.race(running);
      continue;
    }
    const work: Promise<unknown> = readOne(slice).finally(() => running.delete(work));
    running.add(work);
  }
}

function hopeless(failure: StatementFailed): HuntError {
  return new HuntError(
    'ENGINE',
    `${failure.message}: every part of the hunt that was tried failed in these words, so it ended early`,
    { cause: failure },
  );
}

/** Throws if nothing was read, and the reason is not in single files: a permission, or a server that fails. */
function refuseAll(lost: readonly FailedPart[]): void {
  const [first] = lost;
  const isAll = (kind: string): boolean =>
    lost.every(({ failure }) => failure.failureKind === kind);
  if (first !== undefined && (isAll('denied') || isAll('transient'))) throw first.failure;
}

/** The parts of a day of which nothing was read are named as the day. */
function joinedDays(
  lost: readonly FailedPart[],
  failures: Failures,
  [whole]: readonly Slice[],
): readonly LostPart[] {
  const days = new Map<number, LostPart>();
  const others: LostPart[] = [];
  for (const { slice, reason } of lost) {
    const day = slice.days?.first;
    const isWhole = daysIn(slice) === 1 && day !== undefined && failures.isLost(day);
    if (!isWhole || whole === undefined) others.push({ slice, reason });
    else if (!days.has(day)) days.set(day, { slice: { ...whole, days: slice.days }, reason });
  }
  return [...others, ...days.values()];
}

/** How many days a part has; one where that is not known. */
function daysIn({ days }: Slice): number {
  const count = days === undefined ? 1 : dayCount(days);
  return Number.isFinite(count) ? count : 1;
}
