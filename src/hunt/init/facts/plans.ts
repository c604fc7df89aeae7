/** Who uses a tool for infrastructure only to read: it plans there, and never applies. */
import { toolOf } from '../../../change/actor/tool.js';
import type { Section } from '../../../report/report.js';
import { PLANNING_TOOLS, PLANS } from './rules.js';
import type { Line } from './tally.js';

/** Calls of a principal with a tool with which it changes nothing. */
export interface OnlyReads {
  /** `role/Plan`, or the name of the principal. */
  readonly name: string;
  readonly account: string | null;
  readonly program: string;
  readonly calls: number;
}

const LONGEST = 256;

/** Those with the most calls first. Calls that were refused count as reads: they changed nothing either. */
export function onlyReads(
  sections: readonly Section[],
  lines: readonly Line[],
): readonly OnlyReads[] {
  const changing = new Set(
    lines
      .filter(({ program }) => PLANNING_TOOLS.has(program.carrier))
      .map(({ principal, account }) => keyOf(callerIn(principal.id, account))),
  );
  const counts = new Map<string, OnlyReads>();
  const counted = sections.filter(({ rule }) => rule.id === PLANS);
  for (const { by } of counted.flatMap(({ exclusions }) => exclusions))
    for (const { principal, userAgent, events } of by) {
      const caller = callerIn(principal ?? 'no name', null);
      if (changing.has(keyOf(caller))) continue;
      const program = toolOf(userAgent ?? '').name.slice(0, LONGEST);
      const key = JSON.stringify([caller, program]);
      const calls = (counts.get(key)?.calls ?? 0) + events;
      counts.set(key, { ...caller, program, calls });
    }
  return [...counts.values()].toSorted((a, b) => b.calls - a.calls);
}

type Caller = Pick<OnlyReads, 'name' | 'account'>;

/** The role of a session, and its account; of another principal its name. */
function callerIn(principal: string, account: string | null): Caller {
  const [, own, role] =
    /^arn:[^:]*:(?:sts|iam)::(\d{12}):(?:assumed-role|role)\/(.+)$/s.exec(principal) ?? [];
  if (own === undefined || role === undefined)
    return { name: principal.slice(0, LONGEST), account };
  const isSession = principal.includes(':assumed-role/');
  const name = isSession ? role.split('/')[0] : role.split('/').at(-1);
  return { name: `role/${(name ?? '').slice(0, LONGEST)}`, account: own };
}

function keyOf({ name, account }: Caller): string {
  return JSON.stringify([name, name.startsWith('arn:') ? null : account]);
}
