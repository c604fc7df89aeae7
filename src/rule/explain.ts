/** Explains what a rule means, in the terms of a detection catalogue. */
import { attackNames } from './attack.js';
import { bind } from './bind.js';
import { doubtsOf } from './catalog/doubts.js';
import { conjunctsOf, type Condition, type Test } from './condition/condition.js';
import {
  LONGEST_NOTATION,
  notation,
  notationInFull,
  testedNotation,
  unwrapped,
} from './condition/notation.js';
import { operatorRow } from './condition/operators.js';
import { requiredValues } from './condition/required-values.js';
import type { Rule } from './rule.js';
import type { Severity } from './severity.js';

export interface Explanation {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  /** The severities that take its place; the first of which the condition holds. */
  readonly dynamicSeverities: readonly {
    readonly severity: Severity;
    readonly condition: string;
  }[];
  readonly description: string | null;
  readonly runbook: string | null;
  readonly reference: string | null;
  readonly tags: readonly string[];
  readonly mitre: readonly { readonly tactic: string; readonly techniques: readonly string[] }[];
  readonly parameters: readonly {
    readonly name: string;
    readonly description: string | null;
    readonly default: readonly string[];
  }[];
  /** What is doubtful in it: a hunt warns of this too. */
  readonly warnings: readonly string[];
  /** Other rules that look for one of the same API calls. */
  readonly sameAction: readonly { readonly id: string; readonly name: string }[];
  /** One line for each conjunct. */
  readonly condition: readonly string[];
  /** The exclusions that have a name. The others are in `excludedEvents`. */
  readonly namedExclusions: readonly {
    readonly name: string;
    readonly reason: string;
    readonly condition: string;
  }[];
  /** Which events the others exclude: the condition of each. */
  readonly excludedEvents: readonly string[];
  /**
   * The values that these conditions test, as catalogues list them, without those that an inner `not` takes back. Alone, a value
   * excludes nothing where its condition has an `and`.
   */
  readonly exclusions: readonly {
    readonly field: string;
    readonly kind: string;
    readonly value: string | null;
  }[];
  readonly indicators: readonly {
    readonly field: string;
    readonly kind: string;
    /** `corpus`: how many other rules of the catalogue have the same test. */
    readonly values: readonly { readonly value: string; readonly corpus: number }[];
  }[];
  readonly outputFields: readonly string[];
}

/** Explains a rule with the default values of its parameters, compared with the other rules of a catalogue. */
export function explain(rule: Rule, catalogue: readonly Rule[]): Explanation {
  const others = catalogue.filter(({ id }) => id !== rule.id);
  const bound = bind(rule, new Map());
  const { condition, severities } = bound;
  const conjuncts = conjunctsOf(condition);
  const nameless = namelessExclusions(conjuncts);
  return {
    id: rule.id,
    name: rule.name,
    severity: rule.severity,
    dynamicSeverities: severities.map(({ to, when }) => ({
      severity: to,
      condition: unwrapped(shortNotation(when)),
    })),
    description: rule.description ?? null,
    runbook: rule.runbook ?? null,
    reference: rule.reference ?? null,
    tags: rule.tags,
    mitre: tacticsOf(rule),
    parameters: rule.parameters.map((parameter) => ({
      name: parameter.name,
      description: parameter.description ?? null,
      default: parameter.default,
    })),
    warnings: doubtsOf(bound),
    sameAction: others
      .filter((other) => eventNames(other).some((name) => eventNames(rule).includes(name)))
      .map(({ id, name }) => ({ id, name })),
    condition: conjuncts.map(shortNotation),
    namedExclusions: conjuncts.flatMap(namedExclusion),
    excludedEvents: nameless.map((excluded) => unwrapped(shortNotation(excluded))),
    exclusions: excludedValues(nameless),
    indicators: indicatorsOf(conjuncts, others),
    outputFields: rule.outputFields,
  };
}

function boundConjuncts(rule: Rule): readonly Condition[] {
  return conjunctsOf(bind(rule, new Map()).condition);
}

