/** The values of an event that a condition tests, as `hunt why` shows them beside the test. */
import { asciiLower } from '../../cloudtrail/field/columns.js';
import { locationOf } from '../../cloudtrail/field/fields.js';
import { FURTHER_COLUMN, furtherCell } from '../../cloudtrail/field/further-fields.js';
import { valueInside, valuesInside } from '../../cloudtrail/field/inside.js';
import type { Json } from '../../cloudtrail/json.js';
import type { EventRecord } from '../../cloudtrail/record.js';
import type { Condition, FieldPath } from '../../rule/condition/condition.js';
import { safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';
import { firstFew } from '../../text/first-few.js';

const VALUES_SHOWN = 5;
/** In columns. A log may hold values of megabytes. */
const LONGEST = 120;

/** One line; undefined for a condition that tests no field itself. */
export function actualText(condition: Condition, record: EventRecord): string | undefined {
  switch (condition.kind) {
    case 'test':
      return valuesText(condition.field, record, condition.spread);
    case 'element':
      return valuesText(condition.field, record);
    case 'compare':
      // In a test of elements one side belongs to an element, and is inside the list that is shown.
      return [condition.left, condition.right]
        .map((field) => valuesText(field, record, condition.spread))
        .join(' and ');
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

/** `spread`: the test looks into the elements of every list on the way. */
function valuesText(field: FieldPath, record: EventRecord, spread?: true): string {
  const [column = '', ...keys] = keysInTable(field);
  const cell =
    column === FURTHER_COLUMN.column ? furtherCell(record.extra) : (record[column] ?? null);
  const values = spread ? valuesInside(cell, keys) : present(valueInside(cell, keys));
  if (values.length === 0) return 'missing';
  const texts = values.map((value) => truncate(safeLine(JSON.stringify(value)), LONGEST));
  return firstFew(texts, VALUES_SHOWN);
}

function present(value: Json): readonly Json[] {
  return value === null ? [] : [value];
}

/** Columns and members of structs are in lower case in the table. Keys of maps and inside JSON are what they are. */
function keysInTable(field: FieldPath): readonly string[] {
  const location = locationOf(field);
  switch (location?.kind) {
    case 'json':
      return [location.column, ...location.keys];
    case 'entry':
      return [...location.path, location.key];
    case 'item':
      return [...location.path, String(location.index), ...location.member];
    case 'text':
    case 'struct':
    case 'list':
      return location.path;
    // The members of what a list of the table holds.
    case undefined:
      return field.map(asciiLower);
    default:
      return location satisfies never;
  }
}
