/** The `hunt.yml` that `hunt init` proposes: safe allowances as lines, everything else as questions in comments. */
import { isAccountId } from '../../cloudtrail/account.js';
import type { Decision } from '../../hunt/init/proposal/decide.js';
import type { Hides } from '../../hunt/init/proposal/effect.js';
import { proposalsOf, type InitPlan } from '../../hunt/init/plan.js';
import { entryText, type Proposal } from '../../hunt/init/proposal/proposal.js';
import type { Line } from '../../hunt/init/facts/tally.js';
import { counted } from '../../text/counted.js';
import { safeLines } from '../../text/safe-text.js';
import { seedLines } from './seed-rule.js';
import { hidesText, IS_PROGRAM, plain, seenText, seriousText, spanText, whoText } from './words.js';

const QUESTIONS = 100;
/** So many lines are all that hunt init tells apart. */
const KNOWN = 3000;
const WIDTH = 400;

export interface FileFacts {
  readonly plan: InitPlan;
  /** Lines that say where the logs are. */
  readonly where: readonly string[];
  /** Names of accounts that are known already. */
  readonly names: ReadonlyMap<string, string>;
  /** To which events the reading was limited: `--account 111122223333`. */
  readonly limits: readonly string[];
  /** False if evidence was lost. */
  readonly isWhole: boolean;
}

/** The text of the file. */
export function configText({ plan, where, names, limits, isWhole }: FileFacts): string {
  const lines = [
    ...head(plan),
    ...(isWhole
      ? []
      : [
          '# Evidence was lost (exit code 3): what could not be read may speak against these lines.',
        ]),
    ...(limits.length === 0
      ? []
      : [
          `# Only a part was looked at: ${plain(limits.join(', '), WIDTH)}. Changes elsewhere may speak against these lines.`,
        ]),
    '',
    ...where,
    '',
    '# By hand in any service. For security groups alone: AWS.EC2.ManualSecurityGroupChange.',
    'rule: AWS.Any.ManualChange',
    '',
    ...accountLines(plan, names),
    '',
    ...allowLines(plan),
    '',
    ...seedLines(plan),
    '',
    ...knownLines(plan),
  ];
  // Values stand in double quotes. There, YAML reads these escapes as JSON does, so the values stay the same.
  return safeLines(`${lines.join('\n')}\n`);
}

function head({ tallied: { changes, accounts } }: InitPlan): readonly string[] {
  return [
    `# Proposed by hunt init, from ${counted(changes.count, 'change')} in ${counted(accounts.length, 'account')}, ${spanText(changes.first, changes.last)}.`,
    '# Nothing in these logs speaks against the active lines. Read them: what they allow is no longer shown.',
    '# Everything else is a question. To answer yes, take the "# " away from the line that begins with "# - {".',
    '# hunt init --check says later what has changed. Keep this file where changes are reviewed.',
  ];
}

function* accountLines(
  { tallied: { accounts } }: InitPlan,
  names: ReadonlyMap<string, string>,
): Generator<string> {
  yield '# Question: what are these accounts called, and which are not in production? Rename them, or delete lines. The rules that';
  yield '# look at production only (PROD_ACCOUNT_IDS) look at these. AWS.Any.ManualChange looks at every account.';
  const known = accounts.filter(([account]) => isAccountId(account));
  if (known.length === 0) {
    yield '# accounts: { production: "111122223333" }';
    return;
  }
  yield 'accounts:';
  for (const [account, { count, first, last }] of known) {
    const name = names.get(account) ?? `account-${account}`;
    const key = /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
    yield `  ${key}: "${account}" # ${counted(count, 'change')}, ${spanText(first, last)}`;
  }
}

function* allowLines(plan: InitPlan): Generator<string> {
  const { decisions } = plan;
  yield '# Whose changes are not by hand. All keys of an entry must hold.';
  yield 'allow:';
  const active = proposalsOf(decisions.values(), 'allow');
  if (active.length === 0)
    yield '  # Nothing in these logs is safe enough to allow it without a question.';
  for (const proposal of active) yield* entryLines(plan, proposal, '');
  const asked = proposalsOf(decisions.values(), 'ask');
  for (const proposal of asked.slice(0, QUESTIONS)) yield* entryLines(plan, proposal, '# ');
  if (asked.length > QUESTIONS)
    yield `  # and ${counted(asked.length - QUESTIONS, 'more question')}: answer these, and run hunt init --check`;
}

