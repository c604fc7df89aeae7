/** Reads the beginning of a stream, to find out what it holds, and gives the stream back as if nothing had been read. */

/** Enough bytes to recognise every format: the magic number of tar is at offset 257. */
export const HEAD_BYTES = 512;
/** More bytes are not given as the head, although they may have been read. */
const MAX_HEAD = 64 << 10;

export interface OpenedStream {
  /** The first bytes: more than `enough`, if the stream has as many, and at most `MAX_HEAD`. */
  readonly head: Buffer;
  /** The whole stream, if it ended within the bytes that were read. */
  readonly whole: Buffer | undefined;
  /** The error that ended the stream, if it failed within the bytes that were read. */
  readonly failure: { readonly error: unknown } | undefined;
  /** The whole stream from its first byte. Closes the source when it ends or is left early. */
  readonly all: AsyncGenerator<Buffer>;
  /** Closes the source, if `all` is not read. */
  readonly close: () => Promise<void>;
}

/** Reads more than `enough` bytes of a stream, or all of it. */
export async function openStream(
  source: AsyncIterable<Buffer>,
  enough: number,
): Promise<OpenedStream> {
  const pieces = source[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  let length = 0;
  let hasEnded = false;
  let failure: OpenedStream['failure'];
  while (!hasEnded && length <= enough) {
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
    all: all(),
    close,
  };
}

/** The first bytes of these pieces together. */
function headOf(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces;
  if (first && (pieces.length === 1 || first.length >= MAX_HEAD))
    return first.subarray(0, MAX_HEAD);
  let length = 0;
  const needed = pieces.filter((piece) => {
    const isNeeded = length < MAX_HEAD;
    length += piece.length;
    return isNeeded;
  });
  return Buffer.concat(needed).subarray(0, MAX_HEAD);
}
