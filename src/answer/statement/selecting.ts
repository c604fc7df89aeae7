/** The steps of a hunt statement that tell which records a rule selects, or are counted as calls. No other record is tested. */
import { selectedRules, type Query, type RuleQuery } from '../../query/query.js';
import { selectingCondition } from '../../query/selection.js';
import type { Condition } from '../../rule/condition/condition.js';
import { conditionNumbers } from '../../rule/condition/identity.js';
import { conditionSql } from '../../sql/condition/condition.js';
import { sharedConditions } from '../../sql/condition/shared.js';
import type { Dialect } from '../../sql/dialect/dialect.js';
import { conjunctComment } from '../../sql/statement/findings.js';
import { selectedFlag } from './flags.js';
import { numbered } from './rule-texts.js';
import { stepsAfter, type SelectColumn, type Step } from './select.js';

/** The column that says whether a record is of a call that is counted, wherever its time lies. */
export const CALLED = 'called';

export interface Selecting {
  readonly steps: readonly Step[];
  /** The name of the last of them. It has the columns of what it selects from, and the flags. */
  readonly from: string;
  /** The columns `selectedFlag` and `CALLED`. */
  readonly flags: readonly string[];
  /** SQL over the flags: whether a record is selected or counted at all. */
  readonly selected: string;
}

/** The steps that select from `from`. */
export function selectingSteps(query: Query, dialect: Dialect, from: string): Selecting {
  const rules = numbered(selectedRules(query));
  const selections = rules.map(({ rule }) => selectionCondition(rule));
  const called: readonly Condition[] = query.calls
    ? [{ kind: 'all', of: query.calls.filters }]
    : [];
  const shared = sharedConditions([...selections, ...called], { dialect, prefix: 'selecting' });
  const flags = [...rules.map(selectedFlag), ...called.map(() => CALLED)];
  const columns = [...selections, ...called].map((condition, index): SelectColumn => {
    const sql = `${conditionSql(condition, dialect, shared.scope)} AS ${flags[index]}`;
    const selection = rules[index]?.rule.selection ?? [];
    return selection.length === 0
      ? sql
      : { comment: selection.map(conjunctComment).join('\n    '), sql };
  });
  const steps = stepsAfter(from, 'selecting', [...shared.steps, columns]);
  return {
    steps,
    from: steps.at(-1)?.name ?? from,
    flags,
    selected:
      decidingRules(query)
        .map((index) => flags[index])
        .concat(called.map(() => CALLED))
        .join(' OR ') || 'FALSE',
  };
}

/** The selection of a rule, in the form in which its only conjunct would stand alone. */
function selectionCondition({ selection }: RuleQuery): Condition {
  const [only, ...others] = selection;
  return only !== undefined && others.length === 0 ? only.condition : selectingCondition(selection);
}

/** The indexes of the rules that select other records than the rules before them, and than the calls that are counted. */
function decidingRules(query: Query): readonly number[] {
  const { calls } = query;
  const numberOf = conditionNumbers();
  const filters = calls?.filters.map(numberOf);
  // A record that a rule selects passes all filters that its selection has, and with them it is counted.
  const isCounted = ({ selection }: RuleQuery): boolean => {
    const own = new Set(selection.map(({ condition }) => numberOf(condition)));
    return filters?.every((filter) => own.has(filter)) === true;
  };
  const first = new Map<number, number>();
  selectedRules(query).forEach((rule, index) => {
    const number = numberOf(selectionCondition(rule));
    if (!isCounted(rule) && !first.has(number)) first.set(number, index);
  });
  return [...first.values()];
}
