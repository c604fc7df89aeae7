/**
 * Reads requests and responses of EC2. CloudTrail writes them in two shapes. Older calls have `vpcId`, and lists as
 * `{"items": […]}`. Newer ones are XML made JSON: all is in a member `CreateFlowLogsRequest`, names begin with a capital, a
 * list has the singular name (`FlowLogId`) and one item or several, and an item may be `{"tag": 1, "content": "fl-1"}`.
 */
import { isObject, type Json } from '../../cloudtrail/json.js';
import { capitalised } from '../../text/capitalised.js';
import { remembering } from '../../memory/remembering.js';
import type { ChangeEvent } from '../change.js';
import { memberOf, textOf } from './request.js';

/** More than EC2 takes in a list. */
const MOST_ITEMS = 2000;

/** The parameters of a call. */
export function requestOf({
  eventName,
  requestParameters,
}: Pick<ChangeEvent, 'eventName' | 'requestParameters'>): Json {
  return memberOf(requestParameters, `${eventName}Request`) ?? requestParameters;
}

/** What the call answered. */
export function responseOf({
  eventName,
  responseElements,
}: Pick<ChangeEvent, 'eventName' | 'responseElements'>): Json {
  return memberOf(responseElements, `${eventName}Response`) ?? responseElements;
}

/** The member with the first of these names, in camel case here, that the value has. */
export function field(value: Json | undefined, ...names: readonly string[]): Json | undefined {
  if (value === undefined) return undefined;
  for (const name of names) {
    const member = memberOf(value, name) ?? memberOf(value, inOtherShape(name));
    if (member !== undefined && member !== null) return member;
  }
  return undefined;
}

/** A scalar member as text, also where it is in a member of its own: `{"value": false}`. */
export function text(value: Json | undefined, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = scalar(field(value, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a member says true or false; undefined if it says neither. */
export function flag(value: Json | undefined, ...names: readonly string[]): boolean | undefined {
  const word = text(value, ...names)?.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** The items of a list in one of the shapes: the value itself, or the first of its members that is there. */
export function list(value: Json | undefined, ...names: readonly string[]): readonly Json[] {
  return listIn(names.length === 0 ? value : field(value, ...names)).slice(0, MOST_ITEMS);
}

/** The texts of a list: of each item its own, or that of the first of the names that it has. */
export function texts(items: readonly Json[], ...names: readonly string[]): readonly string[] {
  return items.flatMap((item) => scalar(item) ?? text(item, ...names) ?? []);
}

function listIn(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null || value === '') return [];
  if (!isObject(value)) return Array.isArray(value) ? value : [value];
  const inner = memberOf(value, 'items') ?? memberOf(value, 'item');
  if (inner !== undefined) return Array.isArray(inner) ? inner : listIn(inner);
  return Object.keys(value).length === 0 ? [] : [value];
}

function scalar(value: Json | undefined): string | undefined {
  return isObject(value)
    ? (textOf(memberOf(value, 'content')) ?? textOf(field(value, 'value')))
    : textOf(value);
}

/** Describers look for a few hundred names, many times. */
const inOtherShape = remembering(capitalised, { most: 1000 });
