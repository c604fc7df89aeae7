/** Reads the text of a file, which may be CSV, and decides whether a text that cannot be read is lost evidence. */
import { CSV_REPORT } from '../../cloudtrail/own-report.js';
import { csvShape, type CsvShape } from '../csv/shape.js';
import type { Chosen } from '../find/chosen.js';
import { EventWatch, mayBeLog } from '../open/format/event-marks.js';
import { HEAD_BYTES, openStream } from '../open/opened-stream.js';
import type { FileSummary } from './summary/file-summary.js';
import { NO_EVENTS, nothing } from './verdict.js';

export interface TextSource {
  readonly path: string;
  readonly chosen: Chosen;
}

type ReadLines = (text: AsyncIterable<Buffer>) => Promise<FileSummary>;

/** `read` reads the text of a log. */
export async function readText(
  { path, chosen }: TextSource,
  text: AsyncIterable<Buffer>,
  read: ReadLines,
): Promise<FileSummary> {
  const opened = await openStream(text, HEAD_BYTES);
  const head = opened.head.toString();
  if (CSV_REPORT.test(head)) {
    await opened.close();
    return nothing('hunt report');
  }
  const shape = csvShape(head, path);
  if (shape !== undefined) return readCsv(shape, opened.all(), read);
  if (chosen !== 'by its content') return read(opened.all());
  const watch = new EventWatch();
  const file = await read(watch.watch(opened.all()));
  if (watch.hasFailed || file.records > 0 || file.isForeign) return file;
  // What the reader does not take for an event may be one in another notation.
  if (file.lost === undefined && !file.isLog && watch.hasRealEvent)
    return { ...file, lost: 'text that holds CloudTrail events and is no JSON' };
  // The names at the beginning of a text say what it is. Far behind other text, they may be words.
  const isAboutEvents = mayBeLog(head, path);
  const isLost = isAboutEvents ? watch.hasSeenEvents : watch.hasRealEvent;
  const isKept = file.lost === undefined ? isAboutEvents || file.isLog : isLost;
  return isKept ? file : nothing(NO_EVENTS);
}

async function readCsv(
  shape: CsvShape,
  text: AsyncIterable<Buffer>,
  read: ReadLines,
): Promise<FileSummary> {
  const { CsvEvents } = await import('../csv/read.js');
  const csv = new CsvEvents(shape);
  const watch = new EventWatch();
  let hasEnded = false;
  let hasFailed = false;
  const watched = async function* (): AsyncGenerator<Buffer> {
    yield* watch.watch(text);
    hasEnded = true;
  };
  const file = await read(
    (async function* lines() {
      try {
        yield* csv.lines(watched());
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    })(),
  );
  // Of a text that was not read to its end, nobody knows what the rest holds.
  const isLost = hasFailed && (!hasEnded || watch.hasSeenEvents);
  return csv.hasEvents || isLost ? file : nothing('CSV');
}
