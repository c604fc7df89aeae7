/** Decides how far a hunt searches for the partitions that cannot be read, by what has failed so far. */
import type { StatementFailed } from '../../../engine/failure.js';
import { dayCount } from '../../../cloudtrail/time/day-span.js';
import { DAY } from '../../../cloudtrail/time/window.js';
import type { Slice } from '../../../table/partitions/slice.js';

/** After this many failures, the search for bad partitions ends: more than a few are bad. It ends sooner where no part had a record. */
const MOST = { ever: 200, first: 40 };
/** The same for a single day. A day whose files are all bad is not searched account by account. */
const MOST_OF_DAY = { ever: 24, first: 8 };
/** If no record was read, and this many parts without a common partition failed in the same words, all parts would fail. */
const FEW = 4;
/** The same for failures of any parts, as of a part and its halves. */
const SOME = 24;
/** The days that failed must span at least this share of the hunt: logs of one year may be archived, and those of the next not. */
const SPREAD = 0.5;

interface Day {
  failed: number;
  /** The parts that were read and had no record. */
  empty: number;
  /** The parts that had a record. */
  read: number;
}

export class Failures {
  private readonly words = new Set<string>();
  private readonly days = new Map<number, Day>();
  private readonly parents = new Map<Slice, Slice>();
  /** Failed parts of which no smaller part has failed, so that no two of them share a partition. */
  private readonly apart = new Set<Slice>();
  private count = 0;
  /** The failures that more than the size of a part caused. */
  private wrong = 0;
  private singles = 0;
  /** The parts that had a record. */
  private read = 0;
  private fromLastDay = false;
  private readonly dayCount: number;

  /** The parts of the hunt, in the order of their days. */
  constructor(slices: readonly Slice[]) {
    const first = slices[0]?.days?.first ?? 0;
    const last = slices.findLast(({ days }) => days !== undefined)?.days?.last ?? 0;
    this.dayCount = dayCount({ first, last });
  }

  /** A part without a record, as of a day to come, does not show that records can be read. */
  onRead(slice: Slice, records: number): void {
    if (records > 0) this.read++;
    const day = this.dayOf(slice);
    if (day === undefined) return;
    if (records > 0) day.read++;
    else day.empty++;
  }

  /**
   * Which of the waiting parts is next. While all fails, those of the first days and of the last days, in turn: if any can be
   * read, it is probably one of them.
   */
  nextOf(waiting: readonly Slice[]): number {
    if (this.read > 0 || this.wrong === 0) return waiting.length - 1;
    this.fromLastDay = !this.fromLastDay;
    const rank = ({ days }: Slice): number =>
      days === undefined ? 0 : this.fromLastDay ? days.last : -days.first;
    let next = waiting.length - 1;
    for (const [index, slice] of waiting.entries()) {
      const best = waiting[next];
      if (best === undefined || rank(slice) > rank(best)) next = index;
    }
    return next;
  }

  onFailure(slice: Slice, { failureKind, message }: StatementFailed): void {
    this.count++;
    // A part that is too large says nothing about a smaller one.
    if (failureKind === 'too large') return;
    this.wrong++;
    const day = this.dayOf(slice);
    if (day !== undefined) day.failed++;
    this.words.add(wordsOf(message));
    const parent = this.parents.get(slice);
    if (parent !== undefined) this.apart.delete(parent);
    this.apart.add(slice);
  }

  /** Whether it is worth to look for the bad partition in a part that failed. */
  maySearch(slice: Slice): boolean {
    const day = this.dayOf(slice);
    const isDayWrong = day !== undefined && day.failed > limitOf(MOST_OF_DAY, day.read);
    return this.count <= limitOf(MOST, this.read) && !isDayWrong;
  }

  onSplit(slice: Slice, pieces: readonly Slice[]): void {
    for (const piece of pieces) this.parents.set(piece, slice);
  }

  /** A part that failed is a single partition. */
  onSingle(): void {
    this.singles++;
  }

  /** Whether every part fails in the same words, so that none can be read. */
  isHopeless({ failureKind }: StatementFailed): boolean {
    if (this.read > 0 || this.words.size !== 1) return false;
    // The data of some partitions may be bad in each of the first parts. A server that fails every time says so sooner.
    const isServer = failureKind === 'transient' && this.apart.size >= FEW;
    return isServer || ((this.singles >= FEW || this.wrong >= SOME) && this.areSpread());
  }

  private areSpread(): boolean {
    const days = [...this.days].filter(([, { failed }]) => failed > 0).map(([day]) => day);
    if (!Number.isFinite(this.dayCount) || this.dayCount <= 1) return true;
    const length = days.length === 0 ? 0 : (Math.max(...days) - Math.min(...days)) / DAY + 1;
    return length >= SPREAD * this.dayCount;
  }

  /** Whether a day is lost as a whole. A few parts of it are named one by one where others were read, and had no record. */
  isLost(at: number): boolean {
    const day = this.days.get(at);
    return day?.read === 0 && (day.empty === 0 || day.failed > MOST_OF_DAY.first);
  }

  /** What is known of the day, where the part is of one day. */
  private dayOf({ days }: Slice): Day | undefined {
    if (days === undefined || dayCount(days) !== 1) return undefined;
    const day = this.days.get(days.first) ?? { failed: 0, empty: 0, read: 0 };
    this.days.set(days.first, day);
    return day;
  }
}

function limitOf({ ever, first }: typeof MOST, read: number): number {
  return read === 0 ? first : ever;
}

/** A message without what differs from file to file: paths, numbers, and the IDs of queries. */
function wordsOf(message: string): string {
  return message
    .replace(/\S+/g, (word) => (word.includes('/') ? '…' : word))
    .replace(/\b[0-9a-f-]{1,99}\b/gi, (id) => (/\d/.test(id) ? '0' : id));
}
