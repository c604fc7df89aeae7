/** An entry of `allow` as a whole, and what it means: what `hunt.yml` would mean with it. */
import { stringify } from 'yaml';
import { findingCondition } from '../../disposition/finding-condition.js';
import type { Finding } from '../../report/finding.js';
import type { AddedExclusion } from '../../rule/exclusions/changes.js';
import { matchesGlob } from '../../text/glob.js';
import { configIn } from '../options/hunt-yml/config.js';
import type { Selectors } from './selectors.js';

export interface Terms {
  readonly reason: string;
  readonly owner: string;
  /** The last day, `2026-12-31`. */
  readonly until: string;
}

export type Entry = Selectors & Terms;

export interface Meaning {
  /** Whether it hides the finding from every rule that matched it, for sure. */
  readonly covers: (finding: Finding) => boolean;
  /** Whether it may hide the finding from a rule that matched it. */
  readonly mayHide: (finding: Finding) => boolean;
}

/** Reads the entry as a configuration is read, so that what is tried is what would be written. Throws a HuntError if it is refused. */
export function meaningOf(selectors: Selectors): Meaning {
  const text = stringify({ allow: [{ ...selectors, reason: 'proposed' }] });
  return meaningOfAll(configIn(Buffer.from(text), 'the proposal', true).exclusions.add);
}

/** What entries for named rules mean together. */
export function meaningOfAll(added: readonly AddedExclusion[]): Meaning {
  const entries = added.map(({ exclusion, rules }) => ({
    holds: findingCondition(exclusion.of),
    isFor: ({ id }: { readonly id: string }): boolean =>
      rules.some((pattern) => matchesGlob(id, pattern)),
  }));
  return {
    covers: (finding) =>
      entries.some(({ holds, isFor }) => finding.rules.every(isFor) && holds(finding) === true),
    mayHide: (finding) =>
      entries.some(({ holds, isFor }) => finding.rules.some(isFor) && holds(finding) !== false),
  };
}
