/** The day of a partition in SQL. */
import { fieldPositions, formatOf } from '../days/date-format.js';
import { keySql } from './key-sql.js';
import type { DayKeys, PartitionKey } from '../layout.js';

/** The day as text, `YYYY-MM-DD`, in Trino's SQL. */
function daySql(days: DayKeys): string {
  switch (days.kind) {
    case 'parts':
      return [textSql(days.year), paddedSql(days.month, 2), paddedSql(days.day, 2)].join(
        " || '-' || ",
      );
    case 'text': {
      const text = textSql(days.key);
      if (days.key.type === 'date') return text;
      return fieldPositions(formatOf(days.format))
        .slice(0, 3)
        .map(({ field, start }) => `substr(${text}, ${start + 1}, ${field.length})`)
        .join(" || '-' || ");
    }
    default:
      return days satisfies never;
  }
}

/** The day as a date; NULL where the keys give no day, as in Hive's default partition. */
export function readDaySql(days: DayKeys): string {
  return `TRY_CAST(${daySql(days)} AS date)`;
}

/** A key's value as text, padded with zeros to `digits` characters. */
export function paddedSql(key: PartitionKey, digits: number): string {
  return `lpad(${textSql(key)}, ${digits}, '0')`;
}

/** A key's value as text. */
export function textSql(key: PartitionKey): string {
  return `CAST(${keySql(key)} AS varchar)`;
}
