/** The text of the progress line of a hunt over logs. */
import type { DumpProgress } from '../../dump/dump.js';
import { bytesText } from '../../text/bytes-text.js';
import { truncate } from '../../text/width.js';
import type { Pace } from './pace.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Widths of the bar in columns; the first that fits is used. */
const BARS = [24, 12, 0];

type Parts = readonly string[];

/** The line while logs are read, in at most `width` columns. A narrow terminal shows less. */
export function readingText(progress: DumpProgress, pace: Pace | undefined, width: number): string {
  const { bytes, totalBytes } = progress;
  const events = pace && pace.records >= 1 ? `${roundedCount(pace.records)} events/s` : '';
  if (totalBytes === undefined) {
    const read = `${bytesText(bytes)} read`;
    return fitting([['reading', read, events], [read]], width);
  }
  const done = totalBytes === 0 ? 1 : bytes / totalBytes;
  const percent = `${Math.floor(done * 100)}%`;
  const amount = `${bytesText(bytes)} of ${bytesText(totalBytes)}`;
  const left = pace === undefined ? '' : leftText(totalBytes - bytes, pace.bytes);
  const barred = BARS.map((columns): Parts => [
    ['reading', bar(done, columns), percent].filter(Boolean).join(' '),
    amount,
    events,
    left,
  ]);
  return fitting([...barred, [percent, amount, left], [percent, left], [percent]], width);
}

/** The line while the query runs, in at most `width` columns. */
export function queryText({ bytes, records }: DumpProgress, width: number): string {
  const read = `${bytesText(bytes)} read`;
  const events = `${records.toLocaleString('en-US')} events`;
  const parts = ['running the query', read, events];
  return fitting([parts, parts.slice(0, 2), parts.slice(0, 1)], width);
}

/** How long the remaining bytes take, rounded up; empty if no bytes remain, or if nothing was read lately. */
function leftText(bytes: number, bytesASecond: number): string {
  const seconds = bytes / bytesASecond;
  if (bytes <= 0 || !Number.isFinite(seconds)) return '';
  if (seconds <= 10) return `${Math.ceil(seconds)} s left`;
  if (seconds <= 100) return `${Math.ceil(seconds / 5) * 5} s left`;
  if (seconds <= 100 * MINUTE) return `${Math.ceil(seconds / MINUTE)} min left`;
  return `${Math.ceil(seconds / HOUR)} h left`;
}

/** Two significant digits, such as `310,000`: more would change too fast to read. */
function roundedCount(count: number): string {
  return count.toLocaleString('en-US', { maximumSignificantDigits: 2 });
}

function bar(done: number, columns: number): string {
  const full = Math.floor(done * columns);
  return '█'.repeat(full) + '░'.repeat(columns - full);
}

/** The first text that fits, or else the start of the last text. */
function fitting(texts: readonly Parts[], width: number): string {
  const lines = texts.map((parts) => parts.filter(Boolean).join(' | '));
  return lines.find((line) => line.length <= width) ?? truncate(lines.at(-1) ?? '', width);
}
