/** The findings that an entry stands for. */
import { withBehind, type ChainStart } from '../change/actor/behind.js';
import type { ToFollow } from '../change/actor/console-session.js';
import type { HowFlag } from '../change/actor/flags.js';
import { makerFlag, type KeyMakers } from '../change/actor/key-maker.js';
import type { SeenBefore } from '../change/actor/seen-before.js';
import type { Change, State } from '../change/change.js';
import { accountOfCode } from '../change/foreign-code.js';
import { ownAccountOf } from '../change/request/own-account.js';
import type { Json } from '../cloudtrail/json.js';
import type { EventFields, EventMeaning, FindingItem, BriefFinding } from '../report/finding.js';
import type { Rule } from '../rule/rule.js';
import type { TextStore } from '../spill/text-store.js';
import { textsOf, type Entry, type EntryMatch } from './entry.js';
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
  /** Who is behind a session, by its key, or by the session if it is one of the console. */
  readonly starts: ReadonlyMap<string, ChainStart>;
  /** Who made the users' keys that a call depends on, by the key of the call. */
  readonly makers: KeyMakers;
  /** What actors did in earlier runs; undefined where the hunt has no history. Null: earlier than what the history remembers. */
  readonly seen?: SeenBefore | null | undefined;
}

/** For readers who only need what the events say. */
export const NOTHING_KNOWN: Known = { accounts: new Set(), starts: new Map(), makers: new Map() };

/** The findings of an entry. There are several where it stands for equal records without an eventID. */
export function* findingItems(entry: Entry, reading: Reading): Generator<FindingItem> {
  for (let nth = 0; nth < countOf(entry); nth++)
    yield {
      text: () => textOf(entry, nth, reading),
      brief: () => briefOf(entry, nth, reading),
    };
}

function textOf(entry: Entry, nth: number, reading: Reading): string {
  const rules = matchesOf(entry, nth).map((match) => ruleText(match, reading));
  const { event, meaning, extra } = textsOf(entry, reading.texts);
  const shown = shownMeaning(meaning, entry, reading);
  return `{"rules":[${rules.join(',')}],${event.slice(1, -1)},${shown.slice(1, -1)},"source":${JSON.stringify(entry.source)},"extra":${extra}}`;
}

function briefOf(entry: Entry, nth: number, reading: Reading): BriefFinding {
  const { rules, texts } = reading;
  const { event, meaning } = textsOf(entry, texts);
  const { outcome, kinds, actor, how, change } = knownMeaning(meaning, entry, reading);
  return {
    rules: matchesOf(entry, nth).map(({ rule }) => ({ id: rules[rule]?.id ?? '' })),
    eventID: entry.eventID,
    eventTime: entry.eventTime,
    eventName: entry.eventName,
    eventSource: entry.eventSource,
    awsRegion: entry.awsRegion,
    recipientAccountId: entry.recipientAccountId,
    // Only an event without an account has to be parsed for it.
    ownAccount: entry.recipientAccountId || (ownAccountIn(event) ?? null),
    sourceIPAddress: entry.sourceIPAddress,
    get requestParameters() {
      return (JSON.parse(event) as EventFields).requestParameters ?? null;
    },
    responseElements: entry.issued === null ? null : (JSON.parse(texts.get(entry.issued)) as Json),
    outcome,
    kinds,
    actor,
    how,
    change,
  };
}

/** The rules that matched the entry's finding of this number. */
function matchesOf({ matches }: Entry, nth: number): readonly EntryMatch[] {
  return nth === 0 ? matches : matches.filter(({ count }) => count > nth);
}

/** How many findings the entry stands for. */
export function countOf({ matches }: Entry): number {
  return matches.reduce((most, { count }) => Math.max(most, count), 0);
}

function ruleText({ rule, severity, alert }: EntryMatch, { rules, texts }: Reading): string {
  const own = rules[rule];
  return `{"id":${JSON.stringify(own?.id)},"severity":${JSON.stringify(severity ?? own?.severity)},"alert":${texts.get(alert)}}`;
}

/** The meaning, as a report shows it: with what else was done with the key, and by the actor. */
function shownMeaning(text: string, entry: Entry, reading: Reading): string {
  const flags = flagsOf(entry, reading);
  if (flags.length === 0 && !isKnownBetter(entry, reading)) return text;
  const meaning = knownMeaning(text, entry, reading);
  const { how } = meaning;
  return JSON.stringify({ ...meaning, how: { ...how, flags: [...how.flags, ...flags] } });
}

/** What is worth a second look beside the other findings. */
function flagsOf(entry: Entry, { known, keyUses, firstUses }: Reading): readonly HowFlag[] {
  const { keyUse, firstUse, follow } = entry;
  const makers = follow === null ? [] : (foundBy(follow, known.makers) ?? []);
  const ofKey = [
    ...(keyUse === null ? [] : keyUses.flags(keyUse, entry)),
    ...makers.map((maker) => makerFlag(maker, follow?.key ?? '')),
  ];
  if (firstUse === null) return ofKey;
  const isNewAddress = ofKey.some(({ reason }) => reason === 'new address');
  return [...ofKey, ...firstUses.flags(firstUse, entry, { seen: known.seen, isNewAddress })];
}

/** The meaning, with what is known when all logs have been read: exposure to foreign accounts, and who is behind a session. */
function knownMeaning(text: string, entry: Entry, reading: Reading): EventMeaning {
  const meaning = JSON.parse(text) as EventMeaning;
  if (!isKnownBetter(entry, reading)) return meaning;
  const change = exposedChange(entry, withoutOwnCode(meaning.change, reading), reading);
  return withBehind({ ...meaning, change }, startOf(entry, reading));
}

function isKnownBetter(entry: Entry, reading: Reading): boolean {
  return entry.namesAccounts || startOf(entry, reading) !== undefined;
}

function startOf({ follow }: Entry, { known }: Reading): ChainStart | undefined {
  return follow === null ? undefined : foundBy(follow, known.starts);
}

function foundBy<T>({ key, session }: ToFollow, found: ReadonlyMap<string, T>): T | undefined {
  return found.get(key) ?? (session === null ? undefined : found.get(session));
}

/** Without the states in which code of one's own accounts runs. */
function withoutOwnCode(change: Change | null, { known }: Reading): Change | null {
  if (change === null) return null;
  const isOwn = (state: State): boolean => known.accounts.has(accountOfCode(state) ?? '');
  return change.begins.some(isOwn)
    ? { ...change, begins: change.begins.filter((state) => !isOwn(state)) }
    : change;
}

function exposedChange(
  entry: Entry,
  change: Change | null,
  { known, texts }: Reading,
): Change | null {
  if (change === null || change.exposure !== null) return change;
  const others = change.grantees.filter((account) => !known.accounts.has(account));
  if (others.length === 0) return change;
  const own = ownAccountIn(textsOf(entry, texts).event);
  if (own === undefined)
    return {
      ...change,
      sentence: `${change.sentence} (not known whether a foreign account: the record has no account)`,
    };
  return others.every((account) => account === own)
    ? change
    : { ...change, exposure: { peer: 'foreign account', direction: 'ingress' } };
}

function ownAccountIn(event: string): string | undefined {
  return ownAccountOf(JSON.parse(event) as EventFields);
}
