/** Rules that hunt makes itself, to ask an engine for more than the user's rules do. They are in no file. */
import { OF_OPTIONS } from './condition/build.js';
import type { Condition } from './condition/condition.js';
import type { Rule } from './rule.js';

/** A rule with this condition, and nothing that describes it. */
export function ownRule(id: string, name: string, condition: Condition): Rule {
  return {
    id,
    name,
    severity: 'Info',
    description: undefined,
    runbook: undefined,
    reference: undefined,
    tags: [],
    mitre: [],
    parameters: [],
    condition,
    alert: undefined,
    outputFields: [],
    tests: [],
    file: OF_OPTIONS.file,
  };
}
