/** Chooses the most serious of many changes, where only a few are shown: of those that an exclusion would hide. */
import { byCodePoint } from '../cloudtrail/canonical.js';
import { ATTENTION_REASONS, type AttentionReason } from '../report/attention.js';
import type { Finding } from '../report/finding.js';
import { leadingRule } from '../report/severity.js';
import { CONCERNS, type Concern } from '../report/story.js';
import { SEVERITIES } from '../rule/severity.js';
import { concernOf } from './concern.js';
import { weightOf } from './weight.js';

export interface Seriousness {
  /** `opened to the world`, `access`, …; null where nothing makes it serious. */
  readonly because: AttentionReason | Exclude<Concern, 'other'> | null;
  /** The lower, in the order of code points, the more serious. */
  readonly rank: string;
}

/** By why it deserves a look, then by what it came to, then by the severity of its rules. Of the same, the first in time. */
export function seriousnessOf(finding: Finding): Seriousness {
  const { attention, outcome, rules, eventTime, eventID } = finding;
  const [reason] = attention;
  const concern = outcome === 'succeeded' ? concernOf(finding) : 'other';
  const severity = leadingRule(rules)?.severity ?? 'Info';
  const places = [
    reason === undefined ? ATTENTION_REASONS.length : ATTENTION_REASONS.indexOf(reason),
    CONCERNS.indexOf(concern),
    weightOf(finding, concern),
    SEVERITIES.length - SEVERITIES.indexOf(severity),
  ];
  return {
    because: reason ?? (concern === 'other' ? null : concern),
    rank: [...places.map(twoDigits), eventTime ?? '~', eventID ?? '~'].join(' '),
  };
}

function twoDigits(place: number): string {
  return String(place).padStart(2, '0');
}

interface Ranked<T> {
  readonly rank: string;
  readonly item: T;
}

/** The most serious of many changes, in the form in which they are shown. */
export class MostSerious<T> {
  readonly #most: number;
  #ranked: readonly Ranked<T>[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** The first of equal rank stays first. */
  add({ rank }: Pick<Seriousness, 'rank'>, shown: () => T): void {
    const last = this.#ranked[this.#most - 1];
    if (last !== undefined && byCodePoint(last.rank, rank) <= 0) return;
    this.#ranked = [...this.#ranked, { rank, item: shown() }]
      .toSorted((a, b) => byCodePoint(a.rank, b.rank))
      .slice(0, this.#most);
  }

  get items(): readonly T[] {
    return this.#ranked.map(({ item }) => item);
  }
}
