/** Which rules a command applies, with which parameter values, and to which events. */
import { HuntError } from '../../../errors.js';
import { asOf, type Window } from '../../../cloudtrail/time/window.js';
import type { RuleFileOutcomes, Warning } from '../../../report/report.js';
import { bind, checkParameterSettings, type BoundRule } from '../../../rule/bind.js';
import { builtInUntested, DEFAULT_FOLDER } from '../../../rule/catalog/built-in.js';
import { kindCondition, readKinds, rulesOfKinds } from '../../../rule/catalog/kind-filter.js';
import { meantBy } from '../../../rule/catalog/named.js';
import type { Condition } from '../../../rule/condition/condition.js';
import { requiredValues } from '../../../rule/condition/required-values.js';
import {
  checkRemovals,
  withChanges,
  type ExclusionChanges,
} from '../../../rule/exclusions/changes.js';
import { filterConditions, givenFilters, type GivenFilter } from '../../../rule/filters.js';
import { atLeast } from '../../../rule/least-severity.js';
import { didYouMean } from '../../../text/did-you-mean.js';
import type { Config } from '../hunt-yml/config.js';
import { givenWindow } from '../time/given-window.js';
import { inForce } from '../hunt-yml/in-force.js';
import { parameterSettings } from './parameters.js';
import type { EventOptions, RuleOptions } from '../flags/rule-flags.js';
import type { UsableRules } from './usable-rules.js';

export interface Selection {
  readonly rules: readonly BoundRule[];
  /** What became of the other rules of the folders. */
  readonly ruleFiles: RuleFileOutcomes;
  readonly window: Window;
  /** False drops every top-level `not (…)` of a rule, except the one for failed calls. */
  readonly exclusions: boolean;
  /** Conditions that the user adds to every rule. */
  readonly filters: readonly Condition[];
  /** The same as the user gave them. */
  readonly given: readonly GivenFilter[];
  /** What a reader must know of the rules. */
  readonly warnings: readonly Warning[];
}

const NO_CHANGES: ExclusionChanges = { add: [], remove: [] };

/** The rules of a command that takes one rule as an argument have no other options. */
type RuleChoice = Pick<RuleOptions, 'rule' | 'rules' | 'set' | 'exclusions'> &
  Partial<Pick<RuleOptions, 'severity'>>;

interface SelectionRequest {
  readonly rules: RuleChoice;
  readonly events: EventOptions;
  readonly config: Config | undefined;
  /** Milliseconds since 1970 UTC: durations such as `30d` end here. */
  readonly now: number;
  /** The window that an earlier hunt had: what was in force then is in force now. */
  readonly window?: Window;
}

/**
 * The rules that the options name, or else the configuration, or else the default rule. Throws HuntErrors if a rule, a value
 * or a time is wrong.
 */
export async function select(request: SelectionRequest): Promise<Selection> {
  const { events, config, now } = request;
  const kinds = readKinds(events.kind);
  const { rules, refused, skipped } = await rulesOf(request.rules, defaultRules(kinds, config));
  const settings = parameterSettings(request.rules.set, config?.parameters ?? new Map());
  checkParameterSettings(
    settings,
    rules.map(({ rule }) => rule),
    builtInUntested,
  );
  const window = givenWindow(events, config, now);
  const { changes, warnings } = inForce(config?.exclusions ?? NO_CHANGES, {
    rules: rules.map(({ rule }) => rule),
    asOf: asOf(request.window ?? window, now),
  });
  checkRemovals(
    changes,
    rules.map(({ rule }) => rule),
    builtInUntested,
  );
  const bound = ofSeverity(
    rules.map(({ rule }) => bind(withChanges(rule, changes), settings)),
    request.rules.severity,
  );
  refuseUnknownNames(bound, events.eventName);
  return {
    rules: bound,
    ruleFiles: { refused, skipped },
    window,
    exclusions: request.rules.exclusions,
    filters: [...filterConditions(events), ...(kinds.length === 0 ? [] : [kindCondition(kinds)])],
    given: givenFilters({ ...events, kind: kinds }),
    warnings,
  };
}

/** The names of the rules where the options name none. Who asks for a kind means every service. */
function defaultRules(kinds: readonly string[], config: Config | undefined): readonly string[] {
  if (kinds.length > 0) return rulesOfKinds(kinds);
  const configured = config?.rules ?? [];
  return configured.length > 0 ? configured : [DEFAULT_FOLDER];
}

async function rulesOf(options: RuleChoice, defaults: readonly string[]): Promise<UsableRules> {
  const isNamed = options.rule.length > 0 || options.rules.length > 0;
  const names = isNamed ? options.rule : defaults;
  const meant = names.map(meantBy);
  if (options.rules.length > 0 || meant.some(({ kind }) => kind === 'file')) {
    // Loaded only where it is needed: a hunt with built-in rules starts sooner without what reads every kind of rule.
    const { usableRules } = await import('./usable-rules.js');
    return usableRules({ names, folders: options.rules });
  }
  const folders = meant.flatMap((one) => (one.kind === 'built-in' ? one.folders : []));
  const rules = builtInUntested([...new Set(folders)]).map((rule) => ({ rule, isNamed: true }));
  return { rules, refused: [], skipped: [] };
}

/** Throws a HuntError if no rule is left. */
function ofSeverity(
  rules: readonly BoundRule[],
  severity: RuleChoice['severity'],
): readonly BoundRule[] {
  if (severity === undefined) return rules;
  const left = rules.flatMap((rule) => atLeast(rule, severity) ?? []);
  if (left.length > 0) return left;
  const [first] = rules;
  const have =
    first !== undefined && rules.length === 1
      ? `${first.rule.id} has the severity ${first.rule.severity}`
      : `all ${rules.length} rules have a lower one`;
  throw new HuntError(
    'USAGE',
    `--severity ${severity.toLowerCase()} leaves no rule: ${have}. --rule all applies every rule.`,
  );
}

/** Throws a HuntError if no rule looks for an event name: that it finds nothing would say nothing about such calls. */
function refuseUnknownNames(rules: readonly BoundRule[], names: readonly string[]): void {
  const lists = rules.map(({ condition }) => requiredValues(condition, 'eventName')?.values);
  const known = lists.filter((list) => list !== undefined);
  // Some rule can match every name.
  if (known.length < lists.length) return;
  const all = [...new Set(known.flat())];
  const lower = new Set(all.map((name) => name.toLowerCase()));
  const unknown = names.find((name) => !/[*?]/.test(name) && !lower.has(name.toLowerCase()));
  if (unknown === undefined) return;
  const which =
    rules.length === 1 ? `The rule ${rules[0]?.rule.id} does not look` : 'No rule looks';
  throw new HuntError(
    'USAGE',
    `${which} for the event name ${unknown}.${didYouMean(unknown, all)} --kind change looks at calls of any name (also access, credential, operation); --rule all applies every other rule of hunt`,
  );
}
