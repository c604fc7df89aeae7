/** Facts on a terminal: each beside its label. */
import type { Fact } from '../page/blocks/block.js';
import { beside } from './lines.js';
import type { Screen } from './screen.js';

/** The lines, with all texts in one column behind the longest label. */
export function factLines(
  facts: readonly Fact[],
  screen: Screen,
  indent: string,
): readonly string[] {
  const width = Math.max(...facts.map(({ label }) => label.length));
  return facts.flatMap(({ label, text, isWhole }) =>
    beside(`${indent}${label.padEnd(width)}  `, text, {
      screen,
      ...(isWhole === true ? { mostLines: Infinity } : {}),
    }),
  );
}
