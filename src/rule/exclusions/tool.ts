/** Tools that entries of `allow` and exceptions name: a word of `queries/tools.yml`, or a pattern of the user agent. */
import { HuntError, type SourcePosition } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { toolCondition, toolNames } from '../catalog/tools.js';
import { testsAt } from '../condition/build.js';
import type { Condition } from '../condition/condition.js';

/** A text, and where it is written. */
export interface WrittenText {
  readonly text: string;
  readonly at: SourcePosition;
}

interface Tool {
  readonly name: string;
  readonly condition: Condition;
}

/** Throws a HuntError where a text is no tool. `key` is the word of the file that has the entry. */
export function readTool({ text, at }: WrittenText, key: string): Tool {
  const known = toolNames();
  if (known.includes(text)) return { name: text, condition: toolCondition(text, at) };
  if (!/[*?]/.test(text))
    throw new HuntError(
      'CONFIG',
      `${key}: "${text}" is no tool (${known.join(', ')}), and no pattern of a user agent: it has no *.${didYouMean(text, known)}`,
      { at },
    );
  if (/^[*?]+$/.test(text))
    throw new HuntError('CONFIG', `${key}: tool: "${text}" is every tool: leave tool out`, { at });
  return { name: text, condition: testsAt(at)('userAgent', 'wildcard', [text]) };
}
