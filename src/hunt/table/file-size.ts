/** Whether the files of a columnar table are so large that the engine reads only the columns that a statement names. */
import { midnight } from '../../cloudtrail/time/window.js';
import type { TableEngine } from '../../engine/engine.js';
import { StatementFailed } from '../../engine/failure.js';
import { predicateSql } from '../../table/partitions/sql/predicate.js';
import type { Slice } from '../../table/partitions/slice.js';
import type { HuntedTable } from './plan/hunted-table.js';
import type { TablePlan } from './plan/plan.js';

/**
 * In bytes. Trino reads files below 3 MB whole, and in files below this size the columns lie so close together that it reads most
 * of them in one piece. A second query for the findings would then read more than it saves.
 */
const LARGE = 6_000_000;

export interface FileSizeRequest {
  readonly plan: TablePlan;
  readonly table: HuntedTable;
  readonly engine: TableEngine;
}

/** Whether the parts are to be read by `plan.narrow`. False where the engine does not tell the size of files. */
export async function readsNarrowly(request: FileSizeRequest): Promise<boolean> {
  const { plan, engine } = request;
  if (plan.narrow === undefined) return false;
  try {
    for (const [name, sql] of sizesSql(request)) {
      const sizes: number[] = [];
      for await (const { size } of engine.rows(sql, name)) sizes.push(Number(size));
      if (sizes.length > 0)
        return sizes.reduce((sum, size) => sum + size, 0) / sizes.length >= LARGE;
    }
    return false;
  } catch (error) {
    if (error instanceof StatementFailed) return false;
    throw error;
  }
}

/**
 * Named statements that give some files, each with its `size`: of Iceberg by its list of files, else the file of one record of one
 * day. A further statement is for where the ones before it give none.
 */
function sizesSql({ plan, table }: FileSizeRequest): readonly (readonly [string, string])[] {
  const { description, from, filesFrom } = table;
  if (description.storage?.iceberg === true)
    return [
      ['size of files', `SELECT "file_size_in_bytes" AS "size" FROM ${filesFrom} LIMIT 1000`],
    ];
  const { layout, whole } = plan;
  // Of a table without days, the engine would list every file.
  if (layout.days === undefined) return [];
  const oneOf = (slice: Slice): string => {
    const where = predicateSql(layout, slice);
    return `SELECT "$file_size" AS "size" FROM ${from}${where === undefined ? '' : ` WHERE ${where}`} LIMIT 1`;
  };
  const [middle, all] = [oneOf(middleDay(whole)), oneOf(whole)];
  return [
    ['size of files', middle] as const,
    ...(all === middle ? [] : [['size of files of all days', all] as const]),
  ];
}

/** The first and the last day of a window have fewer records than the others. */
function middleDay(whole: Slice): Slice {
  if (whole.days === undefined) return whole;
  const { first, last } = whole.days;
  const known = [first, last].filter(Number.isFinite);
  const sum = known.reduce((total, day) => total + day, 0);
  const day = midnight(sum / Math.max(1, known.length));
  return known.length === 0 ? whole : { ...whole, days: { first: day, last: day } };
}
