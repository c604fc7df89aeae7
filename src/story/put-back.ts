/** A change that puts back what the logs show before it begins nothing: a key that was inactive for an hour is not `active again`. */
import { stateKey } from './state-key.js';

const WORDS: ReadonlyMap<string, string> = new Map([
  ['active again', 'inactive'],
  ['inactive', 'active again'],
]);

/** The state that a resource is in before this one, if it is one of two; else undefined. */
function oppositeOf(what: string): string | undefined {
  const [, name, word] = /^(.+) (on|off)$/s.exec(what) ?? [];
  return name === undefined ? WORDS.get(what) : `${name} ${word === 'on' ? 'off' : 'on'}`;
}

/** Whether a state of the resource of this key only puts back one of those, by their keys, that the same change ended. */
export function isPutBack(ended: ReadonlySet<string>, key: string, what: string): boolean {
  const before = ended.size === 0 ? undefined : oppositeOf(what);
  return before !== undefined && ended.has(stateKey(key, before));
}
