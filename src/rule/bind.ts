/** Puts values in the place of a rule's parameters. A step of its own, so that explaining can still name them. */
import { HuntError, type SourcePosition } from '../errors.js';
import type { Alert } from './panther/alert.js';
import type { Condition, Operator } from './condition.js';
import { fieldNotation } from './notation.js';
import { NOTATION } from './operators.js';
import type { Rule } from './rule.js';
import { wrongValue } from './values.js';
import { didYouMean } from '../text/did-you-mean.js';

/** What a user gave for parameters, by name; `any` makes the tests of a parameter true. */
export type Settings = ReadonlyMap<string, Setting>;
export interface Setting {
  readonly values: readonly string[] | 'any';
  readonly source: 'config' | 'option';
}

export interface BoundRule {
  readonly rule: Rule;
  /** Without parameters. */
  readonly condition: Condition;
  /** The rule's dynamic severities, without parameters. */
  readonly severities: Alert['severities'];
  readonly parameters: readonly BoundParameter[];
}
export interface BoundParameter {
  readonly name: string;
  readonly values: readonly string[] | 'any';
  readonly source: 'rule' | 'config' | 'option';
}

/** The rule with its parameters' values. Throws where `any` would hide everything: under a negation. */
export function bind(rule: Rule, settings: Settings): BoundRule {
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
 * Throws where a setting names a parameter that none of the rules has. A configuration serves more rules than those of
 * one hunt: what it sets must be known to some rule of the catalogue.
 */
export function checkSettings(
  settings: Settings,
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
    const setter = source === 'config' ? 'the configuration sets it, but ' : '';
    throw new HuntError(
      'USAGE',
      `${setter}no rule has a parameter ${name}.${near} Parameters: ${parameters}.`,
    );
  }
}

function parameterNames(rules: readonly Rule[]): readonly string[] {
  return rules.flatMap((rule) => rule.parameters.map((parameter) => parameter.name));
}

function substitute(
  condition: Condition,
  values: ReadonlyMap<string, readonly string[] | 'any'>,
  negated: boolean,
): Condition {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return { ...condition, of: condition.of.map((part) => substitute(part, values, negated)) };
    case 'exactly':
      // One more true part can make it false, as under a negation.
      return { ...condition, of: condition.of.map((part) => substitute(part, values, true)) };
    case 'not':
      return { ...condition, of: substitute(condition.of, values, true) };
    case 'constant':
    case 'compare':
      return condition;
    case 'element':
      // `all` is no negation, but over an empty list a true test and a false one say the same.
      return {
        ...condition,
        of: substitute(condition.of, values, negated || condition.quantifier === 'one'),
      };
    case 'test': {
      if (!('parameter' in condition.values)) return condition;
      const name = condition.values.parameter;
      const bound = values.get(name) ?? [];
      if (bound !== 'any') {
        if (negated && bound.some((value) => fitsAll(condition.op, value)))
          throw hidesAll(name, JSON.stringify(bound), condition.at);
        const wrong = wrongValue(condition.op, bound);
        if (wrong === undefined) return { ...condition, values: bound };
        throw new HuntError('USAGE', `${name}: the rule ${wrong}`, { at: condition.at });
      }
      const text = `${fieldNotation(condition.field)} ${NOTATION[condition.op]} any`;
      if (!negated) return { kind: 'constant', value: true, text };
      throw hidesAll(name, 'any', condition.at);
    }
    default:
      return condition satisfies never;
  }
}

/** Whether every text that there is passes the test. */
function fitsAll(op: Operator, value: string): boolean {
  if (op === 'wildcard' || op === 'escapedWildcard') return /^\*+$/.test(value);
  return value === '' && (op === 'contains' || op === 'startsWith' || op === 'endsWith');
}

function hidesAll(name: string, value: string, at: SourcePosition): HuntError {
  return new HuntError(
    'USAGE',
    `${name}=${value} would hide every event: the rule uses ${name} in an exclusion. To lift it, use --set '${name}=' or --no-exclusions`,
    { at },
  );
}
