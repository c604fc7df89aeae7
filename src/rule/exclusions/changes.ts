/** What `hunt.yml` changes in the exclusions of rules: of those that take a list (`Exclusions: exclusions.yml`), or that it names. */
import { HuntError, type SourcePosition } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { matchesGlob } from '../../text/glob.js';
import { callsCondition, readCall, type Call } from '../condition/calls.js';
import { conjunctsOf, type Condition, type NamedExclusion } from '../condition/condition.js';
import type { Rule } from '../rule.js';
import { coversCall } from './covers.js';

export interface ExclusionChanges {
  /** Further exclusions; last those that `allow` means. */
  readonly add: readonly AddedExclusion[];
  /** Names of exclusions that are taken out, and calls that are taken out of every exclusion. */
  readonly remove: readonly Removal[];
}

export interface AddedExclusion {
  readonly exclusion: NamedExclusion;
  /** The rules that it is for: IDs, perhaps with wildcards. Empty: the rules that take a list of exclusions. */
  readonly rules: readonly string[];
  readonly owner: string | null;
  /** The last day on which it is applied, `2026-12-31`, in UTC. */
  readonly until: string | null;
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

/** The rule with other exclusions; the rule itself if they do not concern it. Throws a HuntError where a name is there twice. */
export function withChanges(rule: Rule, changes: ExclusionChanges): Rule {
  const add = changes.add.filter((one) => isAddedTo(one, rule)).map(({ exclusion }) => exclusion);
  const remove = rule.exclusionList === undefined ? [] : changes.remove;
  if (add.length + remove.length === 0) return rule;
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

/** Whether the exclusion is for the rule. */
export function isAddedTo(
  { rules }: Pick<AddedExclusion, 'rules'>,
  { id, exclusionList }: Pick<Rule, 'id' | 'exclusionList'>,
): boolean {
  return rules.length === 0
    ? exclusionList !== undefined
    : rules.some((pattern) => matchesGlob(id, pattern));
}

/** Whether there are changes, and none of the rules is one that they could change. */
export function concernsNone({ add, remove }: ExclusionChanges, rules: readonly Rule[]): boolean {
  const isChanged = (rule: Rule): boolean =>
    (rule.exclusionList !== undefined && remove.length > 0) ||
    add.some((one) => isAddedTo(one, rule));
  return add.length + remove.length > 0 && !rules.some(isChanged);
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
