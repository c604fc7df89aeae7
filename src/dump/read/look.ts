/** Decides by its first bytes whether a file whose name says nothing is read. */
import { formatOf } from '../open/format/format.js';
import { isSourceName } from '../find/names.js';
import { failed } from '../open/content.js';
import { binaryNameOf } from '../open/format/binary-json.js';
import { encodingOf } from '../open/format/encoded.js';
import { mayBeLog } from '../open/format/event-marks.js';
import { isText, wideEncodingOf } from '../open/format/text.js';
import { HEAD_BYTES, openStream, type Bytes } from '../open/opened-stream.js';
import { csvShape } from '../csv/shape.js';
import { mayHoldEvent } from '../recognise/holds.js';
import { NO_EVENTS } from './verdict.js';

/** Athena writes such a file beside each file of results. */
const ATHENA_METADATA = /\.csv\.metadata$/;

/** A file whose first bytes are text is looked at as text, even if later bytes are damaged. */
const TEXT_BYTES = 512;

export type Look =
  | { readonly kind: 'read'; readonly bytes: AsyncIterable<Buffer> }
  | { readonly kind: 'skip'; readonly reason: string };

/** Looks at the beginning of a stream. If it is not to be read, its source is closed. */
export async function look(
  source: Bytes,
  path: string,
  /** Whether a file that begins so is read, whatever else it may be. */
  isWanted: (head: Buffer) => boolean = () => false,
): Promise<Look> {
  const { head, failure, all, close } = await openStream(source);
  const format = formatOf(head, path);
  if (failure !== undefined || isWanted(head) || (format !== undefined && format.kind !== 'other'))
    return { kind: 'read', bytes: all() };
  const named = format === undefined ? reasonToName(head) : undefined;
  const reason = named ?? format?.name ?? reasonToSkip(head, path);
  if (reason === undefined) return { kind: 'read', bytes: all() };
  await close();
  return named === undefined
    ? { kind: 'skip', reason }
    : { kind: 'read', bytes: failed(named).text };
}

/** Why a file that holds events in a form that is not text is lost evidence; undefined if it is none. */
function reasonToName(head: Buffer): string | undefined {
  const encoding = encodingOf(head);
  if (encoding !== undefined) return `${encoding} of CloudTrail events: decode it first`;
  const binary = binaryNameOf(head);
  const isNamed = head.includes('eventName') && head.includes('eventSource');
  return binary !== undefined && isNamed
    ? `${binary}, which hunt cannot open: convert it to JSON first`
    : undefined;
}

/** Why bytes of no known format are not read; undefined if they are. */
function reasonToSkip(head: Buffer, path: string): string | undefined {
  const text = textOf(head);
  if (mayBeLog(text, path)) return undefined;
  if (csvShape(text, path) !== undefined) return undefined;
  // Events may stand behind other text, or be there in the form of another tool.
  const mayFollow = head.length === HEAD_BYTES || mayHoldEvent(text);
  if (mayFollow && isText(head) && !isSourceName(path)) return undefined;
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
