/** Reads request parameters, which may have any type: a value of the wrong type counts as missing. */
import { isObject, type Json } from '../cloudtrail/json.js';

/** A member of an object; undefined if it is missing. */
export function memberOf(value: Json, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A member that is a non-empty string, a number or a boolean, as text. */
export function textMember(value: Json, name: string): string | undefined {
  return textOf(memberOf(value, name));
}

/** A non-empty string, a number or a boolean, as text. */
export function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The items of a list. EC2 writes a list as `{"items": […]}`; other services write a plain one. */
export function itemsOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  const items = isObject(value) ? value['items'] : undefined;
  if (Array.isArray(items)) return items;
  return items === undefined || items === null ? [] : [items];
}
