/** The keys of states: which of them are one. */
import type { State } from '../change/change.js';
import { resourceKey, type PlacedFinding } from './place.js';

/** The keys of these states of the finding, each once. */
export function keysOf(finding: PlacedFinding, states: readonly State[]): ReadonlySet<string> {
  return new Set(
    states.map(({ resource, what }) => stateKey(resourceKey(finding, resource), what)),
  );
}

/** `key` is that of the resource. */
export function stateKey(key: string, what: string): string {
  return `${key.length} ${key}${what}`;
}

/** Each state once, in order. `change.begins` of a finding and its stored ends are matched by this order. */
export function distinct(states: readonly State[]): readonly State[] {
  if (states.length < 2) return states;
  const byKey = new Map(
    states.map((state) => [JSON.stringify([state.resource, state.what]), state]),
  );
  return [...byKey.values()];
}
