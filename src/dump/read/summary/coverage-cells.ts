/** Puts together the blocks of each account and region. */
import { joinedSpans, spansOf } from '../../../cloudtrail/time/hour-span.js';
import type { CoverageCell } from '../../dump.js';
import { instantsOf, type CoverageBlock } from './coverage-block.js';

/** The counts of each account and region. The blocks are in order, and so are the cells. */
export function cellsOf(blocks: readonly CoverageBlock[]): readonly CoverageCell[] {
  const groups: CoverageBlock[][] = [];
  for (const block of blocks) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    if (first?.account === block.account && first.region === block.region) group?.push(block);
    else groups.push([block]);
  }
  return groups.map(cellOf);
}

function cellOf(blocks: readonly CoverageBlock[]): CoverageCell {
  const sum = (of: (block: CoverageBlock) => number): number =>
    blocks.reduce((total, block) => total + of(block), 0);
  const least = (of: (block: CoverageBlock) => number): number | undefined =>
    finite(Math.min(...blocks.map(of)));
  const most = (of: (block: CoverageBlock) => number): number | undefined =>
    finite(Math.max(...blocks.map(of)));
  const hours = spansOf(blocks.flatMap((block) => [...instantsOf(block.hours, block.block)]));
  const others = spansOf(blocks.flatMap((block) => [...instantsOf(block.otherHours, block.block)]));
  return {
    account: blocks[0]?.account ?? null,
    region: blocks[0]?.region ?? null,
    records: sum(({ records }) => records),
    first: least(({ first }) => first),
    last: most(({ last }) => last),
    hours: joinedSpans([hours, others]),
    inWindow: {
      records: sum(({ windowRecords }) => windowRecords),
      first: least(({ windowFirst }) => windowFirst),
      last: most(({ windowLast }) => windowLast),
      hours,
    },
  };
}

function finite(instant: number): number | undefined {
  return Number.isFinite(instant) ? instant : undefined;
}
