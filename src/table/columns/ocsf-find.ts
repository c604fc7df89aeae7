/** Finds the fields of events in a table of Security Lake (see `ocsf.ts`). */
import { asciiLower } from '../../cloudtrail/field/columns.js';
import { OCSF_UNMAPPED, ocsfMapping, type OcsfField } from '../../cloudtrail/spelling/ocsf.js';
import { literal } from '../../sql/literal.js';
import { textOf, type TypedSql } from './value.js';

/** Finds a value by its path with dots. */
type Member = (path: string) => TypedSql | undefined;

/** The values of a table of Security Lake by the names of CloudTrail's fields in lower case; undefined for any other table. */
export function ocsfValues(member: Member): ReadonlyMap<string, TypedSql> | undefined {
  const mapping = ocsfMapping((path) => member(path) !== undefined);
  if (mapping === undefined) return undefined;
  const rest = member(OCSF_UNMAPPED);
  const unmapped = rest?.type.kind === 'map' && rest.type.textual ? mapping.unmapped : [];
  return new Map([
    ...mapping.fields.flatMap((field) => {
      const value = valueOf(field, member);
      return value === undefined ? [] : [[asciiLower(field.field), value] as const];
    }),
    ...unmapped.map((name): [string, TypedSql] => [
      asciiLower(name),
      { sql: `element_at(${rest?.sql}, ${literal(name)})`, type: { kind: 'text' } },
    ]),
  ]);
}

function valueOf({ field, members, none }: OcsfField, member: Member): TypedSql | undefined {
  const [first, ...others] = members.flatMap((path) => member(path) ?? []);
  // Only the column itself lets an engine skip what is outside of the window.
  if (first === undefined || (field === 'eventTime' && first.type.kind === 'instant')) return first;
  const texts = [first, ...others].map((value) => textAs(field, value));
  const [text = ''] = texts;
  const sql = texts.length === 1 ? text : `COALESCE(${texts.join(', ')})`;
  return {
    sql: none === undefined ? sql : `CASE WHEN ${sql} <> ${literal(none)} THEN ${sql} END`,
    type: { kind: 'text' },
  };
}

/** The text of a value. OCSF has times as timestamps, or as milliseconds since 1970. */
function textAs(field: string, value: TypedSql): string {
  const isTime = field === 'eventTime' || field.endsWith('Date');
  const { sql, type } = value;
  if (isTime && type.kind === 'scalar')
    return isoText(`from_unixtime_nanos(CAST(${sql} AS bigint) * 1000000)`);
  if (isTime && type.kind === 'instant')
    return isoText(type.zoned ? `${sql} AT TIME ZONE 'UTC'` : `with_timezone(${sql}, 'UTC')`);
  return textOf(value, field);
}

/** The time as CloudTrail writes it: without a fraction of zeros. */
function isoText(zoned: string): string {
  return `replace(to_iso8601(CAST(${zoned} AS timestamp(3) with time zone)), '.000Z', 'Z')`;
}
