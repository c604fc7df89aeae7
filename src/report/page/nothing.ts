/** What there is where no rule matched: a zero for a key that made calls means something else than one for a key that is nowhere. */
import { isIndicator, type GivenFilter } from '../../rule/filters.js';
import { counted } from '../../text/counted.js';
import { truncate } from '../../text/width.js';
import type { LogCoverage } from '../coverage.js';
import type { Report } from '../report.js';
import { callsText, countOf } from './calls.js';
import { joined, someOf, text, value, type Text } from './blocks/text.js';
import { timeSpan } from './blocks/words.js';

/** Names of calls, in a line or two. */
const SHOWN = 6;
/** Values of one filter that are named. */
const NAMED = 3;
/** In columns. The answer is one line, and a hash or an ARN must fit. */
const LONGEST = 100;

/** Null where rules matched, or where the user looks for nothing in particular. */
export function behindNothing(report: Report): Text | null {
  const { findings, filters, calls, coverage, subject } = report;
  const records = recordsInWindow(coverage);
  const isAsked = subject !== null || filters.some(isIndicator);
  if (findings.length > 0 || records === 0 || !isAsked) return null;
  const { leave, none, ask } = wordsFor(report);
  if (calls === null) return text`no rule matched: add --calls to see which calls ${ask}`;
  if (calls.length === 0) return text`${none} of the ${[counted(records, 'record')]} in the window`;
  const all = counted(countOf(calls) + report.otherCalls, 'call');
  const nothing = subject === null ? 'no rule matched' : 'nothing was changed';
  return text`${[nothing]}, but ${leave} ${[all]}${callsText(calls, SHOWN)}`;
}

/** The records in the window, of all accounts. */
export function recordsInWindow({ accounts, uncounted }: LogCoverage): number {
  return accounts.reduce((sum, { events }) => sum + events, uncounted);
}

export function isAllOfTime({ since, until }: Report['window']): boolean {
  return since === null && until === null;
}

/** `617 records from 2026-01-31 08:00:04Z to 2026-01-31 09:12:00Z`: those in the window, and not all that were read. */
export function recordsText(coverage: LogCoverage): string {
  const instants = coverage.accounts.flatMap(({ first, last }) =>
    [first, last].filter((instant) => instant !== null),
  );
  const [first, ...others] = instants.toSorted();
  const span = first === undefined ? '' : ` from ${timeSpan(first, others.at(-1) ?? first)}`;
  return `${counted(recordsInWindow(coverage), 'record')}${span}`;
}

interface Words {
  /** Before a number of calls. */
  readonly leave: Text;
  /** Before a number of records. */
  readonly none: Text;
  /** After "which calls". */
  readonly ask: Text;
}

/** What the user looks for, what it does in a record, and what is said of it where it does so in none. */
const WORDS: Readonly<
  Record<string, readonly [noun: string, has: string, ask: string, none: string]>
> = {
  '--resource': ['resource', 'stands in', 'name', 'stands in none'],
  // An argument may be a name, a key or an address, so it has no noun.
  who: ['', 'made', 'are by', 'made no call in any'],
  '--principal': ['principal', 'made', 'are by', 'made no call in any'],
  // The answer of another call may have the key: whoever issued it is found by `hunt who`.
  '--access-key': ['key', 'made', 'are by', 'made no call in any'],
  '--ip': ['address', 'sent', 'are from', 'sent no call in any'],
  '--event-id': ['event', 'is there in', 'are of', 'is in none'],
};

const PLURALS: Readonly<Record<string, string>> = { address: 'addresses' };

const SUBJECTS = { who: 'who', what: '--resource' } as const;

/** Where there are several filters, a call must pass all of them, so it is not of one of them alone. */
function wordsFor({ filters, subject }: Report): Words {
  const all =
    subject === null
      ? filters
      : [{ option: SUBJECTS[subject.kind], values: [subject.text] }, ...filters];
  const [only, ...others] = all;
  const words = only && WORDS[only.option];
  if (only === undefined || words === undefined || others.length > 0) {
    const leave = text`these filters (${joined(all.map(filterText), ', ')}) leave`;
    return { leave, none: text`${leave} none`, ask: leave };
  }
  const [noun, has, ask, none] = words;
  const isOne = only.values.length <= 1;
  const nouns = isOne ? noun : (PLURALS[noun] ?? `${noun}s`);
  const what = text`${[nouns === '' ? '' : `${nouns} `]}${valuesText(only)}`;
  const ofMany = (verb: string): string => verb.replace(/^stands/, 'stand').replace(/^is/, 'are');
  return {
    leave: text`${what} ${[isOne ? has : ofMany(has)]}`,
    none: text`${what} ${[isOne ? none : ofMany(none)]}`,
    ask: text`${[ask]} ${what}`,
  };
}

/** `--principal ann` */
function filterText(filter: GivenFilter): Text {
  const name = filter.option === SUBJECTS.who ? [] : [filter.option];
  return joined(
    [name, valuesText(filter)].filter((part) => part.length > 0),
    ' ',
  );
}

/** What the user gave: without it, a line that is copied out of a report does not say of what it speaks. */
function valuesText({ values }: GivenFilter): Text {
  const shown = values.slice(0, NAMED).map((one) => [value(truncate(one, LONGEST))]);
  return someOf(shown, values.length);
}
