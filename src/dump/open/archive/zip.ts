/** Reads the members of a zip archive one at a time, in the order of its central directory. It writes nothing to disk. */
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { reasonOf } from '../../../errors.js';
import type { UnpackBudget } from '../unpack-budget.js';
import { inflateStream } from '../gunzip.js';
import { memberName, type Member } from './member.js';

const STORED = 0;
const DEFLATED = 8;
/** File types in the Unix mode, which is the upper half of a member's external attributes. */
const FILE_TYPE = 0o170000;
const LINK = 0o120000;

/**
 * The members in the order of the directory. At damage, it throws after the members before. The bytes that the members
 * unpack to are counted in `budget`.
 */
export async function* zipMembers(path: string, budget: UnpackBudget): AsyncGenerator<Member> {
  const zip = await openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    // yauzl would reject unusual names and stop; raw names are decoded in `nameOf`.
    decodeStrings: false,
    validateEntrySizes: false,
  }).catch((error: unknown) => {
    throw new Error(zipReason(error));
  });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      if (!name.endsWith('/'))
        yield {
          name,
          size: entry.uncompressedSize,
          isFile: ((entry.externalFileAttributes >>> 16) & FILE_TYPE) !== LINK,
          bytes: bytesOf(zip, entry, budget),
        };
    }
  } catch (error) {
    throw new Error(zipReason(error), { cause: error });
  } finally {
    zip.close();
  }
}

function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return memberName(getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false));
}

async function* bytesOf(zip: ZipFile, entry: Entry, budget: UnpackBudget): AsyncGenerator<Buffer> {
  const { compressionMethod: method } = entry;
  if (entry.isEncrypted()) throw new Error('encrypted: unpack it first');
  if (method !== STORED && method !== DEFLATED)
    throw new Error(`packed by method ${method}, which hunt does not unpack: unpack it first`);
  const stored = storedBytes(zip, entry);
  let sum = 0;
  for await (const piece of method === STORED ? stored : inflateStream(stored, budget)) {
    sum = crc32(piece, sum);
    yield piece;
  }
  if (sum !== entry.crc32) throw new Error('damaged: it is not what its checksum says');
}

async function* storedBytes(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let stream: Readable;
  try {
    stream = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  } catch (error) {
    throw new Error(zipReason(error), { cause: error });
  }
  for await (const piece of stream) yield piece as Buffer;
}

function zipReason(error: unknown): string {
  const message = reasonOf(error);
  return message.startsWith('End of central directory')
    ? 'a zip archive without its directory: it is cut short or damaged'
    : `broken zip archive: ${message}`;
}
