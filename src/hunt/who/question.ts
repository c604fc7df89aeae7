/** What `hunt who` asks of the logs: rules and filters, for one reading. */
import { ISSUING_CALLS } from '../../change/actor/issued-key.js';
import { conjunctsOf, type Condition } from '../../rule/condition/condition.js';
import type { Rule } from '../../rule/rule.js';
import {
  issuesOneOf,
  readsOfInstances,
  subjectCondition,
  type Followed,
  type Indicator,
} from '../../rule/subject.js';
import { INSTANCE_RULE, ISSUED_RULE } from '../../report/page/who/theirs.js';
import { CALLERS_RULE } from './callers.js';

export interface Question {
  /** The first is the one about their deeds. */
  readonly rules: readonly Rule[];
  readonly filters: readonly Condition[];
}

/** `deeds` is the rule about what somebody did. */
export function questionAbout(
  indicators: readonly Indicator[],
  followed: Followed,
  deeds: Rule,
): Question {
  const subject = subjectCondition(indicators, followed);
  const keys = indicators.filter(({ kind }) => kind === 'key').map(({ text }) => text);
  const instances = evidenceRule(INSTANCE_RULE, readsOfInstances);
  if (keys.length === 0) return { rules: [deeds, CALLERS_RULE, instances], filters: [subject] };
  // Who issued a key is found in the same reading: the event that issued it has the key in its answer.
  const issued = issuesOneOf(keys, ISSUING_CALLS);
  return {
    rules: [
      within(deeds, subject),
      within(CALLERS_RULE, subject),
      within(instances, subject),
      evidenceRule(ISSUED_RULE, issued),
    ],
    filters: [{ kind: 'any', of: [subject, issued] }],
  };
}

function evidenceRule(id: string, condition: Condition): Rule {
  return { ...CALLERS_RULE, id, name: id, condition };
}

function within(rule: Rule, subject: Condition): Rule {
  return {
    ...rule,
    condition: { kind: 'all', of: [subject, ...conjunctsOf(rule.condition)] },
  };
}
