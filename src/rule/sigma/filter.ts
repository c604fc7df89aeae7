/**
 * Sigma's filters: documents that leave events out of other rules. The filter becomes an exclusion of each rule that it names,
 * so the ledger of a report shows what it hid.
 * Source: https://github.com/SigmaHQ/sigma-specification/blob/main/specification/sigma-filters-specification.md
 */
import { HuntError, type SourcePosition } from '../../errors.js';
import { textsOf } from '../../yaml/mapping.js';
import type { YamlMap } from '../../yaml/parse.js';
import { conjunctsOf, type Condition } from '../condition/condition.js';
import type { Rule } from '../rule.js';
import { readDetection, required } from './read.js';

export interface SigmaFilter {
  /** The IDs, titles or names of rules. */
  readonly rules: readonly string[] | 'any';
  /** Each is a `not (…)`. */
  readonly exclusions: readonly Condition[];
  /** Where it names the rules. */
  readonly at: SourcePosition;
}

/** Whether a Sigma document is a filter. */
export function isFilter(document: YamlMap): boolean {
  return document.entries.some(({ key }) => key === 'filter');
}

/** Reads a filter about CloudTrail. Throws a HuntError with the position of a mistake. */
export function readFilter(document: YamlMap): SigmaFilter {
  const filter = required(document, 'filter');
  if (filter.kind !== 'map')
    throw new HuntError('RULE', 'filter must be a mapping', { at: filter.at });
  const rules = required(filter, 'rules');
  const names = textsOf(rules, 'rules', 'RULE');
  const [first = 'any'] = names;
  const isAny = names.length <= 1 && /^(any|all)$/i.test(first);
  const condition = readDetection(filter, 'filter');
  return {
    rules: isAny ? 'any' : names,
    exclusions: exclusionsOf(condition, required(filter, 'condition').at),
    at: rules.at,
  };
}

/**
 * The specification's own filters name what is left out (`condition: selection`). pySigma and most public filters say what is
 * kept (`condition: not selection`). Both mean the same here. A mixture would mean different things to the two.
 */
function exclusionsOf(condition: Condition, at: SourcePosition): readonly Condition[] {
  const parts = conjunctsOf(condition);
  if (parts.every(({ kind }) => kind === 'not')) return parts;
  if (!hasNegation(condition)) return [{ kind: 'not', of: condition }];
  throw new HuntError(
    'RULE',
    'the condition of a filter mixes what it keeps and what it leaves out: write not (…) around all that is left out',
    { at },
  );
}

function hasNegation(condition: Condition): boolean {
  if (condition.kind === 'not') return true;
  return (condition.kind === 'all' || condition.kind === 'any') && condition.of.some(hasNegation);
}

/** Whether a filter is about a rule with these names. */
export function appliesTo({ rules }: SigmaFilter, names: readonly string[]): boolean {
  return names.length > 0 && (rules === 'any' || rules.some((name) => names.includes(name)));
}

/** The rule with the exclusions of the filters that apply to it. `names` are those by which a filter may name it. */
export function filtered(
  rule: Rule,
  names: readonly string[],
  filters: readonly SigmaFilter[],
): Rule {
  const exclusions = filters
    .filter((filter) => appliesTo(filter, names))
    .flatMap((filter) => filter.exclusions);
  if (exclusions.length === 0) return rule;
  return {
    ...rule,
    condition: { kind: 'all', of: [...conjunctsOf(rule.condition), ...exclusions] },
  };
}
