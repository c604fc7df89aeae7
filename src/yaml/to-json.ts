/** Turns a YAML node into JSON, for the test events in a rule's file. */
import type { Json } from '../cloudtrail/json.js';
import type { YamlNode } from './parse.js';

/**
 * The JSON value of a node. Unquoted scalars follow YAML's core schema, except that a number which JavaScript
 * would print differently stays text, so that it keeps its digits.
 */
export function jsonOf(node: YamlNode): Json {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, jsonOf(value)]));
    case 'list':
      return node.items.map(jsonOf);
    case 'scalar':
      return node.plain ? plainScalar(node.text) : node.text;
    default:
      return node satisfies never;
  }
}

function plainScalar(text: string): Json {
  if (/^(null|~|)$/i.test(text)) return null;
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) && String(Number(text)) === text)
    return Number(text);
  return text;
}
