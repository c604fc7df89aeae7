/** Which rules a command applies, with which values for their parameters, to which events. */
import { Option } from 'commander';
import type { Window } from '../../cloudtrail/window.js';
import { bind, checkSettings, type BoundRule } from '../../rule/bind.js';
import { builtInUntested, DEFAULT_RULE } from '../../rule/catalog/built-in.js';
import type { Condition } from '../../rule/condition.js';
import { eachOnce } from '../../rule/catalog/each-once.js';
import { filterConditions, type Filters } from '../../rule/filters.js';
import type { Rule } from '../../rule/rule.js';
import { repeatable } from '../command.js';
import type { Config } from './config.js';
import { readWindow } from './window.js';
import { readSettings } from './parameters.js';

export interface SelectionOptions extends Filters {
  readonly since?: string;
  readonly until?: string;
  readonly rule?: readonly string[];
  readonly rules?: readonly string[];
  readonly set?: readonly string[];
  readonly exclusions: boolean;
}

export interface Selection {
  readonly rules: readonly BoundRule[];
  readonly window: Window;
  readonly exclusions: boolean;
  readonly filters: readonly Condition[];
}

/** Narrow what a rule looks at; the same for every command that makes a query. */
export const QUERY_OPTIONS: readonly Option[] = [
  new Option(
    '--since <time>',
    'only events from then on: 30d, 12h, 2w, 2026-01-31, 2026-01-31T08:00:00Z',
  ),
  new Option('--until <time>', 'only events before then'),
  repeatable('--set <name=values>', "a parameter's values, split by commas, or any"),
  new Option('--no-exclusions', 'drop every top-level not (…) of a rule, but that of failed calls'),
  repeatable(
    '--resource <id>',
    'only events that name this resource: sg-0a1b2c3d, a bucket, an ARN',
  ),
  repeatable('--principal <text>', 'only events whose principal has this in its ARN, ID or name'),
  repeatable('--access-key <id>', 'only events with this access key'),
  repeatable('--ip <address>', 'only events from this address or network'),
  repeatable('--account <id>', 'only events of this account'),
  repeatable('--region <name>', 'only events of this region'),
  repeatable('--event-id <id>', 'only this event'),
];

/** The rules named by options, else by the configuration, else the default one. Throws HuntErrors. */
export async function select(
  options: SelectionOptions,
  config: Config | undefined,
  now: number,
): Promise<Selection> {
  const folders = await rulesInside(options.rules ?? []);
  const named = options.rule ?? (folders.length === 0 ? config?.rules : undefined) ?? [];
  const names = named.length === 0 && folders.length === 0 ? [DEFAULT_RULE] : named;
  const rules = eachOnce([...(await rulesNamed(names)), ...folders]);
  const settings = readSettings(options.set ?? [], config?.parameters ?? new Map());
  checkSettings(settings, rules, () => builtInUntested('all') ?? []);
  return {
    rules: rules.map((rule) => bind(rule, settings)),
    window: readWindow(options.since ?? config?.since, options.until ?? config?.until, now),
    exclusions: options.exclusions,
    filters: filterConditions(options),
  };
}

// The catalogue reads every kind of rule, which takes time to load: hunt's own need less.
const catalog = () => import('../../rule/catalog/find.js');

async function rulesNamed(names: readonly string[]): Promise<readonly Rule[]> {
  const rules = names.map(
    async (name) => builtInUntested(name) ?? (await catalog()).findRules([name]),
  );
  return (await Promise.all(rules)).flat();
}

async function rulesInside(folders: readonly string[]): Promise<readonly Rule[]> {
  if (folders.length === 0) return [];
  const { rulesIn } = await catalog();
  return folders.flatMap(rulesIn);
}
