/** Which accounts are the user's own: those with records in the logs, and those of the configuration. All others are foreign. */
import { isAccountId } from '../../../cloudtrail/account.js';
import type { CoverageCell } from '../../../dump/dump.js';
import type { Query, RuleQuery } from '../../../query/query.js';
import { requiredValues } from '../../../rule/condition/required-values.js';

/** The accounts of the logs, inside or outside the window, of parameters that the user set, and of `--account`. */
export function knownAccounts(
  { rules }: Query,
  coverage: readonly CoverageCell[],
): ReadonlySet<string> {
  return new Set([
    ...coverage.flatMap(({ account }) => account ?? []),
    ...rules.flatMap(configured),
  ]);
}

/** The default values of a rule's parameters are examples. */
function configured({ bound, conjuncts }: RuleQuery): readonly string[] {
  const set = bound.parameters.flatMap(({ values, source }) =>
    source === 'rule' || values === 'any' ? [] : values,
  );
  const filters = conjuncts.filter(({ origin }) => origin === 'filter');
  return [
    ...set.filter(isAccountId),
    ...filters.flatMap(
      ({ condition }) => requiredValues(condition, 'recipientAccountId')?.values ?? [],
    ),
  ];
}
