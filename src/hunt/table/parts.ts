/**
 * Runs a hunt's parts side by side. One that is too large, or that has something unreadable in it, is halved until what
 * cannot be read is one partition: that is named, and the rest is hunted.
 */
import pLimit from 'p-limit';
import type { Row } from '../../engine/engine.js';
import { StatementFailed } from '../../engine/failure.js';
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { DAY } from '../../cloudtrail/window.js';
import { sliceName, type Slice } from '../../table/partitions/slice.js';
import { FoldedRows } from '../../answer/fold-rows.js';

export interface PartsRequest {
  readonly slices: readonly Slice[];
  readonly rowsOf: (slice: Slice) => AsyncIterable<Row>;
  /** Takes what it wants of a row as it comes, and gives what is to be kept of it. */
  readonly keep: (row: Row) => Row;
  readonly halve: (slice: Slice) => readonly [Slice, Slice] | undefined;
  /** How long the engine took for a part that has ended, in milliseconds. */
  readonly took: (slice: Slice) => number;
  /** How many run side by side. */
  readonly atOnce: number;
  /** Stops the parts that run, where the hunt cannot go on. */
  readonly stop: () => void;
  readonly onPart: (done: number, total: number) => void;
}

export interface Part {
  readonly slice: Slice;
  readonly rows: readonly Row[];
}

export interface LostPart {
  readonly slice: Slice;
  readonly reason: string;
}

/** Where so many have failed, something is wrong with more than a few partitions; sooner where nothing ever succeeded. */
const MOST_FAILURES = { ever: 200, first: 40 };

/** Athena ends a query after thirty minutes: a part that is likely to take longer than this is halved before it starts. */
const LONGEST = 10 * 60_000;

/** The parts that could be read and those that could not. Throws where no part can succeed, once none runs any more. */
export async function runParts(
  request: PartsRequest,
): Promise<{ readonly parts: readonly Part[]; readonly lost: readonly LostPart[] }> {
  const { rowsOf, keep, halve, took, atOnce, stop, onPart } = request;
  const limit = pLimit(atOnce);
  const parts: Part[] = [];
  const lost: (LostPart & { readonly failure: StatementFailed })[] = [];
  let total = request.slices.length;
  let failures = 0;
  /** Of the slowest part so far, in milliseconds for a day. */
  let pace = 0;
  let fatal: { readonly error: unknown } | undefined;

  const run = async (slice: Slice): Promise<void> => {
    const failure = await limit(async () => (isLong(slice) ? 'long' : attempt(slice)));
    if (failure === 'long') return runAll(halve(slice) ?? []);
    if (failure === undefined) return onPart(parts.length + lost.length, total);
    const most = parts.length === 0 ? MOST_FAILURES.first : MOST_FAILURES.ever;
    const halves = ++failures > most ? undefined : halve(slice);
    if (halves === undefined) {
      lost.push({ slice, reason: failure.reason, failure });
      return onPart(parts.length + lost.length, total);
    }
    return runAll(halves);
  };

  const isLong = (slice: Slice): boolean =>
    fatal === undefined && daysIn(slice) > 1 && pace * daysIn(slice) > LONGEST;

  const runAll = async (halves: readonly Slice[]): Promise<void> => {
    total++;
    await Promise.all(halves.map(run));
  };

  /** The failure, where halves may do better. */
  const attempt = async (slice: Slice): Promise<StatementFailed | undefined> => {
    if (fatal !== undefined) return undefined;
    try {
      const rows = new FoldedRows();
      for await (const row of rowsOf(slice)) rows.add(keep(row));
      parts.push({ slice, rows: rows.all() });
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
  if (parts.length === 0 && denied && lost.every(({ failure }) => failure.failureKind === 'denied'))
    throw denied.failure;
  // Whichever failed first, the report is the same.
  return {
    parts,
    lost: lost.toSorted((a, b) => byCodePoint(sliceName(a.slice), sliceName(b.slice))),
  };
}

/** How many days a part has; one where nobody can tell. */
function daysIn({ days }: Slice): number {
  const count = days === undefined ? 1 : (days.last - days.first) / DAY + 1;
  return Number.isFinite(count) ? count : 1;
}
