/** Reads the beginning of a stream, to find out what it holds, and gives the stream back as if nothing had been read. */

/**
 * The length of a head: enough to recognise every format. A head is never longer, though more bytes may have been read, so that
 * what it says does not depend on the pieces in which a stream arrives.
 */
export const HEAD_BYTES = 16 << 10;

/** The bytes of a file: all of them, or a stream of pieces. */
export type Bytes = Buffer | AsyncIterable<Buffer>;

export interface OpenedStream {
  /** The first `HEAD_BYTES` bytes, or all that there are. */
  readonly head: Buffer;
  /** The whole stream, if it ended within the bytes that were read. */
  readonly whole: Buffer | undefined;
  /** The error that ended the stream, if it failed within the bytes that were read. */
  readonly failure: { readonly error: unknown } | undefined;
  /** The whole stream from its first byte. Closes the source when it ends or is left early. Call it once. */
  readonly all: () => AsyncGenerator<Buffer>;
  /** Closes the source, if `all` is not read. */
  readonly close: () => Promise<void>;
}

/** The bytes in pieces. */
export function piecesOf(bytes: Bytes): AsyncIterable<Buffer> {
  return Buffer.isBuffer(bytes) ? inOnePiece(bytes) : bytes;
}

/** Reads a head of a stream and more than `enough` bytes, or all of it. */
export async function openStream(source: Bytes, enough = 0): Promise<OpenedStream> {
  if (Buffer.isBuffer(source)) return openWhole(source);
  const pieces = source[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  let length = 0;
  let hasEnded = false;
  let failure: OpenedStream['failure'];
  while (!hasEnded && (length <= enough || length < HEAD_BYTES)) {
    try {
      const next = await pieces.next();
      hasEnded = next.done === true;
      if (next.done !== true && next.value.length > 0) {
        read.push(next.value);
        length += next.value.length;
      }
    } catch (error) {
      failure = { error };
      hasEnded = true;
    }
  }
  const [only] = read;
  const whole = hasEnded && only && read.length === 1 ? only : Buffer.concat(hasEnded ? read : []);
  const close = async (): Promise<void> => {
    if (!hasEnded) await pieces.return?.();
  };
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (hasEnded) yield whole;
      else yield* read;
      if (failure) throw failure.error;
      if (!hasEnded) yield* { [Symbol.asyncIterator]: () => pieces };
    } finally {
      await close();
    }
  }
  return {
    head: headOf(read),
    whole: hasEnded ? whole : undefined,
    failure,
    all,
    close,
  };
}

/** Most logs are here as a whole, so nothing is made that only a stream needs. */
function openWhole(whole: Buffer): OpenedStream {
  const head = whole.subarray(0, HEAD_BYTES);
  return { head, whole, failure: undefined, all: () => inOnePiece(whole), close: nothingToClose };
}

async function nothingToClose(): Promise<void> {}

async function* inOnePiece(whole: Buffer): AsyncGenerator<Buffer> {
  yield whole;
}

/** The first bytes of these pieces together. */
function headOf(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces;
  if (first && (pieces.length === 1 || first.length >= HEAD_BYTES))
    return first.subarray(0, HEAD_BYTES);
  let length = 0;
  const needed = pieces.filter((piece) => {
    const isNeeded = length < HEAD_BYTES;
    length += piece.length;
    return isNeeded;
  });
  return Buffer.concat(needed).subarray(0, HEAD_BYTES);
}
