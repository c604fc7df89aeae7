/**
 * Which rules may hide what matters more than a finding: the credentials of an instance that are used from elsewhere. What a rule
 * leaves out is no finding, so the statement of a hunt tells of these calls apart.
 */
import { isFailedCall } from './failed-call.js';
import type { Query, RuleQuery, Stage } from './query.js';

/** What tells of a use of an instance's credentials, in addition to what every hunt reads. */
const FIELDS = [
  ['sourceipaddress'],
  ['vpcendpointid'],
  ['vpcendpointaccountid'],
  ['recipientaccountid'],
  ['useridentity', 'accountid'],
  ['useridentity', 'arn'],
  ['useridentity', 'invokedby'],
  ['useridentity', 'accesskeyid'],
];

/** The fields that a query reads for its rules that may hide such calls; none where there is no such rule. */
export function fieldsOfHidden({ rules }: Pick<Query, 'rules'>): readonly (readonly string[])[] {
  return rules.some(mayHide) ? FIELDS : [];
}

/** Whether a rule leaves out calls that it would find otherwise. Its exclusion of failed calls alone is none: they did nothing. */
export function mayHide({ stages }: RuleQuery): boolean {
  return stages.some(
    (stage) => hides(stage) && stage.kind === 'conjunct' && !isFailedCall(stage.condition),
  );
}

/** Whether a stage is an exclusion of the rule, or an accepted exception, and not what the user asks for. */
export function hides(stage: Stage): boolean {
  return stage.kind === 'conjunct' && stage.exclusion && stage.origin !== 'filter';
}
