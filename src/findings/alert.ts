/** A finding's alert: the rule's title, context and group with the event's own values in them. */
import { canonicalCell } from '../cloudtrail/canonical.js';
import type { ColumnType } from '../cloudtrail/columns.js';
import { locationOf, type FieldLocation } from '../cloudtrail/fields.js';
import { isObject, type Json } from '../cloudtrail/json.js';
import type { FindingAlert } from '../report/report.js';
import type { FieldPath } from '../rule/condition.js';
import type { Rule } from '../rule/rule.js';

/** An event's columns. */
export type Columns = Readonly<Record<string, Json>>;

/** The alert, or null where the rule says nothing of one. `severity` is what the rule changed it to, if it did. */
export function toAlert(
  rule: Rule,
  body: Columns,
  { eventtime, severity }: { readonly eventtime: string | null; readonly severity: string | null },
): FindingAlert | null {
  if (rule.alert === undefined) return null;
  const { title, context, groupBy } = rule.alert;
  const columns = { ...body, eventtime };
  const text = (field: FieldPath): string => valueText(valueAt(field, columns));
  return {
    title: title?.map((part) => (typeof part === 'string' ? part : text(part))).join('') ?? null,
    severity: severity ?? rule.severity,
    context: Object.fromEntries(context.map(({ name, field }) => [name, valueAt(field, columns)])),
    group: groupBy.length === 0 ? null : groupBy.map(text),
  };
}

function valueText(value: Json): string {
  if (value === null) return '<missing>';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The value of a field, or null. */
function valueAt(field: FieldPath, columns: Columns): Json {
  const place = locationOf(field);
  if (place === undefined) return null;
  if (place.kind === 'json') return descend(partsOf(columns[place.column]), place.keys);
  const [column = '', ...members] = place.path;
  if (place.kind === 'text' && members.length === 0) return columns[column] ?? null;
  const keys = place.kind === 'entry' ? [...members, place.key] : members;
  // As a finding shows them: engines differ in whether a struct has members that are NULL.
  return canonicalCell(typeAt(place), descend(partsOf(columns[column]), keys)) ?? null;
}

function typeAt(place: FieldLocation): ColumnType {
  if (place.kind === 'struct') return place.type;
  return place.kind === 'list' ? { kind: 'list', of: place.of } : { kind: 'text' };
}

/** Text is what an engine's column should have had as JSON, and did not. */
function partsOf(cell: Json | undefined): Json {
  return typeof cell === 'object' ? cell : null;
}

function descend(value: Json, keys: readonly string[]): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(value)) return descend((value as readonly Json[])[Number(key)] ?? null, rest);
  return isObject(value) && Object.hasOwn(value, key) ? descend(value[key] ?? null, rest) : null;
}
