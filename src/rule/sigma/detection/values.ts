/** Reads the values of a Sigma test from YAML. */
import { HuntError, type SourcePosition } from '../../../errors.js';
import type { YamlNode } from '../../../yaml/parse.js';

/** A value as text; `null` matches a missing value. */
export interface SigmaValue {
  readonly text: string | null;
  readonly at: SourcePosition;
}

/** The values of a scalar or of a list of scalars. Throws a HuntError for an empty list and for anything else. */
export function readValues(node: YamlNode, what: string): readonly SigmaValue[] {
  const items = node.kind === 'list' ? node.items : [node];
  if (items.length === 0) throw new HuntError('RULE', `${what} needs a value`, { at: node.at });
  return items.map((item) => {
    if (item.kind === 'scalar') return { text: valueText(item.text, item.plain), at: item.at };
    const [first] = item.kind === 'map' ? item.entries : [];
    const hint = first === undefined ? '' : `: for a field in it, write ${what}.${first.key}`;
    throw new HuntError(
      'RULE',
      `a value of ${what} must be a text, a number, true, false or null${hint}`,
      { at: item.at },
    );
  });
}

/** Unquoted booleans are in lower case, as the JSON of a log has them. */
function valueText(text: string, plain: boolean): string | null {
  if (!plain) return text;
  if (/^(null|~|)$/i.test(text)) return null;
  return /^(true|false)$/i.test(text) ? text.toLowerCase() : text;
}
