/** What `hunt.yml` changes in the exclusions of rules that take a list of them (`Exclusions: exclusions.yml`). */
import { HuntError, type SourcePosition } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { callsCondition, readCall, type Call } from '../condition/calls.js';
import { conjunctsOf, type Condition, type NamedExclusion } from '../condition/condition.js';
import type { Rule } from '../rule.js';
import { coversCall } from './covers.js';

export interface ExclusionChanges {
  /** Further exclusions; last those that `allow` means. */
  readonly add: readonly NamedExclusion[];
  /** Names of exclusions that are taken out, and calls that are taken out of every exclusion. */
  readonly remove: readonly Removal[];
}

export type Removal = { readonly at: SourcePosition; readonly text: string } & (
  | { readonly kind: 'name' }
  | { readonly kind: 'call'; readonly call: Call }
);

/** What a text of `remove` takes out. A name has no colon. Throws a HuntError where it is neither. */
export function readRemoval(text: string, at: SourcePosition): Removal {
  if (!text.includes(':')) return { kind: 'name', text, at };
  const call = readCall(text);
  if (typeof call !== 'string') return { kind: 'call', text, at, call };
  throw new HuntError('CONFIG', `exclusions: remove: "${text}" ${call}`, { at });
}

/** The rule with other exclusions; the rule itself if it takes no list. Throws a HuntError where a name is there twice. */
export function withChanges(rule: Rule, { add, remove }: ExclusionChanges): Rule {
  if (rule.exclusionList === undefined || add.length + remove.length === 0) return rule;
  const conjuncts = conjunctsOf(rule.condition);
  const isRemoved = (one: Condition): one is NamedExclusion =>
    isNamed(one) && remove.some(({ kind, text }) => kind === 'name' && text === one.label.name);
  const kept = conjuncts.filter((one) => !isRemoved(one));
  for (const { label } of add)
    if (kept.some((one) => isNamed(one) && one.label.name === label.name))
      throw new HuntError(
        'CONFIG',
        `exclusions: ${rule.id} has an exclusion "${label.name}" already: give this one another name`,
        { at: label.at },
      );
  const calls = remove.flatMap((one) => (one.kind === 'call' ? [one] : []));
  const narrowed = kept.map((one) => (isNamed(one) ? withoutCalls(one, calls) : one));
  return {
    ...rule,
    condition: { kind: 'all', of: [...narrowed, ...add] },
    removedExclusions: conjuncts.filter(isRemoved),
  };
}

/** Whether there are changes, and none of the rules takes a list that they could change. */
export function concernsNone({ add, remove }: ExclusionChanges, rules: readonly Rule[]): boolean {
  const takesNoList = rules.every(({ exclusionList }) => exclusionList === undefined);
  return add.length + remove.length > 0 && takesNoList;
}

function isNamed(condition: Condition): condition is NamedExclusion {
  return condition.kind === 'not' && condition.label !== undefined;
}

/** The exclusion without the calls that it covers. Each other condition of it stays. */
function withoutCalls(
  exclusion: NamedExclusion,
  removals: readonly (Removal & { readonly kind: 'call' })[],
): NamedExclusion {
  const own = removals.filter(({ call }) => coversCall(exclusion.of, call));
  const [first] = own;
  if (first === undefined) return exclusion;
  const calls = callsCondition(
    own.map(({ call }) => call),
    first.at,
  );
  return { ...exclusion, of: { kind: 'all', of: [exclusion.of, { kind: 'not', of: calls }] } };
}

/**
 * Throws a HuntError if something is to be taken out that no rule has. The configuration serves other hunts too, so what any
 * rule of the catalogue has counts.
 */
export function checkRemovals(
  { remove }: Pick<ExclusionChanges, 'remove'>,
  rules: readonly Rule[],
  catalogue: () => readonly Rule[],
): void {
  let known = exclusionsOf(rules);
  if (remove.every((removal) => isIn(removal, known))) return;
  known = [...known, ...exclusionsOf(catalogue())];
  const wrong = remove.find((removal) => !isIn(removal, known));
  if (wrong === undefined) return;
  const names = [...new Set(known.map(({ label }) => label.name))];
  const problem =
    wrong.kind === 'call'
      ? `no exclusion has the call ${wrong.text}`
      : `there is no exclusion "${wrong.text}".${didYouMean(wrong.text, names)} Exclusions: ${names.join(', ') || 'none'}`;
  throw new HuntError('CONFIG', `exclusions: remove: ${problem}`, { at: wrong.at });
}

function exclusionsOf(rules: readonly Rule[]): readonly NamedExclusion[] {
  return rules
    .filter(({ exclusionList }) => exclusionList !== undefined)
    .flatMap(({ condition }) => conjunctsOf(condition).filter(isNamed));
}

function isIn(removal: Removal, exclusions: readonly NamedExclusion[]): boolean {
  return exclusions.some(({ of, label }) =>
    removal.kind === 'name' ? label.name === removal.text : coversCall(of, removal.call),
  );
}
