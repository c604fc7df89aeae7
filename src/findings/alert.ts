/** A finding's alert: the rule's title, context and group with the event's own values in them. */
import { canonicalCell } from '../cloudtrail/canonical.js';
import type { ColumnType } from '../cloudtrail/field/columns.js';
import { locationOf, type FieldLocation } from '../cloudtrail/field/fields.js';
import { valueInside } from '../cloudtrail/field/inside.js';
import type { Json } from '../cloudtrail/json.js';
import type { FindingAlert } from '../report/finding.js';
import type { FieldPath } from '../rule/condition/condition.js';
import type { Rule } from '../rule/rule.js';
import { rememberingByObject } from '../memory/remembering.js';

/** An event's columns. */
export type Columns = Readonly<Record<string, Json>>;

/** The alert, or null if the rule has none. */
export function toAlert(rule: Rule, columns: Columns): FindingAlert | null {
  if (rule.alert === undefined) return null;
  const { title, context, groupBy } = rule.alert;
  const text = (field: FieldPath): string => valueText(valueAt(field, columns));
  return {
    title: title?.map((part) => (typeof part === 'string' ? part : text(part))).join('') ?? null,
    context: Object.fromEntries(context.map(({ name, field }) => [name, valueAt(field, columns)])),
    group: groupBy.length === 0 ? null : groupBy.map(text),
  };
}

function valueText(value: Json): string {
  if (value === null) return '<missing>';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Rules have few fields, and each finding asks for all of them. */
const locationIn = rememberingByObject(locationOf);

/** The value of a field, or null. */
function valueAt(field: FieldPath, columns: Columns): Json {
  const location = locationIn(field);
  if (location === undefined) return null;
  if (location.kind === 'json')
    return valueInside(nestedOrNull(columns[location.column]), location.keys);
  const [column = '', ...members] = location.path;
  if (location.kind === 'text' && members.length === 0) return columns[column] ?? null;
  const keys = [...members, ...keysBelow(location)];
  // In canonical form, as a finding shows it: engines differ in whether a struct has members that are NULL.
  return canonicalCell(typeAt(location), valueInside(nestedOrNull(columns[column]), keys)) ?? null;
}

/** The keys below the path of a location. */
function keysBelow(location: FieldLocation): readonly string[] {
  if (location.kind === 'entry') return [location.key];
  return location.kind === 'item' ? [String(location.index), ...location.member] : [];
}

function typeAt(location: FieldLocation): ColumnType {
  if (location.kind === 'struct') return location.type;
  return location.kind === 'list' ? { kind: 'list', of: location.of } : { kind: 'text' };
}

/** A nested column that holds text instead of JSON has no members. */
function nestedOrNull(cell: Json | undefined): Json {
  return typeof cell === 'object' ? cell : null;
}
