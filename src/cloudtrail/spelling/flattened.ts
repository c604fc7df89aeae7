/**
 * Fields that stand beside their struct and not inside it. Exports that have no nested values write `userIdentity.arn`,
 * `useridentity_arn` or `UserIdentityArn`, and `requestParameters.ids[0]`. Such keys are put together again.
 */
import type { Column } from '../field/columns.js';
import type { Json, JsonObject } from '../json.js';
import { columnOf, plainName } from './names.js';

/** A part of the value of a column or member. */
export interface Part {
  readonly key: string;
  readonly member: Column;
  /** The path of the part within the value; undefined if the key names none. */
  readonly path: readonly string[] | undefined;
}

/** What a key holds that names no member itself: a part of a member's value. Undefined if it is no part of any. */
export function partOf(members: readonly Column[], key: string): Part | undefined {
  for (const separator of SEPARATORS) {
    // Most keys have neither.
    if (!key.includes(separator) && !key.includes('[')) continue;
    const [head = '', ...path] = key.replaceAll(/\[(\d+)\]/g, `${separator}$1`).split(separator);
    const member = path.length === 0 ? undefined : columnOf(members, head);
    if (member === undefined || member.type.kind === 'text') continue;
    // Splunk writes `items{}.cidrIp`, which does not say to which item a value belongs.
    return { key, member, path: path.some((name) => name.endsWith('{}')) ? undefined : path };
  }
  return joinedPart(members, key);
}

/** What stands between the keys. A single underscore may belong to a key, so it is not among them. */
const SEPARATORS = ['.', '/', ':', '__'];

/** Names that are joined without a dot. Members of structs are known; the keys inside JSON and lists are not. */
function joinedPart(members: readonly Column[], key: string): Part | undefined {
  const plain = plainName(key);
  for (const member of members) {
    const { column, type } = member;
    if (type.kind === 'text' || !plain.startsWith(column)) continue;
    const rest = plain.slice(column.length);
    const path = type.kind === 'struct' ? pathTo(type.members, rest) : undefined;
    if (path !== undefined) return { key, member, path };
    if (type.kind !== 'struct' && isJoined(key, column)) return { key, member, path: undefined };
  }
  return undefined;
}

function pathTo(members: readonly Column[], plain: string): readonly string[] | undefined {
  for (const { name, column, type } of members) {
    if (plain === column) return [name];
    const rest = type.kind === 'struct' && plain.startsWith(column) ? type.members : [];
    const below = pathTo(rest, plain.slice(column.length));
    if (below !== undefined) return [name, ...below];
  }
  return undefined;
}

/** Whether an underscore follows the column's name in the key, as in `request_parameters_group_id`. */
function isJoined(key: string, column: string): boolean {
  for (let at = key.indexOf('_'); at >= 0; at = key.indexOf('_', at + 1))
    if (plainName(key.slice(0, at)) === column) return true;
  return false;
}

/** The value that the parts make; undefined if they contradict each other, or if one does not say where it belongs. */
export function assembled(parts: readonly Part[], event: JsonObject): Json | undefined {
  const root: Tree = new Map();
  for (const { key, path } of parts) {
    const value = event[key] ?? null;
    if (path === undefined || !insert(root, path, value)) return undefined;
  }
  return valueOf(root);
}

/** A map, because a key may be `__proto__`. */
type Tree = Map<string, Tree | { readonly leaf: Json }>;

function insert(root: Tree, path: readonly string[], leaf: Json): boolean {
  let tree = root;
  for (const name of path.slice(0, -1)) {
    const next = tree.get(name) ?? new Map();
    if (!(next instanceof Map)) return false;
    tree.set(name, next);
    tree = next;
  }
  const last = path.at(-1) ?? '';
  if (tree.has(last)) return false;
  tree.set(last, { leaf });
  return true;
}

/** Members that are numbered from 0 without a gap are the elements of a list. */
function valueOf(tree: Tree): Json {
  const members = [...tree].map(
    ([name, value]) => [name, value instanceof Map ? valueOf(value) : value.leaf] as const,
  );
  const byName = new Map(members);
  const elements = members.map((_, index) => byName.get(String(index)));
  return elements.every((element) => element !== undefined)
    ? elements
    : Object.fromEntries(members);
}
