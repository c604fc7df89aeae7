/** The values of an event that a condition tests, as `hunt why` shows them beside the test. */
import { asciiLower } from '../../cloudtrail/field/columns.js';
import { furtherCell, furtherField } from '../../cloudtrail/field/further-fields.js';
import { isObject, parseJson, type Json } from '../../cloudtrail/json.js';
import type { EventRecord } from '../../cloudtrail/record.js';
import type { Condition, FieldPath } from '../../rule/condition/condition.js';
import { safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';

const VALUES_SHOWN = 5;
/** In columns. A log may hold values of megabytes. */
const LONGEST = 120;

/** One line; undefined for a condition that tests no field itself. */
export function actualText(condition: Condition, record: EventRecord): string | undefined {
  switch (condition.kind) {
    case 'test':
    case 'element':
      return valuesText(condition.field, record);
    case 'compare':
      // In a test of elements one side belongs to an element, and is inside the list that is shown.
      return `${valuesText(condition.left, record)} and ${valuesText(condition.right, record)}`;
    case 'all':
    case 'any':
    case 'exactly':
    case 'not':
    case 'constant':
      return undefined;
    default:
      return condition satisfies never;
  }
}

function valuesText(field: FieldPath, record: EventRecord): string {
  const values = valuesOf(field, record);
  if (values.length === 0) return 'missing';
  const more = values.length - VALUES_SHOWN;
  const shown = values
    .slice(0, VALUES_SHOWN)
    .map((value) => truncate(safeLine(JSON.stringify(value)), LONGEST));
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

function valuesOf(field: FieldPath, record: EventRecord): readonly Json[] {
  const further = furtherField(field);
  if (further !== undefined)
    return valuesAt(furtherCell(record.extra), [further.field.name, ...further.keys]);
  const [column = '', ...keys] = field;
  return valuesAt(record[asciiLower(column)] ?? null, keys);
}

/** A list on the way stands for its elements, unless the key is an index of it. */
function valuesAt(value: Json, keys: readonly string[]): readonly Json[] {
  if (value === null) return [];
  const [key, ...rest] = keys;
  if (key === undefined) return [value];
  if (typeof value === 'string') return valuesAt(nested(value), keys);
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    if (/^\d+$/.test(key)) return valuesAt(items[Number(key)] ?? null, rest);
    return items.flatMap((item) => valuesAt(item, keys));
  }
  if (!isObject(value)) return [];
  const own = Object.hasOwn(value, key) ? key : asciiLower(key);
  return Object.hasOwn(value, own) ? valuesAt(value[own] ?? null, rest) : [];
}

/** The list or object that a text holds as JSON, or null. */
function nested(text: string): Json {
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
