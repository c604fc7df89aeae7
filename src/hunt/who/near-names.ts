/** Who is there where somebody was not found: names that are nearly theirs, and who made the most calls. */
import type { Report, Warning } from '../../report/report.js';
import { readActorName } from '../../rule/actor/name.js';
import type { Indicator } from '../../rule/subject.js';
import { counted } from '../../text/counted.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { truncate } from '../../text/width.js';
import { warn } from '../../report/warn.js';
import { withCallers } from './callers.js';

/** Without a filter every record is parsed: of more records, nobody waits for a hint. */
const MOST_RECORDS = 300_000;
const SHOWN = 5;
// In columns.
const NAME = 176;

/** Whether to look who is there: nobody was found, and it takes seconds. */
export function isNobody({ callers, coverage }: Report): boolean {
  const records = coverage.accounts.reduce((sum, { events }) => sum + events, coverage.uncounted);
  return callers?.length === 0 && records > 0 && records <= MOST_RECORDS;
}

/** The warning, from a report on everybody (`CALLERS_RULE` without filters). */
export function nobodyWarning(indicators: readonly Indicator[], everybody: Report): Warning {
  const callers = withCallers(everybody).callers ?? [];
  const names = new Set(callers.flatMap(({ principal }) => namesIn(principal ?? '')));
  const near = indicators
    .filter(({ kind }) => kind === 'text' || kind === 'name')
    .map(({ text }) => didYouMean(nameIn(text), names))
    .join('');
  const most = callers
    .slice(0, SHOWN)
    .map(({ principal, events }) => `${truncate(principal ?? 'no name', NAME)} (${events})`);
  const more = callers.length - most.length;
  const others = more > 0 ? ` and ${counted(more, 'other')}` : '';
  const whom = indicators.map(({ text }) => JSON.stringify(text)).join(', ');
  return warn(
    'NOBODY_FOUND',
    `no call is by ${whom}.${near} Most calls are by ${most.join(', ')}${others}`,
  );
}

/** The name that an ARN would have in a part of its own. */
function nameIn(text: string): string {
  const { whom } = readActorName(text);
  if (whom.kind === 'role') return whom.role;
  return 'user' in whom ? whom.user : text;
}

/** The parts of an ARN by which people know somebody: the user, the role and the session. */
function namesIn(principal: string): readonly string[] {
  return principal.split(/[:/]/).filter((part) => /[a-z]/i.test(part) && part.length <= NAME);
}
