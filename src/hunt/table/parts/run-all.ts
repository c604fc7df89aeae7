/** Runs all parts of a plan on the engine, and gives their answers to a collector. */
import type { TableEngine } from '../../../engine/engine.js';
import type { AnswerCollector } from '../../../findings/collector.js';
import { partitionIn } from '../../../table/partitions/path-partition.js';
import { halve } from '../../../table/partitions/slice.js';
import { splitOut } from '../../../table/partitions/split-out.js';
import type { TableCoverage } from '../coverage/coverage.js';
import type { CountedPart } from '../coverage/lost-rows.js';
import type { HuntedTable } from '../plan/hunted-table.js';
import type { TablePlan } from '../plan/plan.js';
import { partsOf } from '../plan/statement.js';
import { runParts, type LostPart } from './parts.js';
import { partNames, PartReader, type FilesKnown } from './read-part.js';

export interface Running {
  readonly request: {
    readonly table: HuntedTable;
    readonly engine: TableEngine;
    readonly stop: () => void;
    readonly atOnce: number;
    readonly onPart: (done: number, total: number) => void;
  };
  readonly plan: TablePlan;
  readonly coverage: TableCoverage;
  readonly collector: AnswerCollector;
  readonly files: FilesKnown;
  /** Whether a statement may save bytes by reading few columns. */
  readonly isNarrow: boolean;
  /** What the names of the statements begin with, where they are not those of the hunt itself. */
  readonly label?: string | undefined;
}

/** The parts that were read, with their counts, and those that could not be. */
export async function runAll(running: Running): Promise<{
  readonly parts: readonly CountedPart[];
  readonly lost: readonly LostPart[];
}> {
  const { plan, coverage, collector, files, isNarrow, label } = running;
  const { table, engine, atOnce, stop, onPart } = running.request;
  const slices = partsOf(plan, coverage);
  const parts: CountedPart[] = [];
  const narrow = isNarrow ? plan.narrow : undefined;
  const reader = new PartReader({
    table,
    engine,
    plan: { ...plan, narrow },
    collector,
    files,
    label,
  });
  const lost = await runParts({
    slices,
    read: async (slice) => {
      const isOnly = slices.length === 1 && slice === slices[0];
      const counts = await reader.read({ slice, isOnly });
      parts.push({ slice, counts });
      return counts.reduce((total, { records }) => total + records, 0);
    },
    split: (slice, message) => {
      const named = message === undefined ? undefined : partitionIn(message);
      return (named && splitOut(slice, named, coverage.known)) ?? halve(slice, coverage.known);
    },
    took: (slice) => {
      const own = engine.executions().filter(({ part }) => partNames(slice, label).includes(part));
      return Math.max(0, ...own.map(({ milliseconds }) => milliseconds));
    },
    atOnce,
    stop,
    onPart,
  });
  return { parts, lost };
}
