/** The fields of events in a Parquet file of Security Lake (see `ocsf.ts`), as columns of the file. */
import { asciiLower, COLUMNS, type Column } from '../../cloudtrail/field/columns.js';
import { FURTHER_FIELDS } from '../../cloudtrail/field/further-fields.js';
import { OCSF_UNMAPPED, ocsfMapping, type OcsfField } from '../../cloudtrail/spelling/ocsf.js';
import { literal } from '../../sql/literal.js';
import type { DuckdbType } from './duckdb-type.js';
import type { FileColumn } from './event-json.js';

/** A file as events. */
export interface OcsfColumns {
  readonly version: string;
  /** Named as the fields of events, with dots. */
  readonly columns: readonly FileColumn[];
  /** The fields that OCSF does not have, by their documented names. */
  readonly missing: readonly string[];
}

type Member = (path: string) => Omit<FileColumn, 'name'> | undefined;

/** Undefined for a file that is not of Security Lake, or whose version of OCSF is not known. */
export function ocsfColumns(columns: readonly FileColumn[]): OcsfColumns | undefined {
  const member: Member = (path) => memberOf(columns, path);
  const mapping = ocsfMapping((path) => member(path) !== undefined);
  if (mapping === undefined) return undefined;
  const map = member(OCSF_UNMAPPED);
  const unmapped = map?.type.kind === 'map' ? mapping.unmapped : [];
  const mapped: readonly FileColumn[] = [
    ...mapping.fields.flatMap((field) => valueOf(field, member) ?? []),
    ...unmapped.map((name) => ({
      name,
      sql: `${map?.sql}[${literal(name)}]`,
      type: { kind: 'text' } as const,
    })),
  ];
  const has = new Set(mapped.map(({ name }) => name));
  const further = FURTHER_FIELDS.map(({ name }) => name).filter((name) => !has.has(name));
  return {
    version: mapping.version,
    columns: mapped,
    missing: [...missingIn(COLUMNS, '', has), ...further],
  };
}

function memberOf(columns: readonly FileColumn[], path: string): ReturnType<Member> {
  const [first = '', ...names] = path.split('.');
  let found: ReturnType<Member> = columns.find(({ name }) => asciiLower(name) === first);
  for (const name of names) {
    const { sql, type }: Omit<FileColumn, 'name'> = found ?? { sql: '', type: { kind: 'other' } };
    const own: { readonly name: string; readonly type: DuckdbType } | undefined =
      type.kind === 'struct'
        ? type.members.find((each) => asciiLower(each.name) === name)
        : undefined;
    found = own && { sql: `struct_extract(${sql}, ${literal(own.name)})`, type: own.type };
  }
  return found;
}

function valueOf({ field, members, none }: OcsfField, member: Member): FileColumn | undefined {
  const values = members.flatMap((path) => member(path) ?? []);
  const [first] = values;
  if (first === undefined) return undefined;
  const isTime = field === 'eventTime' || field.endsWith('Date');
  if (isTime && first.type.kind === 'instant') return { ...first, name: field };
  if (isTime && first.type.kind === 'other') {
    const sql = `make_timestamp(CAST(${first.sql} AS BIGINT) * 1000)`;
    return { name: field, sql, type: { kind: 'instant' } };
  }
  const text = `COALESCE(${values.map(({ sql }) => `CAST(${sql} AS VARCHAR)`).join(', ')})`;
  const sql = none === undefined ? text : `NULLIF(${text}, ${literal(none)})`;
  return { name: field, sql, type: { kind: 'text' } };
}

/** A struct is missing as a whole where all of it is. */
function missingIn(
  members: readonly Column[],
  prefix: string,
  has: ReadonlySet<string>,
): readonly string[] {
  return members.flatMap(({ name, type }) => {
    const path = prefix + name;
    const isPresent = [...has].some((one) => one === path || one.startsWith(`${path}.`));
    if (!isPresent) return [path];
    return type.kind === 'struct' ? missingIn(type.members, `${path}.`, has) : [];
  });
}
