/** Values of an event's fields, by their dotted paths, in what a report keeps of the event. */
import { asciiLower, COLUMNS, type Column, type ColumnType } from '../../cloudtrail/columns.js';
import { isObject, type Json } from '../../cloudtrail/json.js';
import type { Finding, FullFinding } from '../report.js';

/** The fields of an event that a report shows of every finding. */
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

/** A field in CloudTrail's spelling, as far as the field is documented: `useridentity.ARN` is `userIdentity.arn`. */
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

function columnNamed(key: string, type: ColumnType | undefined): Column | undefined {
  if (type?.kind !== 'struct') return undefined;
  return type.members.find(({ column }) => column === asciiLower(key));
}

/** Whether a field, in CloudTrail's spelling, belongs to one that a report shows of every finding. */
export function isShownField(name: string): boolean {
  return shownField(name.split('.', 1).join('')) !== undefined;
}

/** Gives the value of a field, in CloudTrail's spelling, in a finding; null where the finding has none. */
export function fieldReader(name: string): (finding: FullFinding) => Json {
  const [root = '', ...inner] = name.split('.');
  const shown = shownField(root);
  return ({ finding, others }) => {
    const value = shown === undefined ? member(others, root) : finding[shown];
    // What CloudTrail's documented table lacks is kept by its whole path.
    return descend(value, inner) ?? member(finding.extra, name);
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
