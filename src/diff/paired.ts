/** Finds the findings that two reports share. The reports may exceed memory: of each finding, a hash and a few numbers are kept. */
import type { Finding, Findings } from '../report/finding.js';
import type { ShortHash } from '../text/short-hash.js';
import { identityOf } from '../report/identity.js';

export interface Pairs {
  /** Indexes of the second report. */
  readonly onlyAfter: readonly number[];
  /** Indexes of the first report. */
  readonly onlyBefore: readonly number[];
  /** Pairs that differ: an index of the first report, and one of the second. */
  readonly changed: readonly (readonly [before: number, after: number])[];
  readonly same: number;
}

interface Given {
  readonly before: Findings;
  readonly after: Findings;
  /** Whether the finding of the first report with this index differs from one of the second. */
  readonly differs: (before: number, after: Finding) => boolean;
}

/** Reads both reports once, and each shared finding of the first once more. */
export function pairsIn({ before, after, differs }: Given): Pairs {
  const places = new Map<string, number>();
  const keys = new Keys();
  let index = 0;
  for (const finding of before) places.set(keys.keyOf(finding), index++);
  const isShared = new Uint8Array(index);
  const onlyAfter: number[] = [];
  const changed: (readonly [number, number])[] = [];
  const otherKeys = new Keys();
  let same = 0;
  let number = 0;
  for (const finding of after) {
    const place = places.get(otherKeys.keyOf(finding));
    if (place === undefined) onlyAfter.push(number);
    else {
      isShared[place] = 1;
      if (differs(place, finding)) changed.push([place, number]);
      else same += 1;
    }
    number += 1;
  }
  const onlyBefore = [...isShared.keys()].filter((place) => isShared[place] === 0);
  return { onlyAfter, onlyBefore, changed, same };
}

/** Two events without an ID may be equal: then the second of one report is the second of the other. */
class Keys {
  readonly #seen = new Map<ShortHash, number>();

  keyOf(finding: Finding): string {
    const identity = identityOf(finding);
    const before = this.#seen.get(identity) ?? 0;
    this.#seen.set(identity, before + 1);
    return before === 0 ? identity : `${identity} ${before}`;
  }
}