/** An entry, with what it is about and what it would hide above it. */
function* entryLines(
  { decisions, effect }: InitPlan,
  proposal: Proposal,
  mark: '' | '# ',
): Generator<string> {
  const of = [...decisions].filter(([, decision]) => proposalsIn(decision).includes(proposal));
  yield '';
  for (const [line] of of.slice(0, 3)) yield `  # ${whoText(line)}: ${seenText(line)}`;
  for (const text of of.slice(0, 1).flatMap(([, decision]) => notesOf(decision, proposal)))
    yield `  # ${plain(text, WIDTH)}`;
  const hides = effect.hides.get(proposal);
  if (hides !== undefined) yield* hidesLines(hides, mark === '');
  yield `  ${mark}- ${entryText(proposal)}`;
}

function proposalsIn(decision: Decision): readonly Proposal[] {
  return [...proposalsOf([decision], 'allow'), ...proposalsOf([decision], 'ask')];
}

function notesOf(decision: Decision, proposal: Proposal): readonly string[] {
  if (decision.kind !== 'allow' && decision.kind !== 'ask') return [];
  if (decision.kind === 'allow' && decision.proposal === proposal) return decision.notes;
  if (decision.kind === 'ask' && decision.proposal === proposal)
    return [`Question: ${IS_PROGRAM}`, ...decision.why.map((one) => `Doubt: ${one}`)];
  const own = decision.further.filter((one) => one.proposal === proposal);
  return own.flatMap(({ why }) => why.map((one) => `Question: ${one}`));
}

function* hidesLines(hides: Hides, isActive: boolean): Generator<string> {
  yield `  # ${isActive ? 'Hides' : 'Would hide'} ${hidesText(hides)}`;
  for (const one of hides.serious.items) yield `  #   ${seriousText(one)}`;
}

/** What init knows and proposes nothing about, so that --check can tell what is new. */
function* knownLines({ decisions }: InitPlan): Generator<string> {
  yield '# Known to hunt init --check, which names what is in no line of this file:';
  const asked = new Set(proposalsOf(decisions.values(), 'ask').slice(0, QUESTIONS));
  const others = [...decisions].filter(([, decision]) => isOther(decision, asked));
  for (const [line, decision] of others.slice(0, KNOWN)) {
    const why = 'why' in decision ? decision.why : '';
    const text = Array.isArray(why) ? why.join('; ') : why;
    yield `# known: ${knownText(line)} | ${counted(line.seen.count, 'change')}, ${plain(String(text), WIDTH)}`;
  }
  if (others.length > KNOWN) yield `# and ${others.length - KNOWN} more`;
}

/** Whether neither an entry nor a question names the line. */
function isOther(decision: Decision, asked: ReadonlySet<Proposal>): boolean {
  if (decision.kind === 'allow') return false;
  return decision.kind !== 'ask' || decision.proposal === null || !asked.has(decision.proposal);
}

/** How a comment names a principal with a program. `--check` looks for the same text. */
function knownText({ principal, program }: Pick<Line, 'principal' | 'program'>): string {
  return plain(`${principal.id} with ${program.name}`.replaceAll('|', '/'), 600);
}

/** Whether hunt.yml already names the principal with the program. The name may stand in an entry, a question, or a `# known:` line. */
export function knownIn(
  text: string,
): (principal: Line['principal'], program: Line['program']) => boolean {
  const known = new Set([...text.matchAll(/^# known: (.*?) \| /gm)].map(([, one = '']) => one));
  const entries = [...text.matchAll(/\{ tool: ("[^"]*"|\w+), (?:role|user): ("[^"]*")/g)].map(
    ([, tool = '', id = '']) => `${tool.replaceAll('"', '')} ${id}`,
  );
  const named = new Set(entries);
  return (principal, program) =>
    known.has(knownText({ principal, program })) ||
    named.has(`${program.tool ?? ''} ${JSON.stringify(principal.id)}`);
}
