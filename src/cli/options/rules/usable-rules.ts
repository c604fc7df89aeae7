/** Loads rules from files and folders, and tries each: a hunt and `hunt rules` refuse the same ones. */
import { byCodePoint } from '../../../cloudtrail/canonical.js';
import { HuntError } from '../../../errors.js';
import type { RefusedRule, SkipCount } from '../../../report/report.js';
import { bind } from '../../../rule/bind.js';
import { loadRules, type LoadedRule, type RuleRequest } from '../../../rule/catalog/load.js';
import type { Rule } from '../../../rule/rule.js';
import { conditionSql } from '../../../sql/condition/condition.js';
import { TABLE_SCOPE } from '../../../sql/condition/location.js';
import { duckdb } from '../../../sql/dialect/duckdb.js';
import { truncate } from '../../../text/width.js';
import { refusalText, skippedText } from '../../errors/refused-rules.js';

/** In columns. */
const LONGEST_REASON = 500;

export interface UsableRules {
  readonly rules: readonly LoadedRule[];
  /** The rules of folders that cannot be used, by file and line. */
  readonly refused: readonly RefusedRule[];
  /** Sorted by reason. */
  readonly skipped: readonly SkipCount[];
}

const IDLE = 'filters that apply to no rule';

/** Throws a HuntError where a named rule cannot be used, a named filter has none to apply to, and where no rule is left. */
export function usableRules(request: RuleRequest): UsableRules {
  const load = loadRules(request);
  const refused = load.refused.map(refusedRule);
  const rules = load.rules.filter(({ rule, isNamed }) => {
    const problem = problemWith(rule);
    if (problem === undefined) return true;
    if (isNamed) throw problem;
    refused.push(refusedRule(problem));
    return false;
  });
  const ordered = refused.toSorted(byPosition);
  const idle = load.idleFilters.find(({ isNamed }) => isNamed);
  // Else the filter may be for a rule that is refused, and the reason of that is what helps.
  if (idle !== undefined && refused.length === 0)
    throw new HuntError(
      'RULE',
      'the filter applies to no rule that is hunted: it needs rules of Sigma with it (--rule or --rules), and names them by ID, title or name',
      { at: idle.filter.at },
    );
  const idleCount = load.idleFilters.length;
  const skipped = [...load.skipped, ...(idleCount === 0 ? [] : [[IDLE, idleCount] as const])]
    .map(([reason, count]) => ({ reason, count }))
    .toSorted((a, b) => byCodePoint(a.reason, b.reason));
  if (rules.length === 0) throw noneLeft(request, ordered, skipped);
  return { rules, refused: ordered, skipped };
}

/** What a hunt with the rule would throw, with the default values of its parameters. */
function problemWith(rule: Rule): HuntError | undefined {
  try {
    const { condition, severities } = bind(rule, new Map());
    for (const one of [condition, ...severities.map(({ when }) => when)])
      conditionSql(one, duckdb, TABLE_SCOPE);
    return undefined;
  } catch (error) {
    if (error instanceof HuntError) return error;
    throw error;
  }
}

function refusedRule({ at, problem }: HuntError): RefusedRule {
  // A message may quote a value of any length.
  const reason = truncate(problem, LONGEST_REASON);
  return { file: at?.file ?? '', line: at?.line ?? 1, column: at?.column ?? 1, reason, rule: null };
}

function byPosition(a: RefusedRule, b: RefusedRule): number {
  return byCodePoint(a.file, b.file) || a.line - b.line;
}

function noneLeft(
  { folders }: RuleRequest,
  refused: readonly RefusedRule[],
  skipped: readonly SkipCount[],
): HuntError {
  const [first] = refused;
  const what = `--rules ${folders.join(', ')}: no rule that can be applied`;
  if (first === undefined) {
    const others = skippedText(skipped);
    return new HuntError(
      'RULE',
      others === '' ? `${what}: no rule files (.yml) in it` : `${what}: ${others}`,
    );
  }
  return new HuntError('RULE', [what, ...refusalText(refused)].join('\n'));
}
