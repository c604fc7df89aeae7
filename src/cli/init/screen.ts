/** What `hunt init` prints: the accounts, who changes things, and what the proposals would do. */
import type { Decision } from '../../hunt/init/proposal/decide.js';
import type { InitPlan } from '../../hunt/init/plan.js';
import { proposalsOf } from '../../hunt/init/plan.js';
import { counted } from '../../text/counted.js';
import {
  callsText,
  classesText,
  decisionText,
  hidesText,
  plain,
  seenText,
  seriousText,
  spanText,
  whoText,
} from './words.js';

/** Accounts, and lines of each kind. The file has more of them. */
const ACCOUNTS = 20;
const LINES = 25;

const HEADINGS: readonly (readonly [kind: Decision['kind'], heading: string])[] = [
  ['allow', 'Proposed: nothing in these logs speaks against it'],
  ['ask', 'Questions: only you can answer them'],
  ['by hand', 'By hand: every hunt shows it'],
  ['hidden', 'Left out by the rule itself'],
];

/** The lines, without line feeds. */
export function* initLines(plan: InitPlan, names: ReadonlyMap<string, string>): Generator<string> {
  yield* accountLines(plan, names);
  yield '';
  yield `Who changes things, with what${plan.decisions.size === 0 ? ': nobody' : ''}`;
  for (const [kind, heading] of HEADINGS) yield* groupLines(plan, kind, heading);
  yield* planLines(plan);
  const { left } = plan.tallied;
  if (left.lines > 0)
    yield `  and ${counted(left.lines, 'further line')} with ${counted(left.changes, 'change')}, too many to list`;
  yield '';
  yield* effectLines(plan);
}

function* accountLines(
  { tallied: { accounts, otherAccounts } }: InitPlan,
  names: ReadonlyMap<string, string>,
): Generator<string> {
  yield `Accounts with changes${accounts.length === 0 ? ': none' : ''}`;
  for (const [account, { count, first, last }] of accounts.slice(0, ACCOUNTS)) {
    const name = names.get(account);
    const known = name === undefined ? '' : `  ${plain(name)}`;
    yield `  ${plain(account)}  ${counted(count, 'change')}, ${spanText(first, last)}${known}`;
  }
  const more = accounts.length - ACCOUNTS;
  if (more > 0) yield `  and ${counted(more, 'more account')}`;
  if (otherAccounts > 0) yield `  and ${counted(otherAccounts, 'change')} in others`;
}

function* groupLines(
  { decisions, effect }: InitPlan,
  kind: Decision['kind'],
  heading: string,
): Generator<string> {
  const own = [...decisions].filter(([, decision]) => decision.kind === kind);
  if (own.length === 0) return;
  yield `  ${heading}`;
  for (const [line, decision] of own.slice(0, LINES)) {
    yield `    ${whoText(line)} (${classesText(line)})`;
    yield `      ${seenText(line)}`;
    if (decision.kind === 'hidden' && decision.why.includes('Look: '))
      yield `      ${decisionText(decision)}`;
    if (decision.kind === 'allow' || decision.kind === 'ask') {
      yield `      ${decisionText(decision)}`;
      const hides = decision.proposal === null ? undefined : effect.hides.get(decision.proposal);
      const would = kind === 'allow' ? 'hides' : 'would hide';
      if (hides !== undefined) yield `      ${would} ${hidesText(hides)}`;
      for (const serious of hides?.serious.items ?? []) yield `        ${seriousText(serious)}`;
      for (const why of decision.further.flatMap((one) => one.why))
        yield `      question: ${plain(why, 240)}`;
    }
  }
  const more = own.slice(LINES);
  const changes = more.reduce((sum, [{ seen }]) => sum + seen.count, 0);
  if (more.length > 0) yield `    and ${more.length} more, with ${counted(changes, 'change')}`;
}

function* planLines({ plans }: InitPlan): Generator<string> {
  if (plans.length === 0) return;
  yield '  Only reads: it plans here, but never applies';
  for (const { name, account, program, calls } of plans.slice(0, LINES))
    yield `    ${plain(`${program} as ${name}${account === null ? '' : ` in ${account}`}`)}: ${counted(calls, 'call')}`;
  if (plans.length > LINES) yield `    and ${plans.length - LINES} more`;
}

function* effectLines({ effect, notCovered, decisions }: InitPlan): Generator<string> {
  const { byHand, classes, leftOut, allowed } = effect;
  const by = classes.map(([name, count]) => `${count} ${name}`).join(', ');
  const missing = notCovered.reduce((sum, [, count]) => sum + count, 0);
  yield `With this, hunt shows ${counted(byHand, 'change')}${by === '' ? '' : ` (${by})`}, and hides ${leftOut + allowed}: ${leftOut} by the rule itself, ${allowed} by what is proposed`;
  if (byHand > 0)
    yield `The other rules of the pack (--rule all) look for ${byHand - missing} of the ${byHand}${missing === 0 ? '' : `; not for ${callsText(notCovered)}`}`;
  const asked = proposalsOf(decisions.values(), 'ask').map((one) => effect.hides.get(one));
  const more = asked.reduce((sum, hides) => sum + (hides?.changes ?? 0), 0);
  if (more > 0) yield `The questions are about ${more} of them`;
}
