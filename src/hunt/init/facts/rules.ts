/** What `hunt init` asks of the logs: all changes, whoever made them; who signs in; and who plans with tools. */
import type { Carrier } from '../../../change/actor/carrier.js';
import { bind, type BoundRule } from '../../../rule/bind.js';
import { builtInUntested } from '../../../rule/catalog/built-in.js';
import { toolCondition } from '../../../rule/catalog/tools.js';
import { OF_OPTIONS, testOf } from '../../../rule/condition/build.js';
import { conjunctsOf } from '../../../rule/condition/condition.js';
import { ownRule } from '../../../rule/own-rule.js';
import type { Rule } from '../../../rule/rule.js';

/** The rule that says which changes are by hand. */
export const BY_HAND = 'AWS.Any.ManualChange';
/** All changes that succeeded. */
export const CHANGES = 'AWS.Init.Changes';
export const SIGN_INS = 'AWS.Init.SignIns';
/** Calls of the tools for infrastructure, reads too. It finds none: they are only counted, as an exclusion counts them. */
export const PLANS = 'AWS.Init.Plans';

/** The exclusions of the rule that tell by hand from the rest. */
const CONDITIONS_BY_HAND: ReadonlySet<string> = new Set(['services', 'automation']);
/** The tools that plan a change by reading before they make it. */
export const PLANNING_TOOLS: ReadonlySet<Carrier> = new Set<Carrier>([
  'terraform',
  'pulumi',
  'cdk',
]);

/** The rules of the one reading. */
export function initRules(): readonly BoundRule[] {
  const [byHand] = builtInUntested(['any-manual-change']);
  if (byHand === undefined) throw new Error(`there is no rule ${BY_HAND}`);
  const rules = [allChanges(byHand), byHand, ownRule(SIGN_INS, 'Sign-ins', SIGNED_IN), plans()];
  return rules.map((rule) => bind(rule, new Map()));
}

function allChanges(byHand: Rule): Rule {
  const kept = conjunctsOf(byHand.condition).filter(
    (one) => one.kind !== 'not' || !CONDITIONS_BY_HAND.has(one.label?.name ?? ''),
  );
  return { ...byHand, id: CHANGES, name: 'All changes', condition: { kind: 'all', of: kept } };
}

// Not all that counts as a sign-in (`noise-sign-ins`): of these calls, each was made by a person, and programs sign in too. The last
// ones are of Identity Center: who gets credentials from there is a person, also with a command line.
const SIGNED_IN = testOf('eventName', 'in', [
  'ConsoleLogin',
  'SwitchRole',
  'UserAuthentication',
  'CredentialVerification',
  'Authenticate',
  'Federate',
  'GetRoleCredentials',
]);

function plans(): Rule {
  const tools = [...PLANNING_TOOLS].map((tool) => toolCondition(tool, OF_OPTIONS));
  return ownRule(PLANS, 'Calls of tools for infrastructure', {
    kind: 'all',
    of: [
      { kind: 'any', of: tools },
      { kind: 'not', of: { kind: 'constant', value: true, text: 'every call' } },
    ],
  });
}
