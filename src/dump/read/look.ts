/** Decides by its first bytes whether a file whose name says nothing is read. */
import { formatOf } from '../open/format/format.js';
import { mayBeLog } from '../open/format/event-marks.js';
import { isText, wideEncodingOf } from '../open/format/text.js';
import { openStream } from '../open/opened-stream.js';
import { csvShape } from '../csv/shape.js';
import { NO_EVENTS } from './verdict.js';

/** Athena writes such a file beside each file of results. */
const ATHENA_METADATA = /\.csv\.metadata$/;

/** Damage behind so many bytes does not matter. */
const TEXT_BYTES = 512;

export type Look =
  | { readonly kind: 'read'; readonly bytes: AsyncIterable<Buffer> }
  | { readonly kind: 'skip'; readonly reason: string };

/** Looks at the beginning of a stream. If it is not to be read, its source is closed. */
export async function look(source: AsyncIterable<Buffer>, path: string): Promise<Look> {
  const { head, failure, all, close } = await openStream(source);
  const reason = failure === undefined ? reasonToSkip(head, path) : undefined;
  if (reason === undefined) return { kind: 'read', bytes: all };
  await close();
  return { kind: 'skip', reason };
}

function reasonToSkip(head: Buffer, path: string): string | undefined {
  const format = formatOf(head, path);
  if (format !== undefined) return format.kind === 'other' ? format.name : undefined;
  const text = textOf(head);
  if (mayBeLog(text, path)) return undefined;
  if (csvShape(text, path) !== undefined) return undefined;
  return ATHENA_METADATA.test(path) ? 'metadata of Athena results' : NO_EVENTS;
}

function textOf(head: Buffer): string {
  const encoding = wideEncodingOf(head);
  // It is named, because hunt does not read it.
  if (encoding === 'UTF-32') return '{';
  if (encoding !== undefined) return new TextDecoder(encoding).decode(head);
  // A log may have damage in it; that other bytes have an event's names in them means nothing.
  return isText(head.subarray(0, TEXT_BYTES)) ? head.toString() : head.toString('latin1', 0, 64);
}
