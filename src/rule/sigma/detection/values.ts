/** The values of a Sigma test, as YAML has them. */
import { HuntError, type SourcePosition } from '../../../errors.js';
import type { YamlNode } from '../../../yaml/parse.js';

/** A value as text; `null` asks for a missing one. */
export interface SigmaValue {
  readonly text: string | null;
  readonly at: SourcePosition;
}

/** The values of a scalar or of a list of scalars. Throws on an empty list, and on what is neither. */
export function readValues(node: YamlNode, what: string): readonly SigmaValue[] {
  const items = node.kind === 'list' ? node.items : [node];
  if (items.length === 0) throw new HuntError('RULE', `${what} needs a value`, { at: node.at });
  return items.map((item) => {
    if (item.kind === 'scalar') return { text: valueText(item.text, item.plain), at: item.at };
    throw new HuntError(
      'RULE',
      `a value of ${what} must be a text, a number, true, false or null`,
      {
        at: item.at,
      },
    );
  });
}

/** Plain booleans are written as JSON writes them, for so they stand in a log. */
function valueText(text: string, plain: boolean): string | null {
  if (!plain) return text;
  if (/^(null|~|)$/i.test(text)) return null;
  return /^(true|false)$/i.test(text) ? text.toLowerCase() : text;
}
