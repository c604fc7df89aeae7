/** Says when a hunt reads more than its window, and what is known of the cost. No number is invented. */
import { bytesText } from '../../text/bytes-text.js';
import type { HuntedTable } from '../table/plan/hunted-table.js';
import type { TablePlan } from '../table/plan/plan.js';

const TERABYTE = 1e12;

/**
 * The table properties in which Hive (`ANALYZE`) and the crawler of AWS Glue write the size of all files. Source:
 * https://docs.aws.amazon.com/glue/latest/dg/table-properties-crawler.html
 */
const SIZES = ['totalSize', 'sizeKey'];

/** A sentence; undefined if the hunt reads only days of its window. `price` is in US dollars for a terabyte; none in Trino. */
export function wholeTableNote(
  { description }: HuntedTable,
  { layout, query, relation }: TablePlan,
  price: number | undefined,
): string | undefined {
  const { since, until } = query.window;
  // Iceberg skips the files of other times.
  const byTime = relation.time !== undefined && description.storage?.iceberg === true;
  const isCut = layout.days !== undefined || byTime;
  if (isCut && (since !== undefined || until !== undefined)) return undefined;
  const why = !isCut
    ? 'no partition key gives the day, so every hunt reads the whole table'
    : 'the hunt has neither --since nor --until, so it reads every day of the table';
  const size = layout.days === undefined ? knownSize(description.properties) : undefined;
  return [why, ...costText(size, price), '--max-scan sets a limit'].join('; ');
}

function costText(size: number | undefined, price: number | undefined): readonly string[] {
  const known =
    size === undefined
      ? 'its size is not known before it is read'
      : `its properties give a size of ${bytesText(size)}, which may be old`;
  if (price === undefined) return [known];
  return size === undefined
    ? [known, `Athena bills $${price} for each terabyte of it`]
    : [known, `about $${((size / TERABYTE) * price).toFixed(2)} for a hunt`];
}

function knownSize(properties: ReadonlyMap<string, string>): number | undefined {
  const sizes = SIZES.map((name) => Number(properties.get(name)));
  return sizes.find((size) => Number.isFinite(size) && size > 0);
}
