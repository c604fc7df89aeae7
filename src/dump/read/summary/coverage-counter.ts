/**
 * Counts records by AWS account, region and hour. Logs may be hostile, with any number of accounts of any length, so names are
 * cut and only a bounded number of blocks is counted one by one: the first in order, whatever the order of the records and
 * the number of threads.
 */
import { accountText } from '../../../cloudtrail/spelling/account.js';
import { timeText } from '../../../cloudtrail/spelling/time-text.js';
import { readInstant } from '../../../cloudtrail/time/time.js';
import { hourOf } from '../../../cloudtrail/time/hour-span.js';
import { scopeName } from '../../../cloudtrail/scope-name.js';
import { contains, type Window } from '../../../cloudtrail/time/window.js';
import type { RecordKind } from '../../../cloudtrail/kind.js';
import type { KindCount, RecordGroup } from '../../dump.js';
import {
  addBlock,
  blockOf,
  inOrder,
  markHour,
  openBlock,
  type BlockKey,
  type CoverageBlock,
  type OpenBlock,
} from './coverage-block.js';
import { KindCounter } from './kind-counter.js';

/** A thousand accounts with 24 regions have so many blocks in a hunt of 90 days. */
const MOST_BLOCKS = 24_000;

/** The counts as plain data, which threads send. Times are in milliseconds since 1970 UTC. */
export interface CoverageCounts {
  /** In order. */
  readonly blocks: readonly CoverageBlock[];
  /** Records that are in no block, because there were too many. */
  readonly others: { readonly records: number; readonly windowRecords: number };
  /** The earliest and the latest time of all records, inside or outside the window. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly kinds: readonly KindCount[];
}

/** A record, as texts of the log. */
export interface CountedRecord {
  readonly account: string | null;
  readonly region: string | null;
  readonly time: string | null;
  readonly kind: RecordKind;
}

export class CoverageCounter {
  readonly #window: Window;
  readonly #mostBlocks: number;
  readonly #kinds = new KindCounter();
  #records = 0;
  #first = Infinity;
  #last = -Infinity;
  #earliest = Infinity;
  #hasWindow = false;
  #others = { records: 0, windowRecords: 0 };
  #latestTime: string | undefined;
  #latestInstant: number | undefined;
  #latest: OpenBlock | undefined;
  /** By account, region and number. */
  #blocks = new Map<string | null, Map<string | null, Map<number, OpenBlock>>>();
  #count = 0;
  /** The last block of those that are kept, once blocks were dropped. */
  #end: BlockKey | undefined;

  constructor(window: Window, mostBlocks = MOST_BLOCKS) {
    this.#window = window;
    this.#mostBlocks = mostBlocks;
  }

  /** How many records were added, inside or outside the window. Merged counts are not included. */
  get records(): number {
    return this.#records;
  }

  /** Since the last call: the earliest time (Infinity where no record had one), and whether a record was in the window. */
  takeTimes(): { readonly earliest: number; readonly hasWindow: boolean } {
    const times = { earliest: this.#earliest, hasWindow: this.#hasWindow };
    this.#earliest = Infinity;
    this.#hasWindow = false;
    return times;
  }

  /** Adds a record. */
  add({ account, region, time, kind }: CountedRecord): void {
    this.#records += 1;
    const instant = this.#instantOf(time);
    const first = instant ?? Infinity;
    const last = instant ?? -Infinity;
    const hour = instant === undefined ? undefined : hourOf(instant);
    const inWindow = contains(this.#window, instant);
    this.#add({ account, region, kind, hour, first, last, records: 1 }, inWindow);
  }

  /** Adds records that were counted together; all of them are inside the window, or none is. */
  addGroup(group: RecordGroup, inWindow: boolean): void {
    this.#records += group.records;
    this.#add(group, inWindow);
  }

  /** Adds the counts of another thread. */
  merge({ blocks, others, first, last, kinds }: CoverageCounts): void {
    for (const kind of kinds) this.#kinds.merge(kind);
    if (first !== undefined && last !== undefined) this.#widen(first, last);
    this.#addOthers(others);
    for (const block of blocks) {
      const own = this.#blockFor(block);
      if (own === undefined) this.#addOthers(block);
      else addBlock(own, block);
    }
  }

  /** The same, whatever the order in which records were added. */
  counts(): CoverageCounts {
    this.#drop(this.#mostBlocks);
    const isDated = this.#first <= this.#last;
    return {
      blocks: this.#all().toSorted(inOrder),
      others: this.#others,
      first: isDated ? this.#first : undefined,
      last: isDated ? this.#last : undefined,
      kinds: this.#kinds.counts(),
    };
  }

  /** Consecutive records of a log often have the same time, so the latest one is cached. */
  #instantOf(time: string | null): number | undefined {
    if (time === null) return undefined;
    if (time !== this.#latestTime) {
      this.#latestTime = time;
      this.#latestInstant = readInstant(time) ?? readInstant(timeText(time));
    }
    return this.#latestInstant;
  }

  #widen(first: number, last: number): void {
    this.#first = Math.min(this.#first, first);
    this.#last = Math.max(this.#last, last);
  }

