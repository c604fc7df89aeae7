/**
 * What a web ACL, a rule or a list of AWS WAF holds after a call. The calls of today replace all of it. Those of the first version
 * (`waf`, `waf-regional`) have a list of updates.
 */
import { isObject, type Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent } from '../../change.js';
import { names, textsIn } from '../../request/call.js';
import { firstText, itemsOf, memberOf, textMember, textOf } from '../../request/request.js';
import { shortened } from '../../sentence.js';

/** `: blocks what no rule matches, rules a (count)`. */
export function aclText(event: ChangeEvent): string {
  const action = actionIn(memberOf(event.requestParameters, 'defaultAction'));
  const word = action === 'allow' ? 'lets in' : action === 'block' ? 'blocks' : undefined;
  return said([
    ...(word === undefined ? [] : [`${word} what no rule matches`]),
    ...replacedRules(event),
    ...updates(event),
  ]);
}

/** Of a rule group, which has no action of its own. */
export function rulesText(event: ChangeEvent): string {
  return said([...replacedRules(event), ...updates(event)]);
}

/** The updates that a call of the first version makes, and its limit of requests. */
export function updatesText(event: ChangeEvent): string {
  const limit = textMember(event.requestParameters, 'rateLimit');
  return said([...(limit === undefined ? [] : [`limit ${shortened(limit)}`]), ...updates(event)]);
}

/** The addresses that a list has after the call, or the updates that it makes to them. */
export function addressesText(event: ChangeEvent): string {
  const { requestParameters: request } = event;
  if (!Array.isArray(memberOf(request, 'addresses'))) return updatesText(event);
  const addresses = textsIn(request, 'addresses');
  return said([addresses.length === 0 ? 'no address' : names(addresses)]);
}

/** The patterns that a list has after the call, or the updates that it makes to them. */
export function patternsText(event: ChangeEvent): string {
  const list = memberOf(event.requestParameters, 'regularExpressionList');
  if (!Array.isArray(list)) return updatesText(event);
  const patterns = list.flatMap((item: Json) => textMember(item, 'regexString') ?? []);
  return said([patterns.length === 0 ? 'no pattern' : names(patterns)]);
}

/** The sender decides how long a list is. */
const MOST_UPDATES = 1000;
const UPDATES: readonly (readonly [action: string, word: string])[] = [
  ['INSERT', 'adds'],
  ['DELETE', 'removes'],
];
/** What tells one update from another: a rule, a condition of one, an address, a pattern. */
const TELLING = ['ruleId', 'value', 'dataId', 'regexPatternSetId', 'type'];

function updates({ requestParameters: request }: ChangeEvent): readonly string[] {
  const all = itemsOf(memberOf(request, 'updates')).slice(0, MOST_UPDATES);
  return UPDATES.flatMap(([action, word]) => {
    const told = all.filter((one) => textMember(one, 'action') === action).flatMap(updateText);
    return told.length === 0 ? [] : [`${word} ${names(told)}`];
  });
}

function updateText(update: Json): readonly string[] {
  if (!isObject(update)) return [];
  return Object.entries(update)
    .filter(([name]) => name !== 'action')
    .flatMap(([, value]) => textOf(value) ?? named(value, firstText(value, ...TELLING)) ?? [])
    .slice(0, 1);
}

function replacedRules({ requestParameters: request }: ChangeEvent): readonly string[] {
  const rules = memberOf(request, 'rules');
  if (!Array.isArray(rules)) return [];
  const told = rules
    .slice(0, MOST_UPDATES)
    .flatMap((rule: Json) => named(rule, textMember(rule, 'name')) ?? []);
  if (told.length > 0) return [`rules ${names(told)}`];
  return rules.length === 0 ? ['no rules'] : [];
}

/** `a (count)`: a rule that only counts stops nothing. */
function named(rule: Json, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const action = actionIn(memberOf(rule, 'action')) ?? actionIn(memberOf(rule, 'overrideAction'));
  return `${shortened(name)}${action === undefined || action === 'none' ? '' : ` (${action})`}`;
}

/** `{"type":"ALLOW"}` of the first version, and `{"allow":{}}`, where the key is the action. */
function actionIn(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const [key] = Object.keys(value);
  const action = textMember(value, 'type') ?? key;
  return action === undefined ? undefined : shortened(action).toLowerCase();
}

function said(parts: readonly string[]): string {
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}
