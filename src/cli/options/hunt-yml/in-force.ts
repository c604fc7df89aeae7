/** Which exclusions of `hunt.yml` are still in force: an entry with `until` ends with its last day. */
import { endOf } from '../../../disposition/exceptions/covers.js';
import type { Warning } from '../../../report/report.js';
import { warn } from '../../../report/warn.js';
import {
  isAddedTo,
  type AddedExclusion,
  type ExclusionChanges,
} from '../../../rule/exclusions/changes.js';
import type { Rule } from '../../../rule/rule.js';

/** The changes without those that are over at the instant that the report is about; a warning names these, if they concern a rule. */
export function inForce(
  { add, remove }: ExclusionChanges,
  { rules, asOf }: { readonly rules: readonly Rule[]; readonly asOf: number },
): { readonly changes: ExclusionChanges; readonly warnings: readonly Warning[] } {
  const isOver = ({ until }: AddedExclusion): boolean => until !== null && asOf >= endOf(until);
  const over = add
    .filter(isOver)
    .filter((one) => rules.some((rule) => isAddedTo(one, rule)))
    .map(named);
  const message = `${over.join('; ')}: over, and not applied`;
  return {
    changes: { add: add.filter((one) => !isOver(one)), remove },
    warnings: over.length === 0 ? [] : [warn('EXCLUSION_EXPIRED', message)],
  };
}

function named({ exclusion: { label }, owner, until }: AddedExclusion): string {
  const { file, line } = label.at;
  const terms = [`until ${until}`, ...(owner === null ? [] : [`owner ${owner}`])];
  return `${label.name} (${file}:${line}, ${terms.join(', ')})`;
}
