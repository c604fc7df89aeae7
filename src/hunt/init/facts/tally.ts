/**
 * Counts the changes of each principal with each program, while the findings are read once. A hostile log has any number of
 * principals: the busiest are kept, and of the rest only the number. Nothing is proposed from these numbers alone (`facts.ts`).
 */
import type { ChangeClass } from '../../../change/actor/class.js';
import { byCodePoint } from '../../../cloudtrail/canonical.js';
import type { Finding } from '../../../report/finding.js';
import { principalOf, programOf, type Principal, type Program } from './caller-key.js';
import { BY_HAND, CHANGES } from './rules.js';
import { countIn, Names, newSeen, Seen, type Count } from './seen.js';

/** Lines that a report of `hunt init` can have. */
const MOST_LINES = 3000;
const MOST_ACCOUNTS = 1000;
const MOST_NAMES = 40;
/** Of a line, and of a role with a tool: whoever else is at one of them must be seen. */
export const MOST_ADDRESSES = 64;

/** What one principal changed in one account with one program. */
export interface Line {
  /** Null where the log names none. */
  readonly account: string | null;
  readonly principal: Principal;
  readonly program: Program;
  readonly seen: Seen;
  /** How many of the changes the rule AWS.Any.ManualChange finds by itself. */
  visible: number;
  readonly classes: Map<ChangeClass, number>;
  readonly calls: Names<Count>;
  readonly addresses: Names<Count>;
}

export interface Tallied {
  /** Those with the most changes first. */
  readonly lines: readonly Line[];
  /** What is not in `lines`: how many lines, and how many changes. */
  readonly left: { readonly lines: number; readonly changes: number };
  /** By account, those with the most changes first. */
  readonly accounts: readonly (readonly [account: string, seen: Seen])[];
  readonly otherAccounts: number;
  readonly changes: Seen;
}

/** Reads the findings once. */
export function tally(findings: Iterable<Finding>): Tallied {
  let lines = new Map<string, Line>();
  const left = { lines: 0, changes: 0 };
  const keepBusiest = (most: number): void => {
    const sorted = [...lines].toSorted(([a, one], [b, other]) => inOrder([a, one], [b, other]));
    for (const [, { seen }] of sorted.slice(most)) {
      left.lines += 1;
      left.changes += seen.count;
    }
    lines = new Map(sorted.slice(0, most));
  };
  const accounts = new Names<Seen>(MOST_ACCOUNTS);
  const changes = new Seen();
  let otherAccounts = 0;
  for (const finding of findings) {
    if (!finding.rules.some(({ id }) => id === CHANGES)) continue;
    changes.add(finding.eventTime);
    const account = finding.recipientAccountId;
    const ofAccount = accounts.of(account ?? 'no account', newSeen);
    ofAccount?.add(finding.eventTime);
    if (ofAccount === undefined) otherAccounts += 1;
    const line = lineOf(finding, lines);
    addTo(line, finding);
    if (lines.size > 2 * MOST_LINES) keepBusiest(MOST_LINES);
  }
  keepBusiest(MOST_LINES);
  return {
    lines: [...lines.values()],
    left,
    accounts: accounts
      .entries()
      .toSorted((a, b) => b[1].count - a[1].count || byCodePoint(a[0], b[0])),
    otherAccounts,
    changes,
  };
}

function lineOf(finding: Finding, lines: Map<string, Line>): Line {
  const principal = principalOf(finding);
  const program = programOf(finding);
  const account = finding.recipientAccountId;
  const key = JSON.stringify([account, principal.id, program.carrier, program.name]);
  const known = lines.get(key);
  if (known !== undefined) return known;
  const line: Line = {
    account,
    principal,
    program,
    seen: new Seen(),
    visible: 0,
    classes: new Map(),
    calls: new Names(MOST_NAMES),
    addresses: new Names(MOST_ADDRESSES),
  };
  lines.set(key, line);
  return line;
}

function addTo(line: Line, { eventTime, eventName, sourceIPAddress, how, rules }: Finding): void {
  line.seen.add(eventTime);
  if (rules.some(({ id }) => id === BY_HAND)) line.visible += 1;
  line.classes.set(how.class, (line.classes.get(how.class) ?? 0) + 1);
  countIn(line.calls, eventName ?? 'no name');
  countIn(line.addresses, sourceIPAddress ?? 'no address');
}

function inOrder([a, one]: readonly [string, Line], [b, other]: readonly [string, Line]): number {
  return other.seen.count - one.seen.count || byCodePoint(a, b);
}
