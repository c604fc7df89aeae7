/** Decodes text of other encodings to UTF-8. */
import { wideEncodingOf } from './format/text.js';
import type { OpenedStream } from './opened-stream.js';

/** The text as UTF-8. Bytes that are not UTF-16 or UTF-32 stay as they are. */
export async function* toUtf8({ head, all, close }: OpenedStream): AsyncGenerator<Buffer> {
  const encoding = wideEncodingOf(head);
  if (encoding === undefined) yield* all();
  else if (encoding === 'UTF-32') {
    await close();
    throw new Error('UTF-32: convert it to UTF-8 first');
  } else {
    const decoder = new TextDecoder(encoding);
    for await (const piece of all()) yield Buffer.from(decoder.decode(piece, { stream: true }));
    yield Buffer.from(decoder.decode());
  }
}
