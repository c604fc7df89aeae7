/** The words of a Sigma condition, each with its position. */
import { HuntError, type SourcePosition } from '../../../errors.js';
import type { YamlScalar } from '../../../yaml/parse.js';

export interface ConditionWord {
  readonly text: string;
  readonly at: SourcePosition;
}

/** The words and parentheses of a condition. Throws a HuntError at a `|`, which begins an aggregation. */
export function conditionWords({ text, plain, at }: YamlScalar): readonly ConditionWord[] {
  // If a text has several lines, only the position of its beginning is known.
  const positionOf = (index: number): SourcePosition =>
    text.includes('\n') ? at : { ...at, column: at.column + index + (plain ? 0 : 1) };
  const words = [...text.matchAll(/[()|]|[^\s()|]+/g)].map((match) => ({
    text: match[0],
    at: positionOf(match.index),
  }));
  const pipe = words.findIndex((word) => word.text === '|');
  const refused = words[pipe];
  if (refused === undefined) return words;
  const name = words[pipe + 1]?.text ?? '';
  throw new HuntError(
    'RULE',
    `"| ${name}" is an aggregation: a hunt tests each event alone and does not count events; remove it, and hunt the selection alone`,
    { at: refused.at },
  );
}
