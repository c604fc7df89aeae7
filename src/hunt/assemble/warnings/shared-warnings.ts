/** Says a warning that several rules have once, for the report, and not again for each of the rules. */
import type { Warning } from '../../../report/report.js';
import { warn } from '../../../report/warn.js';

/** So many rules are named in a warning. */
const MOST_NAMED = 3;

/** The warnings of one rule. */
export interface RuleWarnings {
  readonly rule: string;
  readonly warnings: readonly Warning[];
}

export interface SharedWarnings {
  /** Those that several rules have, each once, with the rules unless all have it. */
  readonly shared: readonly Warning[];
  /** Those that only one rule has, by the rule. */
  readonly own: ReadonlyMap<string, readonly Warning[]>;
}

/** Divides the warnings of the rules, in their order. */
export function shareWarnings(all: readonly RuleWarnings[]): SharedWarnings {
  const rules = new Map<string, { readonly warning: Warning; readonly of: Set<string> }>();
  for (const { rule, warnings } of all)
    for (const warning of warnings) {
      const known = rules.get(keyOf(warning));
      if (known === undefined) rules.set(keyOf(warning), { warning, of: new Set([rule]) });
      else known.of.add(rule);
    }
  const isShared = (warning: Warning): boolean => (rules.get(keyOf(warning))?.of.size ?? 0) > 1;
  return {
    shared: [...rules.values()]
      .filter(({ warning }) => isShared(warning))
      .map(({ warning, of }) =>
        of.size === all.length
          ? warning
          : warn(warning.code, `${rulesText([...of], all.length)}: ${warning.message}`),
      ),
    own: new Map(
      all.map(({ rule, warnings }) => [rule, warnings.filter((warning) => !isShared(warning))]),
    ),
  };
}

function keyOf({ code, message }: Warning): string {
  return `${code} ${message}`;
}

function rulesText(ids: readonly string[], all: number): string {
  return ids.length <= MOST_NAMED ? ids.join(', ') : `${ids.length} of ${all} rules`;
}
