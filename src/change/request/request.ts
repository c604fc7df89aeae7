/** Reads request parameters, which may have any type: a value of the wrong type counts as missing. */
import { isObject, type Json } from '../../cloudtrail/json.js';

/** A member of an object; undefined if it is missing. */
export function memberOf(value: Json, name: string): Json | undefined {
  if (!isObject(value)) return undefined;
  // Most members that are asked for are missing. What objects inherit, such as `constructor`, is no member.
  const found = value[name];
  return found !== undefined && Object.hasOwn(value, name) ? found : undefined;
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

/** The items of a plain list. Where a request was XML, a list of one item is that item. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (isObject(value) && Object.keys(value).length === 0) return [];
  return value === undefined || value === null || value === '' ? [] : [value];
}

/** The member at the end of a path of names. */
export function memberAt(value: Json, ...path: readonly string[]): Json | undefined {
  let found: Json | undefined = value;
  for (const name of path) found = found === undefined ? undefined : memberOf(found, name);
  return found;
}

/** The first text at one of the names. */
export function firstText(value: Json, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textMember(value, name);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Whether a member says true or false; undefined if it says neither. */
export function flagMember(value: Json, name: string): boolean | undefined {
  const word = textMember(value, name)?.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}
