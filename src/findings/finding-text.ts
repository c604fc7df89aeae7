/** The findings that an entry stands for. */
import type { Change } from '../change/change.js';
import type { EventMeaning, MatchedFinding } from '../report/report.js';
import type { Rule } from '../rule/rule.js';
import type { TextStore } from '../spill/text-store.js';
import type { Entry, EntryMatch } from './entry.js';

export interface Reading {
  readonly rules: readonly Pick<Rule, 'id' | 'severity'>[];
  readonly texts: TextStore;
  /** The accounts of the logs and of the configuration. */
  readonly knownAccounts: ReadonlySet<string>;
}

/** The findings of an entry, as JSON. There are several where it stands for equal records without an eventID. */
export function* findingTexts(entry: Entry, reading: Reading): Generator<string> {
  const { event, source, extra, matches } = entry;
  const { get } = reading.texts;
  const body = `${get(event).slice(1, -1)},${meaningText(entry, reading).slice(1, -1)},"source":${JSON.stringify(source)},"extra":${get(extra)}}`;
  for (let nth = 0; nth < countOf(entry); nth++) {
    const rules = matches.filter(({ count }) => count > nth);
    yield `{"rules":[${rules.map((match) => ruleText(match, reading)).join(',')}],${body}`;
  }
}

/** How many findings the entry stands for. */
export function countOf({ matches }: Entry): number {
  return matches.reduce((most, { count }) => Math.max(most, count), 0);
}

/** The findings of an entry. */
export function* findingsIn(entry: Entry, reading: Reading): Generator<MatchedFinding> {
  for (const text of findingTexts(entry, reading)) yield JSON.parse(text) as MatchedFinding;
}

function ruleText({ rule, severity, alert }: EntryMatch, { rules, texts }: Reading): string {
  const own = rules[rule];
  return `{"id":${JSON.stringify(own?.id)},"severity":${JSON.stringify(severity ?? own?.severity)},"alert":${texts.get(alert)}}`;
}

/** The meaning, with the exposure to foreign accounts, which is known only when all logs have been read. */
function meaningText(entry: Entry, { texts, knownAccounts }: Reading): string {
  const text = texts.get(entry.meaning);
  if (!entry.hasGrantees) return text;
  const meaning = JSON.parse(text) as EventMeaning;
  const { change } = meaning;
  const isForeign = (account: string): boolean =>
    account !== entry.recipientAccountId && !knownAccounts.has(account);
  if (change === null || change.exposure !== null || !change.grantees.some(isForeign)) return text;
  const exposed: Change = {
    ...change,
    exposure: { peer: 'foreign account', direction: 'ingress' },
  };
  return JSON.stringify({ ...meaning, change: exposed });
}
