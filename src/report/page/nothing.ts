/** What there is where no rule matched: a zero for a key that made calls means something else than one for a key that is nowhere. */
import { isIndicator } from '../../rule/filters.js';
import { counted } from '../../text/counted.js';
import type { LogCoverage } from '../coverage.js';
import type { Report } from '../report.js';
import { callsText, countOf } from './calls.js';
import { text, type Text } from './blocks/text.js';
import { timeSpan } from './blocks/words.js';

/** Names of calls, in a line or two. */
const SHOWN = 6;

/** Null where rules matched, or where the user looks for nothing in particular. */
export function behindNothing(report: Report): Text | null {
  const { findings, filters, calls, coverage, subject } = report;
  const records = recordsInWindow(coverage);
  const isAsked = subject !== null || filters.some(isIndicator);
  if (findings.length > 0 || records === 0 || !isAsked) return null;
  const { leave, none, ask } = wordsFor(report);
  if (calls === null) return [`no rule matched: add --calls to see which calls ${ask}`];
  if (calls.length === 0) return [`${none} of the ${counted(records, 'record')} in the window`];
  const all = counted(countOf(calls) + report.otherCalls, 'call');
  const nothing = subject === null ? 'no rule matched' : 'nothing was changed';
  return text`${[`${nothing}, but ${leave} ${all}`]}${callsText(calls, SHOWN)}`;
}

/** The records in the window, of all accounts. */
export function recordsInWindow({ accounts, uncounted }: LogCoverage): number {
  return accounts.reduce((sum, { events }) => sum + events, uncounted);
}

export function isAllOfTime({ since, until }: Report['window']): boolean {
  return since === null && until === null;
}

/** `617 records, of 2026-01-31 08:00:04Z to 2026-01-31 09:12:00Z`: those in the window, and not all that were read. */
export function recordsText(coverage: LogCoverage): string {
  const instants = coverage.accounts.flatMap(({ first, last }) =>
    [first, last].filter((instant) => instant !== null),
  );
  const [first, ...others] = instants.toSorted();
  const span = first === undefined ? '' : `, of ${timeSpan(first, others.at(-1) ?? first)}`;
  return `${counted(recordsInWindow(coverage), 'record')}${span}`;
}

interface Words {
  /** Before a number of calls. */
  readonly leave: string;
  /** Before a number of records. */
  readonly none: string;
  /** After "which calls". */
  readonly ask: string;
}

/** What the user looks for, what it does in a record, and what is said of it where it does so in none. */
const WORDS: Readonly<
  Record<string, readonly [noun: string, has: string, ask: string, none: string]>
> = {
  '--resource': ['resource', 'stands in', 'name', 'stands in none'],
  who: ['actor', 'made', 'are by', 'made no call in any'],
  '--principal': ['principal', 'made', 'are by', 'made no call in any'],
  // The answer of another call may have the key: whoever issued it is found by `hunt who`.
  '--access-key': ['key', 'made', 'are by', 'made no call in any'],
  '--ip': ['address', 'sent', 'are from', 'sent no call in any'],
  '--event-id': ['event', 'is there in', 'are of', 'is in none'],
};

const SUBJECTS = { who: 'who', what: '--resource' } as const;

/** Where there are several filters, a call must pass all of them, so it is not of one of them alone. */
function wordsFor({ filters, subject }: Report): Words {
  const [only, ...others] =
    subject === null ? filters : [{ option: SUBJECTS[subject.kind], values: [] }, ...filters];
  const words = only && WORDS[only.option];
  if (only === undefined || words === undefined || others.length > 0)
    return {
      leave: 'these filters leave',
      none: 'these filters leave none',
      ask: 'these filters leave',
    };
  const [noun, has, ask, none] = words;
  const isOne = only.values.length <= 1;
  const what = isOne ? `this ${noun}` : `these ${noun}s`;
  const ofMany = (verb: string): string => verb.replace(/^stands/, 'stand').replace(/^is/, 'are');
  return {
    leave: `${what} ${isOne ? has : ofMany(has)}`,
    none: `${what} ${isOne ? none : ofMany(none)}`,
    ask: `${ask} ${what}`,
  };
}
