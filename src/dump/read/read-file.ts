/** Reads the text of one log: from text to JSON values, and from those to rows and a summary. */
import type { EventRecord } from '../../cloudtrail/record.js';
import type { PlainLog, PlainReader } from '../fast/plain.js';
import { fileReason } from '../find/discover.js';
import type { TakeRecords } from '../split/record-taker.js';
import { HEAD_BYTES, splitterFor } from '../split/splitter-for.js';
import type { FileSummary } from './summary/file-summary.js';
import { LongRecordLock } from './long-record-lock.js';
import { RecordReader, type RecordTarget } from './record-reader.js';
import type { WantedIds } from './wanted-ids.js';

/** If the records to be parsed have more bytes together, the log is read in pieces, because parsed records take much memory. */
const MAX_PARSED_AT_ONCE = 4 << 20;

export interface FileTarget extends RecordTarget {
  /** The fast reader, for the records of a log that is read in pieces. */
  readonly plain: PlainReader | undefined;
  /** Takes rows in batches; resolves when there is room for more. */
  readonly emit: (rows: readonly EventRecord[]) => Promise<void>;
  readonly sharedLock: Int32Array | undefined;
}

/** Reads a log's text, or what the fast reader found in it. Never throws because of the file: the summary says what was lost. */
export async function readFile(
  text: AsyncIterable<Buffer>,
  target: FileTarget,
  log?: PlainLog,
): Promise<FileSummary> {
  const { emit, plain, wanted } = target;
  const reader = new RecordReader(target);
  const lock = new LongRecordLock(target.sharedLock);
  const toParse = log ? bytesToParse(log) : 0;
  if (log && toParse <= MAX_PARSED_AT_ONCE) {
    lock.acquireFor(toParse);
    const isRead = reader.readPlain(log);
    if (isRead) await emit(reader.takeRows());
    lock.release();
    if (isRead) return reader.summary();
  }
  const take = plain && takingWith(plain, reader, wanted);
  await readSplit(text, reader, { emit, lock, take });
  return reader.summary();
}

/** Takes records with the fast reader. It does not look at IDs: where one that is wanted stands in a text, it takes none. */
function takingWith(
  plain: PlainReader,
  reader: RecordReader,
  wanted: WantedIds | undefined,
): TakeRecords {
  return (text, { first, shape }) => {
    const part = wanted?.mayBeIn(text) === true ? undefined : plain.readPart(text, shape);
    const isRead = part !== undefined && reader.readPart(part, first);
    return isRead ? { records: part.records, bytes: part.end } : undefined;
  };
}

interface Passing extends Pick<FileTarget, 'emit'> {
  readonly lock: LongRecordLock;
  readonly take: TakeRecords | undefined;
}

async function readSplit(
  text: AsyncIterable<Buffer>,
  reader: RecordReader,
  { emit, lock, take }: Passing,
): Promise<void> {
  const pieces = text[Symbol.asyncIterator]();
  const next = async (): Promise<Buffer | undefined> => {
    try {
      const piece = await pieces.next();
      return piece.done === true ? undefined : piece.value;
    } catch (error) {
      reader.stop(fileReason(error));
      return undefined;
    }
  };
  let head = await next();
  while (head !== undefined && head.length < HEAD_BYTES) {
    const piece = await next();
    if (piece === undefined) break;
    head = Buffer.concat([head, piece]);
  }
  const splitter = splitterFor(head ?? Buffer.alloc(0), take);
  const readAvailable = async (): Promise<void> => {
    for (let found = splitter.next(); found; found = splitter.next()) {
      if (found.kind === 'candidate') {
        lock.acquireFor(found.bytes.length);
        reader.read(found, splitter.members);
      } else if (found.kind === 'text') reader.readText(found);
      else if (found.kind === 'break') reader.readBreak(found);
      if (reader.isFull || lock.isAcquired) await emit(reader.takeRows());
      lock.release();
    }
    lock.acquireFor(splitter.unfinishedBytes);
  };
  for (let piece = head; piece !== undefined; piece = await next()) {
    splitter.feed(piece);
    await readAvailable();
  }
  splitter.finish();
  await readAvailable();
  await emit(reader.takeRows());
  lock.release();
}

function bytesToParse({ toParse }: PlainLog): number {
  return toParse.reduce((sum, { start, end }) => sum + end - start, 0);
}
