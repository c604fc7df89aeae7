/** Trino's names for the types of the documented columns. */
import type { ColumnType } from '../../cloudtrail/field/columns.js';
import { quoted } from '../../sql/literal.js';

/** The type in SQL: `varchar`, `row("type" varchar, …)`, `array(…)`. JSON columns are text. */
export function trinoType(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
    case 'json':
      return 'varchar';
    case 'map':
      return 'map(varchar, varchar)';
    case 'list':
      return `array(${trinoType(type.of)})`;
    case 'struct':
      return `row(${type.members.map((member) => `${quoted(member.column)} ${trinoType(member.type)}`).join(', ')})`;
    default:
      return type satisfies never;
  }
}
