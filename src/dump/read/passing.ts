/** What passes bytes on while it watches something. */
import type { UnpackBudget } from '../open/unpack-budget.js';

/** The same bytes. Raises the budget by what they can unpack to, since the stream's size is unknown. */
export async function* allowing(
  source: AsyncIterable<Buffer>,
  total: UnpackBudget,
): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    total.allowFor(piece.length);
    yield piece;
  }
}

/** The text, until the signal aborts. After that, the text that was read is not used. */
export async function* untilAborted(
  text: AsyncIterable<Buffer>,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  for await (const piece of text) {
    if (signal.aborted) return;
    yield piece;
  }
}
