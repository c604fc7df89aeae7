/**
 * Warnings about accounts and regions that a rule is limited to and that have no record: finding nothing there proves
 * nothing.
 */
import type { Warning } from '../../report/report.js';
import type { Test } from '../../rule/condition/condition.js';
import { testsOf } from '../../rule/condition/condition.js';
import { requiredValues } from '../../rule/condition/required-values.js';
import type { RuleQuery } from '../../query/query.js';
import type { Hidden } from '../../answer/ledger.js';
import type { RuleAnswer } from '../../findings/collector.js';
import { warn } from './warnings.js';

/** Warnings about the rule's tests of `recipientAccountId`, with what each test hid. `inLogs` are the accounts with a record in the window. */
export function accountWarnings(
  query: RuleQuery,
  hidden: RuleAnswer['hidden'],
  inLogs: readonly string[],
): readonly Warning[] {
  return query.conjuncts.flatMap(({ condition, id }) => {
    const required = requiredValues(condition, 'recipientAccountId');
    if (condition.kind !== 'test' || required === undefined) return [];
    const changes = hidden.get(id)?.byAccount ?? new Map<string | null, number>();
    return testWarnings({
      accounts: required.values,
      parameter: parameterOf(query, condition),
      changes,
      inLogs,
    });
  });
}

/** Warnings about regions that a rule or filter requires. `inLogs` are the regions with a record in the window. */
export function regionWarnings(query: RuleQuery, inLogs: readonly string[]): readonly Warning[] {
  if (inLogs.length === 0) return [];
  const silent = new Set(
    query.conjuncts.flatMap(({ condition }) => {
      const { values = [], ignoreCase = false } = requiredValues(condition, 'awsRegion') ?? {};
      return values.filter((value) => !inLogs.some((region) => isSame(region, value, ignoreCase)));
    }),
  );
  if (silent.size === 0) return [];
  const have = silent.size === 1 ? 'has' : 'have';
  const message = `${[...silent].join(', ')} ${have} no record in the window: is the name right? The logs have ${inLogs.join(', ')}`;
  return [warn('REGION_WITHOUT_RECORDS', message)];
}

function isSame(a: string, b: string, ignoreCase: boolean): boolean {
  return ignoreCase ? a.toLowerCase() === b.toLowerCase() : a === b;
}

/** The parameter that gave a bound test its values. It is named by the rule's own test at the same position of its file. */
function parameterOf(query: RuleQuery, { at }: Test): string | undefined {
  const values = testsOf(query.bound.rule.condition).find((test) => test.at === at)?.values;
  return values !== undefined && 'parameter' in values ? values.parameter : undefined;
}

/** A test that allows only some accounts. */
interface AccountTest {
  readonly accounts: readonly string[];
  /** The parameter that gives the accounts. */
  readonly parameter: string | undefined;
  /** The events that the test alone hid. */
  readonly changes: Hidden['byAccount'];
  readonly inLogs: readonly string[];
}

function testWarnings(test: AccountTest): readonly Warning[] {
  const { accounts, inLogs } = test;
  const name = test.parameter ?? "the rule's accounts";
  const malformed = accounts.filter((id) => !/^\d{12}$/.test(id));
  const warnings = malformed.map((id) =>
    warn('ACCOUNT_ID_MALFORMED', `${JSON.stringify(id)} in ${name} is no account ID (12 digits)`),
  );
  if (accounts.length === 0 || inLogs.length === 0) return warnings;
  if (!accounts.some((id) => inLogs.includes(id)))
    return [warn('NO_ACCOUNT_MATCHES', noneMatches(name, test)), ...warnings];
  const silent = accounts.filter((id) => !inLogs.includes(id) && !malformed.includes(id));
  if (silent.length === 0) return warnings;
  const have = silent.length === 1 ? 'has' : 'have';
  const message = `${silent.join(', ')} in ${name} ${have} no record in the window: a zero there proves nothing`;
  return [...warnings, warn('ACCOUNT_WITHOUT_RECORDS', message)];
}

function noneMatches(name: string, { parameter, accounts, changes, inLogs }: AccountTest): string {
  const counted = [...changes]
    .map(([account, events]) => [account ?? 'no account', events] as const)
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const total = counted.reduce((sum, [, events]) => sum + events, 0);
  const listed = counted.map(([id, events]) => `${id} (${events})`).join(', ');
  const found =
    total === 0
      ? 'in the accounts of the logs the rule matches nothing either'
      : `that alone left out ${total} ${total === 1 ? 'change' : 'changes'}, in ${listed}`;
  const suggested =
    total === 0 ? inLogs : counted.map(([id]) => id).filter((id) => id !== 'no account');
  const option =
    parameter === undefined
      ? ''
      : `. To hunt there: --set ${parameter}=${suggested.join(',') || 'any'}`;
  const subject =
    inLogs.length === 1
      ? 'the one account in the logs is not'
      : `none of the ${inLogs.length} accounts in the logs is`;
  return `${subject} in ${name} (${accounts.join(', ')}); ${found}${option}`;
}
