/** The findings that an entry stands for. */
import { withBehind, type ChainStart } from '../change/actor/behind.js';
import type { SeenBefore } from '../change/actor/seen-before.js';
import type { Change } from '../change/change.js';
import type { EventMeaning, FindingItem, BriefFinding } from '../report/finding.js';
import type { Rule } from '../rule/rule.js';
import type { TextStore } from '../spill/text-store.js';
import type { BriefFields, Entry, EntryMatch } from './entry.js';
import type { FirstUses } from './first-uses.js';
import type { KeyUses } from './key-uses.js';

export interface Reading {
  readonly rules: readonly Pick<Rule, 'id' | 'severity'>[];
  readonly texts: TextStore;
  readonly known: Known;
  readonly keyUses: KeyUses;
  readonly firstUses: FirstUses;
}

/** What is known only when all logs have been read. */
export interface Known {
  /** The accounts of the logs and of the configuration: all others are foreign. */
  readonly accounts: ReadonlySet<string>;
  /** Who is behind a session, by its key. */
  readonly starts: ReadonlyMap<string, ChainStart>;
  /** What actors did in earlier runs; undefined where the hunt has no history. Null: earlier than what the history remembers. */
  readonly seen?: SeenBefore | null | undefined;
}

/** The findings of an entry. There are several where it stands for equal records without an eventID. */
export function* findingItems(entry: Entry, reading: Reading): Generator<FindingItem> {
  const meaning = once(() => meaningText(entry, reading));
  const body = once(() => bodyText(entry, meaning(), reading));
  const shared = once(() => briefFields(entry, meaning(), reading));
  for (let nth = 0; nth < countOf(entry); nth++) {
    const text = (): string => {
      const matches = matchesOf(entry, nth);
      return `{"rules":[${matches.map((match) => ruleText(match, reading)).join(',')}],${body()}`;
    };
    const brief = (): BriefFinding => ({ ...shared(), rules: rulesOf(entry, nth, reading) });
    yield { text, brief };
  }
}

/** The members after the rules, and the end of the object. */
function bodyText({ event, source, extra }: Entry, meaning: string, { texts }: Reading): string {
  const { get } = texts;
  return `${get(event).slice(1, -1)},${meaning.slice(1, -1)},"source":${JSON.stringify(source)},"extra":${get(extra)}}`;
}

function briefFields(
  { eventID, eventTime, eventName, recipientAccountId, brief }: Entry,
  meaning: string,
  { texts }: Reading,
): Omit<BriefFinding, 'rules'> {
  const fields = JSON.parse(texts.get(brief)) as BriefFields;
  return {
    ...fields,
    ...(JSON.parse(meaning) as EventMeaning),
    eventID,
    eventTime,
    eventName,
    recipientAccountId,
  };
}

/** The rules that matched the entry's finding of this number. */
function matchesOf({ matches }: Entry, nth: number): readonly EntryMatch[] {
  return matches.filter(({ count }) => count > nth);
}

function rulesOf(entry: Entry, nth: number, { rules }: Reading): BriefFinding['rules'] {
  return matchesOf(entry, nth).flatMap(({ rule }) => {
    const own = rules[rule];
    return own === undefined ? [] : [{ id: own.id }];
  });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** How many findings the entry stands for. */
export function countOf({ matches }: Entry): number {
  return matches.reduce((most, { count }) => Math.max(most, count), 0);
}

function ruleText({ rule, severity, alert }: EntryMatch, { rules, texts }: Reading): string {
  const own = rules[rule];
  return `{"id":${JSON.stringify(own?.id)},"severity":${JSON.stringify(severity ?? own?.severity)},"alert":${texts.get(alert)}}`;
}

/**
 * The meaning, with what is known only when all logs have been read: exposure to foreign accounts, who is behind a session, and
 * what else was done with the key.
 */
function meaningText(entry: Entry, { texts, known, keyUses, firstUses }: Reading): string {
  const text = texts.get(entry.meaning);
  const start = entry.follow === null ? undefined : known.starts.get(entry.follow.key);
  const ofKey = entry.keyUse === null ? [] : keyUses.flags(entry.keyUse, entry);
  const isNewAddress = ofKey.some(({ reason }) => reason === 'new address');
  const first =
    entry.firstUse === null
      ? []
      : firstUses.flags(entry.firstUse, entry, { seen: known.seen, isNewAddress });
  const flags = [...ofKey, ...first];
  if (!entry.hasGrantees && start === undefined && flags.length === 0) return text;
  const meaning = JSON.parse(text) as EventMeaning;
  const change = exposedChange(entry, meaning.change, known.accounts);
  const how = { ...meaning.how, flags: [...meaning.how.flags, ...flags] };
  return JSON.stringify(withBehind({ ...meaning, how, change }, start));
}

function exposedChange(
  { recipientAccountId }: Entry,
  change: Change | null,
  known: ReadonlySet<string>,
): Change | null {
  const isForeign = (account: string): boolean =>
    account !== recipientAccountId && !known.has(account);
  if (change === null || change.exposure !== null || !change.grantees.some(isForeign))
    return change;
  return { ...change, exposure: { peer: 'foreign account', direction: 'ingress' } };
}
