/** How `hunt init` names lines, proposals and numbers, on the screen and in the comments of `hunt.yml`. */
import type { Decision } from '../../hunt/init/proposal/decide.js';
import type { Hides, Serious } from '../../hunt/init/proposal/effect.js';
import { countsText, mostFirst } from '../../hunt/init/facts/seen.js';
import type { Line } from '../../hunt/init/facts/tally.js';
import { counted } from '../../text/counted.js';
import { safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';
import { firstFew } from '../../text/first-few.js';

/** In columns. Names come from logs. */
const LONGEST = 160;

/** One line that nothing in a log can break. */
export function plain(text: string, width = LONGEST): string {
  return safeLine(truncate(text, width));
}

/** `2026-05-01 to 2026-05-30`. */
export function spanText(first: string | null, last: string | null): string {
  if (first === null || last === null) return 'without a time';
  const [from, to] = [first.slice(0, 10), last.slice(0, 10)];
  return from === to ? `on ${from}` : `${from} to ${to}`;
}

/** `role/Deploy in 111122223333 with Terraform`. */
export function whoText({ principal, account, program }: Line): string {
  return plain(`${principal.name} in ${account ?? 'no account'} with ${program.name}`);
}

/** `212 changes on 22 days, 2026-05-01 to 2026-05-30, from 203.0.113.10; CreateQueue 20, …`. */
export function seenText({ seen, addresses, calls }: Line): string {
  const days = counted(seen.days.size, 'day');
  const from = addresses.entries().map(([address]) => address);
  const more = addresses.isFull ? `${addresses.size} addresses or more` : undefined;
  const where = from.length > 3 ? (more ?? `${from.length} addresses`) : from.join(', ');
  const names = mostFirst(calls);
  const shown = names.slice(0, 3).map(([name, count]) => `${name} ${count}`);
  const rest = names.length > 3 ? ', …' : '';
  return plain(
    `${counted(seen.count, 'change')} on ${days}, ${spanText(seen.first, seen.last)}, from ${where}; ${shown.join(', ')}${rest}`,
    240,
  );
}

/** `console 3, unknown 2`. */
export function classesText({ classes }: Pick<Line, 'classes'>): string {
  return [...classes]
    .toSorted((a, b) => b[1] - a[1])
    .map(([name, count]) => (classes.size === 1 ? name : `${name} ${count}`))
    .join(', ');
}

/** What every question asks. The doubts follow. */
export const IS_PROGRAM = 'is this always a program that runs by itself, and never a person?';

/** What is proposed about a line, and why. */
export function decisionText(decision: Decision): string {
  switch (decision.kind) {
    case 'allow':
      return `allow: ${plain([decision.proposal.reason, ...decision.notes].join('; '), 400)}`;
    case 'ask':
      return `question: ${IS_PROGRAM} ${plain(decision.why.join('; '), 600)}`;
    case 'hidden':
      return `left out by the rule: ${decision.why}`;
    case 'by hand':
      return `by hand: ${decision.why}`;
    default:
      return decision satisfies never;
  }
}

/** `30 changes (opened to the world 2), such as`. However many are shown, each reason is named. */
export function hidesText({ changes, because, serious }: Hides): string {
  const reasons = countsText(because);
  const why = reasons === '' ? '' : ` (${reasons})`;
  return `${counted(changes, 'change')}${why}${serious.items.length === 0 ? '' : ', such as'}`;
}

/** A sentence, with the reason why it is serious, and the ID of its event in full. */
export function seriousText({ sentence, because, eventID }: Serious): string {
  const why = because === null ? '' : `${because}: `;
  // Whole: with it the event is found.
  return `${plain(`${why}${sentence}`)} (${plain(eventID ?? 'no event ID', 80)})`;
}

/** `CreateTrail 2, DeleteBucket, …`. */
export function callsText(calls: readonly (readonly [string, number])[], shown = 6): string {
  const names = calls.map(([name, count]) => plain(count === 1 ? name : `${name} ${count}`, 80));
  return firstFew(names, shown);
}
