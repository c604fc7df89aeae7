/** Says when a hunt reads more than its window, and what is known of the cost. No number is invented. */
import type { TableEngine } from '../../engine/engine.js';
import { HuntError } from '../../errors.js';
import { bytesText } from '../../text/bytes-text.js';
import { costOfBytes } from '../table/cost.js';
import type { HuntedTable } from '../table/plan/hunted-table.js';
import type { TablePlan } from '../table/plan/plan.js';

/**
 * The table properties in which Hive (`ANALYZE`) and the crawler of AWS Glue write the size of all files. Source:
 * https://docs.aws.amazon.com/glue/latest/dg/table-properties-crawler.html
 */
const SIZES = ['totalSize', 'sizeKey'];

/** The size of a table, and where it comes from. */
interface KnownSize {
  readonly bytes: number;
  readonly source: string;
}

/** Why the hunt reads the whole table; undefined if it reads only what its window needs. */
export function whyWhole(
  { description }: HuntedTable,
  { layout, query, relation }: TablePlan,
): string | undefined {
  const { since, until } = query.window;
  // Iceberg skips the files of other times.
  const byTime = relation.time !== undefined && description.storage?.iceberg === true;
  const isCut = layout.days !== undefined || byTime;
  if (!isCut) return 'no partition key gives the day, so every hunt reads the whole table';
  return since === undefined && until === undefined
    ? 'the hunt has neither --since nor --until, so it reads every day of the table'
    : undefined;
}

export interface SizeRequest {
  /** It may stop when it takes too long. */
  readonly engine: TableEngine;
  /** US dollars for a terabyte; undefined if the engine sends no bill. */
  readonly price: number | undefined;
  /** Aborts when the person interrupts, or the check takes too long. */
  readonly signal: AbortSignal;
}

/** What reading the whole table costs. */
export async function wholeCost(table: HuntedTable, request: SizeRequest): Promise<string> {
  const { price } = request;
  const size = (await icebergSize(table, request)) ?? sizeInProperties(table);
  const bill =
    price === undefined
      ? []
      : size === undefined
        ? [`Athena bills $${price} for each terabyte of it`]
        : [`at most $${costOfBytes(size.bytes, price).toFixed(2)} for a hunt`];
  const known =
    size === undefined
      ? 'its size is not known before it is read'
      : `its size is ${bytesText(size.bytes)} by ${size.source}`;
  return [known, ...bill, '--max-scan sets a limit'].join('; ');
}

/** Iceberg knows the size of its files without reading them. */
async function icebergSize(
  { description, filesFrom }: HuntedTable,
  { engine, signal }: SizeRequest,
): Promise<KnownSize | undefined> {
  if (description.storage?.iceberg !== true) return undefined;
  const sql = `SELECT sum(file_size_in_bytes) AS bytes FROM ${filesFrom}`;
  try {
    for await (const { bytes } of engine.rows(sql, 'doctor: size'))
      return { bytes: Number(bytes ?? 0), source: 'its list of files' };
    return undefined;
  } catch (error) {
    if (error instanceof HuntError && !signal.aborted) return undefined;
    throw error;
  }
}

function sizeInProperties({ description }: HuntedTable): KnownSize | undefined {
  // The properties of a partitioned table are not those of its partitions.
  if (description.partitionKeys.length > 0) return undefined;
  const sizes = SIZES.map((name) => Number(description.properties.get(name)));
  const bytes = sizes.find((size) => Number.isFinite(size) && size > 0);
  return bytes === undefined ? undefined : { bytes, source: 'its properties, which may be old' };
}