  #add(group: RecordGroup, inWindow: boolean): void {
    const { region, hour, first, last, records } = group;
    const account = accountText(group.account);
    this.#widen(first, last);
    this.#earliest = Math.min(this.#earliest, first);
    this.#hasWindow ||= inWindow;
    if (inWindow) this.#kinds.add(group);
    const block = this.#blockFor({
      account: scopeName(account),
      region: scopeName(region),
      block: blockOf(hour),
    });
    if (block === undefined) {
      this.#addOthers({ records, windowRecords: inWindow ? records : 0 });
      return;
    }
    block.records += records;
    block.first = Math.min(block.first, first);
    block.last = Math.max(block.last, last);
    if (hour !== undefined) markHour(block, hour, inWindow);
    if (!inWindow) return;
    block.windowRecords += records;
    block.windowFirst = Math.min(block.windowFirst, first);
    block.windowLast = Math.max(block.windowLast, last);
  }

  #addOthers({ records, windowRecords }: CoverageCounts['others']): void {
    this.#others = {
      records: this.#others.records + records,
      windowRecords: this.#others.windowRecords + windowRecords,
    };
  }

  /** The block with this key; undefined if it is one too many. Consecutive records are often of one block. */
  #blockFor(key: BlockKey): OpenBlock | undefined {
    const { account, region, block } = key;
    const latest = this.#latest;
    if (latest?.account === account && latest.region === region && latest.block === block)
      return latest;
    return (this.#latest = this.#blocks.get(account)?.get(region)?.get(block) ?? this.#open(key));
  }

  #open(key: BlockKey): OpenBlock | undefined {
    if (this.#end !== undefined && inOrder(key, this.#end) > 0) return undefined;
    if (this.#count >= 1.5 * this.#mostBlocks) {
      this.#drop(this.#mostBlocks);
      return this.#open(key);
    }
    return this.#put(openBlock(key));
  }

  #put(block: OpenBlock): OpenBlock {
    const { account, region } = block;
    let regions = this.#blocks.get(account);
    if (regions === undefined) this.#blocks.set(account, (regions = new Map()));
    let blocks = regions.get(region);
    if (blocks === undefined) regions.set(region, (blocks = new Map()));
    blocks.set(block.block, block);
    this.#count += 1;
    return block;
  }

  #all(): readonly OpenBlock[] {
    return [...this.#blocks.values()].flatMap((regions) =>
      [...regions.values()].flatMap((blocks) => [...blocks.values()]),
    );
  }

  /** Keeps the first blocks in order. Whatever comes later, no other block can be among the first. */
  #drop(kept: number): void {
    if (this.#count <= kept) return;
    const all = this.#all().toSorted(inOrder);
    for (const block of all.slice(kept)) this.#addOthers(block);
    this.#blocks = new Map();
    this.#count = 0;
    this.#latest = undefined;
    for (const block of all.slice(0, kept)) this.#put(block);
    this.#end = all[kept - 1];
  }
}
