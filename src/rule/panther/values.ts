/** The values that a Panther match expression compares with: `Value`, `Values`, or a parameter. */
import { HuntError } from '../../errors.js';
import { textsOf, type MappingReader } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';
import type { Values } from '../condition/condition.js';
import { operatorRow, wrongValue, type Operator } from '../condition/operators.js';

/** The values of a test; `name` is the `Condition`. Throws if the operator cannot compare with them. */
export function readValues(match: MappingReader, name: string, op: Operator): Values {
  const node = match.get('Value') ?? match.get('Values');
  if (operatorRow(op).takes === 'nothing') {
    const advice = isFalse(node) ? `: use ${OPPOSITES.get(name) ?? 'None around it'}` : '';
    if (node !== undefined) match.fail(`${name} takes no Value${advice}`);
    return [];
  }
  if (node === undefined) return match.fail(`${name} needs a Value or Values`);
  if (match.get('Value') !== undefined && match.get('Values') !== undefined)
    match.fail('give Value or Values, not both');
  if (node.kind === 'scalar' && node.plain && node.text.startsWith('$'))
    return { parameter: node.text.slice(1) };
  for (const item of node.kind === 'list' ? node.items : [node]) {
    if (node.kind === 'list' && item.kind === 'scalar' && item.plain && isParameter(item.text))
      throw new HuntError(
        'RULE',
        `a parameter stands alone: write Values: ${item.text}, or put a text that begins with $ in quotes`,
        { at: item.at },
      );
    if (item.kind === 'scalar' && item.plain && /^(null|~|)$/i.test(item.text))
      throw new HuntError(
        'RULE',
        `${name} cannot compare with nothing: use IsNull, or quote the text`,
        { at: item.at },
      );
  }
  const values = textsOf(withBooleans(node), 'Values', 'RULE');
  const wrong = wrongValue(op, values);
  const key = match.get('Value') === undefined ? 'Values' : 'Value';
  return wrong === undefined ? values : match.fail(`${name} ${wrong}`, key);
}

/** The version of a Lambda function that is not published has such a name too. */
function isParameter(text: string): boolean {
  return /^\$[A-Z]/.test(text) && text !== '$LATEST';
}

/** For a word that asks whether there is a value, the other one. */
const OPPOSITES: ReadonlyMap<string, string> = new Map([
  ['Exists', 'DoesNotExist'],
  ['DoesNotExist', 'Exists'],
  ['IsNull', 'IsNotNull'],
  ['IsNotNull', 'IsNull'],
  ['IsNullOrEmpty', 'IsNotNullOrEmpty'],
  ['IsNotNullOrEmpty', 'IsNullOrEmpty'],
]);

function isFalse(node: YamlNode | undefined): boolean {
  return node?.kind === 'scalar' && /^false$/i.test(node.text);
}

/** Unquoted booleans are in lower case, as logs have them: YAML also allows `True` and `FALSE`. */
function withBooleans(node: YamlNode): YamlNode {
  if (node.kind === 'list') return { ...node, items: node.items.map(withBooleans) };
  const isBoolean = node.kind === 'scalar' && node.plain && /^(?:true|false)$/i.test(node.text);
  return isBoolean ? { ...node, text: node.text.toLowerCase() } : node;
}
