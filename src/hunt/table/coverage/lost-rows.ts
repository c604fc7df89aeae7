/**
 * Rows of a table that are lost evidence: the table gives them, but what a rule needs of them cannot be read. If they counted
 * as read, a hunt that finds nothing in them would look complete.
 */
import { lastExample } from '../../../answer/record-counts.js';
import type { RecordCount } from '../../../answer/row.js';
import { UNREADABLE } from '../../../answer/statement/record-count.js';
import { byCodePoint } from '../../../cloudtrail/canonical.js';
import { testedFields } from '../../../query/columns-read.js';
import type { Query } from '../../../query/query.js';
import { namesEvents } from '../../../query/selection.js';
import type { FileOutcomes } from '../../../report/report.js';
import type { TableDescription } from '../../../table/description.js';
import { sliceName, type Slice } from '../../../table/partitions/slice.js';
import { firstFew } from '../../../text/first-few.js';

/** A part of a hunt that was read. */
export interface CountedPart {
  readonly slice: Slice;
  readonly counts: readonly RecordCount[];
}

export interface LostRowsRequest {
  readonly table: { readonly name: string; readonly description: TableDescription };
  readonly query: Query;
  readonly parts: readonly CountedPart[];
}

type Lost = FileOutcomes['unreadable'];
type Measure = (count: RecordCount) => number;

const MOST_NAMED = 10;

/** What is lost, for the report's list of what could not be read. One entry for each cause. */
export function lostRows({ table, query, parts }: LostRowsRequest): Lost {
  const counts = parts.flatMap((part) => part.counts);
  const entry = (measure: Measure, reason: string): Lost => {
    const affected = parts.filter((part) => sum(part.counts, measure) > 0);
    if (affected.length === 0) return [];
    const names = affected.map(({ slice }) => sliceName(slice)).toSorted(byCodePoint);
    const isWhole = affected.length === parts.length;
    const rows = `${sum(counts, measure)} of ${rowsText(sum(counts, ({ records }) => records))}`;
    return [
      {
        path: isWhole ? table.name : `${table.name} ${firstFew(names, MOST_NAMED)}`,
        reason: `${rows} ${reason}`,
      },
    ];
  };
  const example = lastExample(counts.filter(({ notEvent }) => notEvent === UNREADABLE));
  const besideEvents = parts.some(
    (part) => sum(part.counts, nulls) > 0 && sum(part.counts, events) > 0,
  );
  const hint = (besideEvents ? besideEventsHint : formatHint)(table.description);
  return [
    ...entry(
      nulls,
      `with neither an event name nor a time, so nothing of them can be read${example === undefined ? '' : `, one of them in ${example}`}: ${hint}`,
    ),
    ...(testsName(query) ? entry(ofEvents('withoutName'), without('eventName')) : []),
    ...(tests(query, 'eventSource')
      ? entry(ofEvents('withoutSource'), without('eventSource'))
      : []),
  ];
}

const nulls: Measure = ({ notEvent, records }) => (notEvent === UNREADABLE ? records : 0);
const events: Measure = ({ notEvent, records }) => (notEvent === null ? records : 0);

function ofEvents(name: 'withoutName' | 'withoutSource'): Measure {
  return (count) => (count.notEvent === null ? count[name] : 0);
}

function without(field: string): string {
  return `without an ${field}, which every event has, so no test of it matches them: does the table have it under another name in these files?`;
}

function testsName(query: Query): boolean {
  return (
    query.rules.some(({ selection }) => selection.some(namesEvents)) || tests(query, 'eventName')
  );
}

function tests(query: Query, field: string): boolean {
  return query.rules.flatMap(testedFields).some((path) => path.join('.') === field);
}

/** Why a table gives rows of NULLs, most likely. */
export function formatHint(description: TableDescription): string {
  const format = description.properties.get('inputformat');
  const own =
    format === undefined || isCloudTrailFormat(description) ? '' : ` (this table has ${format})`;
  return (
    "the files of a trail need CloudTrail's SerDe or input format" +
    `${own}; a plain JSON SerDe makes a whole file one row of NULLs. ` +
    'Or the location of the table has folders without events: CloudTrail-Digest, CloudTrail-Insight, those of other services'
  );
}

/**
 * Why a table gives rows of NULLs beside events, most likely. Whether a file that gives such a row also gives events is not known: the
 * engine would have to count the records of every file.
 */
export function besideEventsHint(description: TableDescription): string {
  const isOfLines = !isCloudTrailFormat(description) && description.storage?.columnar !== true;
  const lines =
    'an empty line between two events is such a row, and then nothing is lost: look into the file. Otherwise ';
  return `${isOfLines ? lines : ''}${formatHint(description)}`;
}

function isCloudTrailFormat({ properties }: TableDescription): boolean {
  return properties.get('inputformat')?.includes('CloudTrail') === true;
}

function rowsText(rows: number): string {
  return `${rows} row${rows === 1 ? '' : 's'}`;
}

function sum(counts: readonly RecordCount[], measure: Measure): number {
  return counts.reduce((total, count) => total + measure(count), 0);
}
