/** The differences of two reports as JSON, described by `data/hunt-diff-1.schema.json`: made finding by finding. */
import { listText, objectText, plainText } from '../report/json.js';
import type { Diff } from './model.js';

/** The text in pieces, with a newline at its end. */
export function* renderDiffJson(diff: Diff): Generator<string> {
  const inPieces = (items: Iterable<object>) => (indent: string) =>
    listText(items, indent, plainText);
  yield* objectText(diff, {
    new: inPieces(diff.new),
    gone: inPieces(diff.gone),
    changed: inPieces(diff.changed),
  });
  yield '\n';
}
