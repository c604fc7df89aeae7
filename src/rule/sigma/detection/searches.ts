/** Reads the searches of a rule's `detection`, each as a Condition. */
import { HuntError } from '../../../errors.js';
import type { Condition } from '../../condition/condition.js';
import type { YamlMap, YamlNode } from '../../../yaml/parse.js';
import { combine } from '../combine.js';
import { readFieldTest } from './field-test.js';

/** Keys of `detection` and `filter` that are not search identifiers. */
const NOT_IDENTIFIERS = new Set(['condition', 'timeframe', 'rules']);

/** The conditions by identifier, in the rule's order. */
export function readSearches(detection: YamlMap): ReadonlyMap<string, Condition> {
  const timeframe = detection.entries.find(({ key }) => key === 'timeframe');
  if (timeframe !== undefined)
    throw new HuntError(
      'RULE',
      'timeframe: a hunt tests each event alone and does not count events; remove it, and hunt the selection alone',
      {
        at: timeframe.at,
      },
    );
  return new Map(
    detection.entries
      .filter(({ key }) => !NOT_IDENTIFIERS.has(key))
      .map(({ key, value }) => [key, readSearch(value, key)]),
  );
}

/** All fields of a mapping must match, and any item of a list. */
function readSearch(node: YamlNode, name: string): Condition {
  const fail = (message: string): never => {
    throw new HuntError('RULE', `${name}: ${message}`, { at: node.at });
  };
  switch (node.kind) {
    case 'map':
      if (node.entries.length === 0) return fail('no field is tested');
      return combine('all', node.entries.map(readFieldTest));
    case 'list':
      if (node.items.length === 0) return fail('no field is tested');
      return combine(
        'any',
        node.items.map((item) => readSearch(item, name)),
      );
    case 'scalar':
      return fail('keywords search a whole event: name the field to look into');
    default:
      return node satisfies never;
  }
}
