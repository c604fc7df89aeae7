/**
 * The exclusion ledger: how many events each stage of a rule alone kept out of the findings, how many only several exclusions
 * together, and who made them. It sorts on disk, so that its memory is bounded, whatever the number of rows and names.
 */
import { byCodePoint } from '../cloudtrail/canonical.js';
import { ruleId, type Query, type StageId } from '../query/query.js';
import type { Exclusion } from '../report/report.js';
import { ExternalSort } from '../spill/external-sort.js';
import { SpillSpace } from '../spill/spill-space.js';
import type { EventsRow } from './row.js';

/** Stands for the stages where several kept out an event: two or more exclusions, and nothing else. */
export const SEVERAL = 'several';

export type HiddenBy = StageId | typeof SEVERAL;

/** What each stage alone kept out of a rule's findings, and what only several exclusions did. */
export type HiddenOfRule = ReadonlyMap<HiddenBy, Hidden>;

/** Events that one stage alone, or several exclusions, kept out of a rule's findings. */
export interface Hidden {
  readonly events: number;
  /** How many of them have no readable time. */
  readonly undated: number;
  /** The events of at most 1,000 accounts. */
  readonly byAccount: ReadonlyMap<string | null, number>;
  /** The events of all other accounts. */
  readonly otherAccounts: number;
  /** Who made the events: at most 10,000 names, those with the most events first. */
  readonly by: readonly HiddenCaller[];
}

/** Where several exclusions hid events, a caller has one entry for each set of exclusions. */
export type HiddenCaller = Exclusion['by'][number] & { readonly stages?: readonly StageId[] };

const NOTHING: Hidden = { events: 0, undated: 0, byAccount: new Map(), otherAccounts: 0, by: [] };
const MOST_NAMED = 10_000;
const MOST_ACCOUNTS = 1000;
/** How much of the entries stays in memory, in UTF-16 units. */
const IN_MEMORY = 8 * 1024 * 1024;
/** About how much memory an entry takes in addition to its texts, in the same unit. */
const ENTRY = 100;

/** A number of events that one stage hid, all with the same names and account. */
interface Entry {
  readonly rule: string;
  readonly stage: HiddenBy;
  /** JSON of the principal, the user agent and, if several exclusions hid the events, these exclusions. */
  readonly names: string;
  readonly account: string | null;
  readonly undated: boolean;
  readonly events: number;
}

export class Ledger {
  readonly #query: Query;
  readonly #space = new SpillSpace(IN_MEMORY);
  readonly #entries = new ExternalSort<Entry>({ compare: inOrder }, this.#space);

  constructor(query: Query) {
    this.#query = query;
  }

  /** Counts the near misses of a row. Throws a HuntError if the disk is full. */
  add({ events, undated, reached, nearMisses }: EventsRow): void {
    if (events === 0 || nearMisses.length === 0) return;
    const misses = nearMisses
      .map(({ failed, principal, userAgent, account }) => ({
        failed,
        names: JSON.stringify([principal, userAgent]),
        // An empty ID names no account.
        account: account || null,
      }))
      .toSorted(byNames);
    const add = (entry: Omit<Entry, 'undated' | 'events'>): void =>
      this.#entries.add(
        { ...entry, undated, events },
        ENTRY + entry.names.length + (entry.account ?? '').length,
      );
    for (const [rule, stage] of reached) {
      // If one record of the event matches, the event is a finding, and nothing hides it.
      if (stage === 'finding') continue;
      const counted = new Set<StageId>();
      for (const { failed, names, account } of misses) {
        const [hiding, ...others] = failed.get(rule) ?? [];
        // If several records of an event fail the same stage, only the first is counted.
        if (hiding === undefined || others.length > 0 || counted.has(hiding)) continue;
        counted.add(hiding);
        add({ rule, stage: hiding, names, account });
      }
      if (counted.size > 0) continue;
      const [first] = misses
        .flatMap(({ failed, names, account }) => {
          const stages = failed.get(rule) ?? [];
          return stages.length === 0 ? [] : [{ names: withStages(names, stages), account }];
        })
        .toSorted(byNames);
      if (first !== undefined) add({ rule, stage: SEVERAL, ...first });
    }
  }

  /** What each stage hid, by rule ID. To be called once, at the end. */
  hidden(): ReadonlyMap<string, HiddenOfRule> {
    const counts = new Map(
      this.#query.rules.map((rule) => [
        ruleId(rule),
        new Map<HiddenBy, Count>(rule.stages.map(({ id }) => [id, new Count()])),
      ]),
    );
    for (const entry of this.#entries.sorted()) {
      const stages = counts.get(entry.rule);
      if (entry.stage === SEVERAL && stages?.has(SEVERAL) === false)
        stages.set(SEVERAL, new Count());
      stages?.get(entry.stage)?.add(entry);
    }
    this.#space.close();
    return new Map(
      [...counts].map(([rule, stages]) => [
        rule,
        new Map([...stages].map(([stage, count]) => [stage, count.hidden()])),
      ]),
    );
  }
}

/** Counts what one stage hid. The entries must be sorted by names. */
class Count {
  #events = 0;
  #undated = 0;
  readonly #byAccount = new Map<string | null, number>();
  #otherAccounts = 0;
  #by: { names: string; events: number }[] = [];

  add({ names, account, undated, events }: Entry): void {
    this.#events += events;
    if (undated) this.#undated += events;
    // The entries come in order, so the accounts that are counted do not depend on the order of the rows.
    const known = this.#byAccount.get(account);
    if (known === undefined && this.#byAccount.size === MOST_ACCOUNTS)
      this.#otherAccounts += events;
    else this.#byAccount.set(account, (known ?? 0) + events);
    const last = this.#by.at(-1);
    if (last?.names === names) {
      last.events += events;
      return;
    }
    if (this.#by.length > 2 * MOST_NAMED) this.#by = this.#busiest();
    this.#by.push({ names, events });
  }

  hidden(): Hidden {
    if (this.#events === 0) return NOTHING;
    const by = this.#busiest().map(({ names, events }) => {
      const [principal, userAgent, stages] = JSON.parse(names) as WrittenNames;
      return { principal, userAgent, events, ...(stages && { stages }) };
    });
    return {
      events: this.#events,
      undated: this.#undated,
      byAccount: this.#byAccount,
      otherAccounts: this.#otherAccounts,
      by,
    };
  }

  #busiest(): { names: string; events: number }[] {
    return this.#by
      .toSorted((a, b) => b.events - a.events || byCodePoint(a.names, b.names))
      .slice(0, MOST_NAMED);
  }
}

type WrittenNames = readonly [
  principal: string | null,
  userAgent: string | null,
  stages?: readonly StageId[],
];

function withStages(names: string, stages: readonly StageId[]): string {
  const [principal, userAgent] = JSON.parse(names) as WrittenNames;
  return JSON.stringify([principal, userAgent, stages] satisfies WrittenNames);
}

function inOrder(a: Entry, b: Entry): number {
  return byCodePoint(a.rule, b.rule) || byCodePoint(a.stage, b.stage) || byNames(a, b);
}

function byNames(a: Pick<Entry, 'names' | 'account'>, b: Pick<Entry, 'names' | 'account'>): number {
  return byCodePoint(a.names, b.names) || byCodePoint(a.account ?? '', b.account ?? '');
}
