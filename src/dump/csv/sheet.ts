/**
 * The parts of an Excel workbook, which is a zip archive of XML. Hunt does not read their rows. A workbook with events in its cells
 * is lost evidence, like CSV with the fields of events in columns; any other is nothing.
 */
import { isServiceHost } from '../../cloudtrail/service-name.js';
import { fileReason } from '../find/discover.js';
import { EventWatch } from '../open/format/event-marks.js';
import { NO_EVENTS, nothing } from '../read/verdict.js';
import type { FileSummary } from '../read/summary/file-summary.js';
import { isEventColumn } from './table-watch.js';

const PART = /(?:^|\/)xl\/(?:sharedStrings|worksheets\/[^/]+)\.xml$/i;
/** The text of a cell, if it is short, as names of columns and services are. */
const CELL = /<(?:\w+:)?t(?: [^<>]*)?>([^<]{1,100})</g;
/** Longer than such a cell: what may be left of one at the end of a piece. */
const OVERLAP = 300;
/** The names of columns that only a report of hunt has together. */
const REPORT_COLUMNS: ReadonlySet<string> = new Set(['change', 'who', 'how', 'unexplained']);

const LOST = 'an Excel workbook with events in its cells: export the whole event as JSON instead';

/** Whether a member of an archive has texts of a workbook. */
export function isSheet(name: string): boolean {
  return PART.test(name);
}

/** Never throws because of the part. */
export async function readSheet(bytes: AsyncIterable<Buffer>): Promise<FileSummary> {
  const watch = new EventWatch();
  const columns = new Set<string>();
  const reported = new Set<string>();
  let hasService = false;
  let before = '';
  try {
    for await (const piece of watch.watch(bytes)) {
      const text = before + piece.toString();
      for (const [, cell = ''] of text.matchAll(CELL)) {
        hasService ||= isServiceHost(cell);
        if (isEventColumn(cell)) columns.add(cell);
        if (REPORT_COLUMNS.has(cell)) reported.add(cell);
      }
      before = text.slice(-OVERLAP);
    }
  } catch (error) {
    return { ...nothing(NO_EVENTS), lost: fileReason(error) };
  }
  if (reported.size === REPORT_COLUMNS.size) return nothing('hunt report');
  const isOfEvents = watch.hasRealEvent || (hasService && columns.size >= 2);
  return isOfEvents ? { ...nothing(NO_EVENTS), lost: LOST } : nothing(NO_EVENTS);
}
