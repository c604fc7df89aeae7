/** Finds the value of a field, by its dotted path, in a finding. */
import { asciiLower, COLUMNS, type Column, type ColumnType } from '../../cloudtrail/columns.js';
import { isObject, type Json } from '../../cloudtrail/json.js';
import type { Finding, FullFinding } from '../report.js';

/** The fields that a report shows of every finding. */
const SHOWN_FIELDS = [
  'eventID',
  'eventTime',
  'eventName',
  'eventSource',
  'awsRegion',
  'recipientAccountId',
  'sourceIPAddress',
  'userAgent',
  'userIdentity',
  'requestParameters',
  'responseElements',
] as const satisfies readonly (keyof Finding)[];

/** A field in CloudTrail's spelling, if the field is documented: `useridentity.ARN` becomes `userIdentity.arn`. */
export function documentedName(field: string): string {
  const spelt: string[] = [];
  let type: ColumnType | undefined = { kind: 'struct', members: COLUMNS };
  for (const key of field.split('.')) {
    const column: Column | undefined = columnNamed(key, type);
    spelt.push(column?.name ?? key);
    type = column?.type;
  }
  return spelt.join('.');
}

/** Whether CloudTrail's documented table has the field. What lies inside a column of JSON belongs to the column. */
function isDocumented(name: string): boolean {
  let type: ColumnType | undefined = { kind: 'struct', members: COLUMNS };
  for (const key of name.split('.')) {
    if (type.kind !== 'struct') return true;
    type = columnNamed(key, type)?.type;
    if (type === undefined) return false;
  }
  return true;
}

function columnNamed(key: string, type: ColumnType | undefined): Column | undefined {
  if (type?.kind !== 'struct') return undefined;
  return type.members.find(({ column }) => column === asciiLower(key));
}

/** Whether a field, in CloudTrail's spelling, is one that a report shows of every finding, or is inside one. */
export function isShownField(name: string): boolean {
  return shownField(name.split('.', 1).join('')) !== undefined;
}

/** The value of a field, in CloudTrail's spelling, in a finding; null if the finding has none. */
export function fieldReader(name: string): (finding: FullFinding) => Json {
  const [root = '', ...inner] = name.split('.');
  const shown = shownField(root);
  // A record may have a key `userIdentity.arn` beside its identity. Its value must not be shown as the ARN.
  const extraName = isDocumented(name) ? undefined : name;
  return ({ finding, others }) => {
    const value = shown === undefined ? member(others, root) : finding[shown];
    // A finding stores fields outside CloudTrail's documented table by their whole path.
    return (
      descend(value, inner) ?? (extraName === undefined ? null : member(finding.extra, extraName))
    );
  };
}

function shownField(root: string): (typeof SHOWN_FIELDS)[number] | undefined {
  return SHOWN_FIELDS.find((field) => field === root);
}

function descend(value: Json, [key, ...rest]: readonly string[]): Json {
  if (key === undefined) return value;
  if (Array.isArray(value)) return descend((value as readonly Json[])[Number(key)] ?? null, rest);
  return descend(member(value, key), rest);
}

function member(value: Json, key: string): Json {
  return isObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}
