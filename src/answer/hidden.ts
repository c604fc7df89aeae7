/**
 * What each test of a rule alone kept out of its findings, and whom that concerned, from the rows of account statements as
 * they come: however many there were, memory holds no more of them than a report names.
 */
import { byCodePoint } from '../cloudtrail/canonical.js';
import { parseJson } from '../cloudtrail/json.js';
import type { Row } from '../engine/engine.js';
import type { Exclusion } from '../report/report.js';
import type { Query } from '../query/query.js';
import { ExternalSort } from '../spill/external-sort.js';
import { toldIn, toldOf } from './fold.js';

/** Events that one test alone kept out. */
export interface Hidden {
  readonly events: number;
  /** Of them, those without a readable time. */
  readonly undated: number;
  readonly byAccount: ReadonlyMap<string | null, number>;
  /** Whom it kept out, those with the most events first, 10,000 at most. */
  readonly by: Exclusion['by'];
}

const NOTHING: Hidden = { events: 0, undated: 0, byAccount: new Map(), by: [] };
const MOST_NAMED = 10_000;
/** In UTF-16 units, and what about as many bytes an entry takes beside its texts. */
const KEPT_IN_MEMORY = 8 * 1024 * 1024;
const ENTRY = 100;

/** Events that are equal in all but their number. Tests are numbered as in a rule's plan: 0 is the window. */
interface Missed {
  readonly rule: number;
  readonly test: number;
  /** The principal and the user agent, as JSON. */
  readonly who: string;
  readonly account: string | null;
  readonly undated: boolean;
  readonly events: number;
}

export class HiddenStore {
  readonly #missed = new ExternalSort<Missed>(inOrder, KEPT_IN_MEMORY);
  /** How many each rule has, the window among them. */
  readonly #tests: readonly number[];

  constructor({ rules }: Query) {
    this.#tests = rules.map(({ conjuncts }) => conjuncts.length + 1);
  }

  /** Counts the events of a row, and gives the rest of it. Throws a HuntError where no disk has room. */
  add({ missed, ...row }: Row): Row {
    const events = Number(row['events']);
    if (missed === null || missed === undefined || events === 0) return row;
    const told = parseJson(missed) as unknown as readonly MissedCopy[];
    // Of several copies that failed the same test, the first one counts.
    const copies = told
      .map(({ tests, principal, agent, account }) => ({
        tests,
        who: JSON.stringify([principal, agent]),
        account,
      }))
      .toSorted(byWhom);
    const undated = row['undated'] === 'true';
    for (const [rule, stage] of toldIn(row['stages'] ?? '')) {
      // What one copy matches is missed by no other.
      if (Number(stage) === this.#tests[rule - 1]) continue;
      const seen = new Set<string>();
      for (const { tests, who, account } of copies) {
        const test = toldOf(rule, tests);
        if (test === null || seen.has(test)) continue;
        seen.add(test);
        const own = { rule, test: Number(test), who, account, undated, events };
        this.#missed.add(own, ENTRY + who.length + (account ?? '').length);
      }
    }
    return row;
  }

  /** For each rule, for each of its tests, what it hid. */
  hidden(): readonly (readonly Hidden[])[] {
    const counts = this.#tests.map((tests) => Array.from({ length: tests }, () => new Count()));
    for (const missed of this.#missed.sorted()) counts[missed.rule - 1]?.[missed.test]?.add(missed);
    this.#missed.close();
    return counts.map((own) => own.map((count) => count.hidden()));
  }
}

/** Counts what one test hid; who it was comes in order. */
class Count {
  #events = 0;
  #undated = 0;
  readonly #byAccount = new Map<string | null, number>();
  #by: { who: string; events: number }[] = [];

  add({ who, account, undated, events }: Missed): void {
    this.#events += events;
    if (undated) this.#undated += events;
    this.#byAccount.set(account, (this.#byAccount.get(account) ?? 0) + events);
    const last = this.#by.at(-1);
    if (last?.who === who) {
      last.events += events;
      return;
    }
    if (this.#by.length > 2 * MOST_NAMED) this.#by = this.#most();
    this.#by.push({ who, events });
  }

  hidden(): Hidden {
    if (this.#events === 0) return NOTHING;
    const by = this.#most().map(({ who, events }) => {
      const [principal, userAgent] = JSON.parse(who) as readonly (string | null)[];
      return { principal: principal ?? null, userAgent: userAgent ?? null, events };
    });
    return { events: this.#events, undated: this.#undated, byAccount: this.#byAccount, by };
  }

  #most(): { who: string; events: number }[] {
    return this.#by
      .toSorted((a, b) => b.events - a.events || byCodePoint(a.who, b.who))
      .slice(0, MOST_NAMED);
  }
}

/** A record that fails one test alone of some rules, as the statement gives it. */
interface MissedCopy extends Pick<Missed, 'account'> {
  /** Which of which rule: ` 1=4 3=0`. */
  readonly tests: string;
  readonly principal: string | null;
  readonly agent: string | null;
}

function inOrder(a: Missed, b: Missed): number {
  return a.rule - b.rule || a.test - b.test || byCodePoint(a.who, b.who);
}

function byWhom(a: Pick<Missed, 'who' | 'account'>, b: Pick<Missed, 'who' | 'account'>): number {
  return byCodePoint(a.who, b.who) || byCodePoint(a.account ?? '', b.account ?? '');
}
