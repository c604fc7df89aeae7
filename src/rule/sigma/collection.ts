/**
 * Sigma's collections: several documents in a file, of which one with `action: global` gives the keys that the next ones share,
 * `action: repeat` takes over the keys of the document before, and `action: reset` ends the sharing.
 */
import { HuntError } from '../../errors.js';
import type { YamlEntry, YamlMap, YamlNode } from '../../yaml/parse.js';

type Document = YamlNode | HuntError;

/** The documents as rules of their own. A document with an unknown action is a HuntError. */
export function expandCollection(documents: readonly Document[]): readonly Document[] {
  let shared: YamlMap | undefined;
  let before: YamlMap | undefined;
  return documents.flatMap((document): readonly Document[] => {
    if (document instanceof HuntError || document.kind !== 'map') return [document];
    const action = document.entries.find(({ key }) => key === 'action');
    if (action === undefined) {
      before = shared === undefined ? document : merged(shared, document);
      return [before];
    }
    const own = without(document, action);
    switch (action.value.kind === 'scalar' ? action.value.text : '') {
      case 'global':
        shared = shared === undefined ? own : merged(shared, own);
        return [];
      case 'reset':
        shared = undefined;
        return own.entries.length === 0 ? [] : [own];
      case 'repeat':
        before = before === undefined ? own : merged(before, own);
        return [before];
      default:
        return [
          new HuntError('RULE', 'action must be global, repeat or reset', { at: action.value.at }),
        ];
    }
  });
}

function without(map: YamlMap, entry: YamlEntry): YamlMap {
  return { ...map, entries: map.entries.filter((one) => one !== entry) };
}

/** The keys of both; where both have one, mappings are merged, and any other value is that of the second. */
function merged(first: YamlMap, second: YamlMap): YamlMap {
  const entries = first.entries.map((entry): YamlEntry => {
    const other = second.entries.find(({ key }) => key === entry.key);
    return other === undefined
      ? entry
      : { ...other, value: mergedValues(entry.value, other.value) };
  });
  const added = second.entries.filter(({ key }) => !first.entries.some((one) => one.key === key));
  return { kind: 'map', entries: [...entries, ...added], at: second.at };
}

function mergedValues(first: YamlNode, second: YamlNode): YamlNode {
  return first.kind === 'map' && second.kind === 'map' ? merged(first, second) : second;
}