function tacticsOf(rule: Rule): Explanation['mitre'] {
  const names = attackNames();
  const tactics = [...new Set(rule.mitre.map(({ tactic }) => tactic))];
  return tactics.map((id) => ({
    tactic: id === undefined ? 'not named' : (names.tactics[id] ?? id),
    techniques: rule.mitre
      .filter(({ tactic, technique }) => tactic === id && technique !== undefined)
      .map(({ technique = '' }) => `${technique} ${names.techniques[technique] ?? ''}`.trim()),
  }));
}

/** In lower case, because two rules may spell the same call differently. */
function eventNames(rule: Rule): readonly string[] {
  const required = requiredValues(bind(rule, new Map()).condition, 'eventName');
  return (required?.values ?? []).map((name) => name.toLowerCase());
}

/** The tests outside negations. */
function positiveTests(conditions: readonly Condition[]): readonly Test[] {
  return conditions.flatMap((condition): readonly Test[] => {
    switch (condition.kind) {
      case 'test':
        return [condition];
      case 'all':
      case 'any':
      case 'exactly':
        return positiveTests(condition.of);
      case 'element':
        return positiveTests([condition.of]).map((test) => ({
          ...test,
          field: [...condition.field, '[]', ...test.field],
        }));
      case 'not':
      case 'compare':
      case 'constant':
        return [];
      default:
        return condition satisfies never;
    }
  });
}

function valuesOf({ values }: Test): readonly string[] {
  return 'parameter' in values ? [] : values;
}

/** The operator's name in catalogues, which call a wildcard a match. */
function kindOf({ op, ignoreCase }: Test): string {
  const kind = op === 'wildcard' ? 'match' : operatorRow(op).notation;
  return ignoreCase ? `i${kind}` : kind;
}

/**
 * A conjunct on one line: a shared expression with its words and, if it is not long, with what they mean. An exclusion with a
 * name has a table of its own, because it may list a hundred calls.
 */
function shortNotation(condition: Condition): string {
  if (condition.kind === 'not' && condition.label !== undefined)
    return `not ${condition.label.name}`;
  const short = notation(condition);
  if (condition.kind === 'constant') return short;
  const whole = notationInFull(condition);
  return short === whole || whole.length > LONGEST_NOTATION ? short : `${short}: ${whole}`;
}

function namedExclusion(condition: Condition): Explanation['namedExclusions'] {
  if (condition.kind !== 'not' || condition.label === undefined) return [];
  const { name, reason } = condition.label;
  return [{ name, reason, condition: unwrapped(notation(condition.of)) }];
}

/** What each exclusion without a name excludes. */
function namelessExclusions(conjuncts: readonly Condition[]): readonly Condition[] {
  return conjuncts.flatMap((condition) =>
    condition.kind === 'not' && condition.label === undefined ? [condition.of] : [],
  );
}

function excludedValues(excluded: readonly Condition[]): Explanation['exclusions'] {
  return positiveTests(excluded).flatMap((test) => {
    const row = { field: testedNotation(test), kind: kindOf(test) };
    const values: readonly (string | null)[] = valuesOf(test);
    return (values.length === 0 ? [null] : values).map((value) => ({ ...row, value }));
  });
}

function indicatorsOf(
  conjuncts: readonly Condition[],
  others: readonly Rule[],
): Explanation['indicators'] {
  const corpus = new Map<string, number>();
  for (const other of others)
    for (const key of new Set(positiveTests(boundConjuncts(other)).flatMap(keysOf)))
      corpus.set(key, (corpus.get(key) ?? 0) + 1);
  return positiveTests(conjuncts).map((test) => ({
    field: testedNotation(test),
    kind: kindOf(test),
    values: valuesOf(test).map((value) => ({ value, corpus: corpus.get(keyOf(test, value)) ?? 0 })),
  }));
}

function keysOf(test: Test): readonly string[] {
  return valuesOf(test).map((value) => keyOf(test, value));
}

function keyOf(test: Test, value: string): string {
  // `equals` with one value is the same as `in` with a list of one.
  const kind = test.op === 'equals' ? 'in' : test.op;
  return JSON.stringify([testedNotation(test).toLowerCase(), kind, test.ignoreCase, value]);
}
