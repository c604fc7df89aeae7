/** The words for the kinds of calls, and the rules that find them. */

/** The rule that finds all calls of a kind, in every service. Another of these rules would find no more of them. */
export const RULE_OF_KIND: ReadonlyMap<string, string> = new Map([
  ['change', 'AWS.Any.ManualChange'],
  ['access', 'AWS.Any.ManualAccess'],
  ['credential', 'AWS.Any.CredentialIssued'],
  ['operation', 'AWS.Any.ManualChange'],
]);

/** A pattern of these rules. */
export const RULES_OF_KINDS = 'AWS.Any.*';

/** The words as help texts list them. */
export const KIND_WORDS = [...RULE_OF_KIND.keys()].join(', ');
