/** Warnings about regions that a rule is limited to and that have no record: finding nothing there proves nothing. */
import type { Warning } from '../../../report/report.js';
import { requiredValues } from '../../../rule/condition/required-values.js';
import type { RuleQuery } from '../../../query/query.js';
import { warn } from '../../../report/warn.js';

/** Warnings about regions that a rule or filter requires. `inLogs` are the regions with a record in the window. */
export function regionWarnings(query: RuleQuery, inLogs: readonly string[]): readonly Warning[] {
  if (inLogs.length === 0) return [];
  const asked = query.conjuncts.map(({ condition, origin }) => {
    const { values = [], ignoreCase = false } = requiredValues(condition, 'awsRegion') ?? {};
    const silent = values.filter((value) => !inLogs.some((one) => isSame(one, value, ignoreCase)));
    const isNone = origin === 'filter' && silent.length > 0 && silent.length === values.length;
    return { silent, isNone };
  });
  const silent = new Set(asked.flatMap((one) => one.silent));
  if (silent.size === 0) return [];
  const have = silent.size === 1 ? 'has' : 'have';
  const message = `${[...silent].join(', ')} ${have} no record in the window: is the name right? The logs have ${inLogs.join(', ')}`;
  const code = asked.some(({ isNone }) => isNone) ? 'NO_REGION_MATCHES' : 'REGION_WITHOUT_RECORDS';
  return [warn(code, message)];
}

function isSame(a: string, b: string, ignoreCase: boolean): boolean {
  return ignoreCase ? a.toLowerCase() === b.toLowerCase() : a === b;
}
