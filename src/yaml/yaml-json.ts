/** A YAML node as JSON: plain scalars by YAML's core schema, numbers that print differently as their digits. */
import type { Json } from '../cloudtrail/json.js';
import type { YamlNode } from './yaml.js';

/** The JSON that a node stands for. */
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
