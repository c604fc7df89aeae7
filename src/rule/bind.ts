/** Replaces a rule's parameters with their values. A step of its own, so that a report can still name the parameters. */
import { HuntError, type SourcePosition } from '../errors.js';
import type { Alert } from './alert.js';
import type { Condition, Test } from './condition/condition.js';
import { fieldNotation } from './condition/notation.js';
import { alsoInTexts } from './condition/json-text.js';
import type { Rule } from './rule.js';
import { operatorRow, wrongValue } from './condition/operators.js';
import { didYouMean } from '../text/did-you-mean.js';

/** The values that a user gives for a parameter; `any` makes the tests of the parameter true. */
export interface ParameterSetting {
  readonly values: readonly string[] | 'any';
  readonly source: 'config' | 'option';
}
/** Settings by the name of the parameter. */
export type ParameterSettings = ReadonlyMap<string, ParameterSetting>;

/** A rule with the values of its parameters. */
export interface BoundRule {
  readonly rule: Rule;
  /** The rule's condition, with values in place of parameters. */
  readonly condition: Condition;
  /** The rule's dynamic severities, with values in place of parameters. */
  readonly severities: Alert['severities'];
  readonly parameters: readonly BoundParameter[];
}

export interface BoundParameter {
  readonly name: string;
  readonly values: readonly string[] | 'any';
  readonly source: 'rule' | 'config' | 'option';
}

type ParameterValues = ReadonlyMap<string, BoundParameter['values']>;

/**
 * The rule with the values of its parameters. Throws a HuntError if an operator cannot compare with the values, or if they
 * would hide every event: `any` in an exclusion.
 */
export function bind(rule: Rule, settings: ParameterSettings): BoundRule {
  const parameters = rule.parameters.map((parameter): BoundParameter => {
    const setting = settings.get(parameter.name);
    return { name: parameter.name, source: 'rule', values: parameter.default, ...setting };
  });
  const values = new Map(parameters.map((parameter) => [parameter.name, parameter.values]));
  const severities = (rule.alert?.severities ?? []).map(({ to, when }) => ({
    to,
    when: substitute(when, values, false),
  }));
  return { rule, parameters, condition: substitute(rule.condition, values, false), severities };
}

/**
 * Throws a HuntError if a setting names a parameter that no rule has. An option must name a parameter of the hunt's own
 * rules. A configuration serves other hunts too, so it may name a parameter of any rule of the catalogue.
 */
export function checkParameterSettings(
  settings: ParameterSettings,
  rules: readonly Rule[],
  catalogue: () => readonly Rule[],
): void {
  const own = parameterNames(rules);
  for (const [name, { source }] of settings) {
    if (own.includes(name)) continue;
    const known = source === 'config' ? [...own, ...parameterNames(catalogue())] : own;
    if (known.includes(name)) continue;
    const near = didYouMean(name, known);
    const parameters = [...new Set(known)].join(', ') || 'none';
    const problem =
      source === 'config'
        ? `the configuration sets the parameter ${name}, which no rule has.`
        : `no rule has a parameter ${name}.`;
    throw new HuntError('USAGE', `${problem}${near} Parameters: ${parameters}.`);
  }
}

function parameterNames(rules: readonly Rule[]): readonly string[] {
  return rules.flatMap((rule) => rule.parameters.map((parameter) => parameter.name));
}

/**
 * `negated` is true if the rule matches fewer events when this test is true for more events. Then `any`, which makes a test
 * true for every event, would hide every event.
 */
function substitute(condition: Condition, values: ParameterValues, negated: boolean): Condition {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return { ...condition, of: condition.of.map((part) => substitute(part, values, negated)) };
    case 'exactly':
      return { ...condition, of: condition.of.map((part) => substitute(part, values, true)) };
    case 'not':
      return { ...condition, of: substitute(condition.of, values, true) };
    case 'element': {
      const isNegated = negated || condition.quantifier === 'one';
      return { ...condition, of: substitute(condition.of, values, isNegated) };
    }
    case 'test':
      return substituteTest(condition, values, negated);
    case 'constant':
    case 'compare':
      return condition;
    default:
      return condition satisfies never;
  }
}

function substituteTest(test: Test, values: ParameterValues, negated: boolean): Condition {
  if (!('parameter' in test.values)) return test;
  const name = test.values.parameter;
  const bound = values.get(name) ?? [];
  if (bound === 'any') {
    if (negated) throw hidesEveryEvent(name, 'any', test.at);
    const text = `${fieldNotation(test.field)} ${operatorRow(test.op).notation} any`;
    return { kind: 'constant', value: true, text };
  }
  const { matchesEveryText } = operatorRow(test.op);
  if (negated && bound.some((value) => matchesEveryText?.test(value)))
    throw hidesEveryEvent(name, JSON.stringify(bound), test.at);
  const wrong = wrongValue(test.op, bound);
  if (wrong === undefined)
    return { ...test, values: test.spread ? alsoInTexts(test.op, bound) : bound };
  throw new HuntError('USAGE', `${name}: the rule ${wrong}`, { at: test.at });
}

function hidesEveryEvent(name: string, value: string, at: SourcePosition): HuntError {
  return new HuntError(
    'USAGE',
    `${name}=${value} would hide every event: the rule uses ${name} in an exclusion, or where only one test may hold. To lift an exclusion, use --set '${name}=' or --no-exclusions`,
    { at },
  );
}
