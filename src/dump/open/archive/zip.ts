/** The members of a zip archive, by its central directory, one at a time; nothing is unpacked to the disk. */
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { reasonOf } from '../../../errors.js';
import type { Allowance } from '../unpack-budget.js';
import { inflateStream } from '../gunzip.js';
import { memberName, type Member } from './member.js';

const STORED = 0;
const DEFLATED = 8;
/** Of the mode that Unix keeps in the upper half of a member's attributes. */
const FILE_TYPE = 0o170000;
const LINK = 0o120000;

/**
 * The members in the order of the directory. Throws, after those before the break, where it cannot be read on. What the
 * members unpack to is spent from the allowance.
 */
export async function* zipMembers(path: string, allowance: Allowance): AsyncGenerator<Member> {
  const zip = await openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    // Names then come as they are, and none of them stops the reading.
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
          bytes: bytesOf(zip, entry, allowance),
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

async function* bytesOf(zip: ZipFile, entry: Entry, allowance: Allowance): AsyncGenerator<Buffer> {
  const { compressionMethod: method } = entry;
  if (entry.isEncrypted()) throw new Error('encrypted: unpack it first');
  if (method !== STORED && method !== DEFLATED)
    throw new Error(`packed by method ${method}, which hunt does not unpack: unpack it first`);
  const stored = storedBytes(zip, entry);
  let sum = 0;
  for await (const piece of method === STORED ? stored : inflateStream(stored, allowance)) {
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
