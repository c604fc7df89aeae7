/** Which rules a command applies, with which parameter values, and to which events. */
import type { Window } from '../../cloudtrail/window.js';
import { bind, checkParameterSettings, type BoundRule } from '../../rule/bind.js';
import { builtInUntested, DEFAULT_RULE } from '../../rule/catalog/built-in.js';
import { eachOnce } from '../../rule/catalog/each-once.js';
import type { Condition } from '../../rule/condition/condition.js';
import { filterConditions } from '../../rule/filters.js';
import type { Rule } from '../../rule/rule.js';
import type { Config } from './config.js';
import { parameterSettings } from './parameters.js';
import type { EventOptions, RuleOptions } from './flags/rule-flags.js';
import { readWindow } from './window.js';
import { writtenTime } from './written.js';

export interface Selection {
  readonly rules: readonly BoundRule[];
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
  const rules = await rulesOf(request.rules, config?.rules ?? []);
  const settings = parameterSettings(request.rules.set, config?.parameters ?? new Map());
  checkParameterSettings(settings, rules, () => builtInUntested('all') ?? []);
  const since = writtenTime('since', events.since, config);
  const until = writtenTime('until', events.until, config);
  return {
    rules: rules.map((rule) => bind(rule, settings)),
    window: readWindow(since, until, now),
    exclusions: request.rules.exclusions,
    filters: filterConditions(events),
  };
}

async function rulesOf(
  options: RuleOptions,
  configured: readonly string[],
): Promise<readonly Rule[]> {
  const isNamed = options.rule.length > 0 || options.rules.length > 0;
  const defaults = configured.length > 0 ? configured : [DEFAULT_RULE];
  const named = await rulesNamed(isNamed ? options.rule : defaults);
  return eachOnce([...named, ...(await rulesInFolders(options.rules))]);
}

// Loaded only where it is needed: the catalogue reads every kind of rule, and a hunt with built-in rules starts sooner
// without it.
const catalog = () => import('../../rule/catalog/find.js');

async function rulesNamed(names: readonly string[]): Promise<readonly Rule[]> {
  const rules = names.map(
    async (name) => builtInUntested(name) ?? (await catalog()).findRules([name]),
  );
  return (await Promise.all(rules)).flat();
}

async function rulesInFolders(folders: readonly string[]): Promise<readonly Rule[]> {
  if (folders.length === 0) return [];
  const { rulesIn } = await catalog();
  return folders.flatMap(rulesIn);
}
