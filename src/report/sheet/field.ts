/** Finds the value of a field, by its dotted path, in a finding. */
import {
  asciiLower,
  COLUMNS,
  type Column,
  type ColumnType,
} from '../../cloudtrail/field/columns.js';
import { INDEX } from '../../cloudtrail/field/fields.js';
import { valueInside } from '../../cloudtrail/field/inside.js';
import { member, type Json } from '../../cloudtrail/json.js';
import type { EventFields, Finding } from '../finding.js';

/** A field in CloudTrail's spelling, if the field is documented: `useridentity.ARN` becomes `userIdentity.arn`. */
export function documentedName(field: string): string {
  const parts = field.split('.').map(withIndexes);
  const names = documentedKeys(parts.flat());
  let read = 0;
  return parts
    .map((keys) => {
      const [name = '', ...indexes] = names.slice(read, (read += keys.length));
      return name + indexes.map((index) => `[${index}]`).join('');
    })
    .join('.');
}

/** The same for the keys to a field. */
export function documentedKeys(keys: readonly string[]): readonly string[] {
  const { names } = documentedPart(keys);
  return keys.map((key, index) => names[index] ?? key);
}

/** Whether CloudTrail's documented table has the field. What lies inside a column of JSON belongs to the column. */
function isDocumented(keys: readonly string[]): boolean {
  const { names, type } = documentedPart(keys);
  return names.length === keys.length || type.kind !== 'struct';
}

interface DocumentedPart {
  /** The column, the members of structs and the indexes of lists that the first keys name. */
  readonly names: readonly string[];
  /** The type of the last of them, in which the next key would be looked up. */
  readonly type: ColumnType;
}

/** How far the documented table has the way to a field. */
function documentedPart(keys: readonly string[]): DocumentedPart {
  const names: string[] = [];
  let type: ColumnType = { kind: 'struct', members: COLUMNS };
  for (const key of keys) {
    if (type.kind === 'list' && INDEX.test(key)) {
      names.push(key);
      type = type.of;
      continue;
    }
    if (type.kind !== 'struct') break;
    const named: Column | undefined = type.members.find(({ column }) => column === asciiLower(key));
    if (named === undefined) break;
    names.push(named.name);
    type = named.type;
  }
  return { names, type };
}

/** The keys of a part of a path: `a[0]` is the key `0` of `a`. */
function withIndexes(part: string): readonly string[] {
  return /^[^[\]]+(?:\[\d+\])+$/.test(part)
    ? part.split(/[[\]]+/).filter((key) => key !== '')
    : [part];
}

/** The value of a field, in CloudTrail's spelling, in a finding; null if the finding has none. */
export function fieldReader(name: string): (finding: Finding) => Json {
  const keys = name.split('.').flatMap(withIndexes);
  const [root = '', ...inner] = keys;
  // A record may have a key `userIdentity.arn` beside its identity. Its value must not be shown as the ARN.
  const extraName = isDocumented(keys) ? undefined : name;
  return (finding) => {
    const value = isEventField(root) ? finding[root] : null;
    // A finding stores fields outside CloudTrail's documented table by their whole path.
    return (
      valueInside(value, inner) ??
      (extraName === undefined ? null : member(finding.extra, extraName))
    );
  };
}

const EVENT_FIELDS: ReadonlySet<string> = new Set(COLUMNS.map(({ name }) => name));

/** Whether a finding has a field of this name from its event. */
export function isEventField(name: string): name is keyof EventFields {
  return EVENT_FIELDS.has(name);
}
