/** Which rules a command applies, with which parameter values, and to which events. */
import type { Window } from '../../cloudtrail/time/window.js';
import type { RuleFileOutcomes } from '../../report/report.js';
import { bind, checkParameterSettings, type BoundRule } from '../../rule/bind.js';
import { builtInUntested, DEFAULT_RULE } from '../../rule/catalog/built-in.js';
import type { Condition } from '../../rule/condition/condition.js';
import { filterConditions } from '../../rule/filters.js';
import type { Config } from './config.js';
import { parameterSettings } from './parameters.js';
import type { EventOptions, RuleOptions } from './flags/rule-flags.js';
import type { UsableRules } from './usable-rules.js';
import { readWindow } from './window.js';
import { writtenTime } from './written.js';

export interface Selection {
  readonly rules: readonly BoundRule[];
  /** What became of the other rules of the folders. */
  readonly ruleFiles: RuleFileOutcomes;
  readonly window: Window;
  /** False drops every top-level `not (…)` of a rule, except the one for failed calls. */
  readonly exclusions: boolean;
  /** Conditions that the user adds to every rule. */
  readonly filters: readonly Condition[];
}

interface SelectionRequest {
  readonly rules: RuleOptions;
  readonly events: EventOptions;
  readonly config: Config | undefined;
  /** Milliseconds since 1970 UTC: durations such as `30d` end here. */
  readonly now: number;
}

/**
 * The rules that the options name, or else the configuration, or else the default rule. Throws HuntErrors if a rule, a value
 * or a time is wrong.
 */
export async function select(request: SelectionRequest): Promise<Selection> {
  const { events, config, now } = request;
  const { rules, refused, skipped } = await rulesOf(request.rules, config?.rules ?? []);
  const settings = parameterSettings(request.rules.set, config?.parameters ?? new Map());
  checkParameterSettings(
    settings,
    rules.map(({ rule }) => rule),
    () => builtInUntested('all') ?? [],
  );
  const since = writtenTime('since', events.since, config);
  const until = writtenTime('until', events.until, config);
  return {
    rules: rules.map(({ rule }) => bind(rule, settings)),
    ruleFiles: { refused, skipped },
    window: readWindow(since, until, now),
    exclusions: request.rules.exclusions,
    filters: filterConditions(events),
  };
}

async function rulesOf(options: RuleOptions, configured: readonly string[]): Promise<UsableRules> {
  const isNamed = options.rule.length > 0 || options.rules.length > 0;
  const defaults = configured.length > 0 ? configured : [DEFAULT_RULE];
  const names = isNamed ? options.rule : defaults;
  const builtIn = names.map(builtInUntested);
  if (options.rules.length > 0 || builtIn.includes(undefined)) {
    // Loaded only where it is needed: a hunt with built-in rules starts sooner without what reads every kind of rule.
    const { usableRules } = await import('./usable-rules.js');
    return usableRules({ names, folders: options.rules });
  }
  const byId = new Map(builtIn.flatMap((rules) => rules ?? []).map((rule) => [rule.id, rule]));
  const rules = [...byId.values()].map((rule) => ({ rule, isNamed: true }));
  return { rules, refused: [], skipped: [] };
}
