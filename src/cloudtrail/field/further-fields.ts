/**
 * Fields that AWS documents for records but not for its Athena table. A report shows them under `extra`. A rule may test them
 * too: a hunt over logs then loads them as JSON in one more column, and a hunt over a table takes them from the columns that
 * the table has for them.
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html,
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
import { asciiLower, type Column } from './columns.js';
import { isObject, parseJson, scalarText, type Json, type JsonObject } from '../json.js';
import { plainName } from '../spelling/names.js';

export interface FurtherField {
  /** The documented path, with dots. */
  readonly name: string;
  /** `json` where the value has members of its own. */
  readonly kind: 'text' | 'json';
}

const text = (name: string): FurtherField => ({ name, kind: 'text' });
const json = (name: string): FurtherField => ({ name, kind: 'json' });

export const FURTHER_FIELDS: readonly FurtherField[] = [
  text('managementEvent'),
  json('eventContext'),
  text('userIdentity.identityProvider'),
  text('userIdentity.credentialId'),
  json('userIdentity.inScopeOf'),
  json('userIdentity.invokedByDelegate'),
  text('userIdentity.sessionContext.sourceIdentity'),
  text('userIdentity.sessionContext.assumedRoot'),
  text('userIdentity.sessionContext.signInSessionArn'),
  text('userIdentity.sessionContext.attributes.sessionCredentialFromConsole'),
  text('tlsDetails.keyExchange'),
];

/** Those that say who is behind a credential. A finding needs them, whether a rule tests them or not. */
export const CALLER_FIELDS: ReadonlySet<string> = new Set([
  'userIdentity.identityProvider',
  'userIdentity.inScopeOf',
  'userIdentity.invokedByDelegate',
  'userIdentity.sessionContext.sourceIdentity',
  'userIdentity.sessionContext.assumedRoot',
  'userIdentity.sessionContext.attributes.sessionCredentialFromConsole',
]);

/** The column that holds them: a JSON object by their documented paths. It is there only if a rule tests one of them. */
export const FURTHER_COLUMN: Column = {
  name: 'further',
  column: 'further',
  type: { kind: 'json' },
};

/** The field at the beginning of a path, and the keys inside its value; undefined for every other path. Case does not matter. */
export function furtherField(
  path: readonly string[],
): { readonly field: FurtherField; readonly keys: readonly string[] } | undefined {
  for (const field of FURTHER_FIELDS) {
    const length = field.name.split('.').length;
    if (asciiLower(path.slice(0, length).join('.')) !== asciiLower(field.name)) continue;
    const keys = path.slice(length);
    if (path.length >= length && (field.kind === 'json' || keys.length === 0))
      return { field, keys };
  }
  return undefined;
}

const BY_PLAIN_NAME = new Map(FURTHER_FIELDS.map((field) => [plain(field.name), field]));

/** How keys are compared: `management_event` is `managementEvent` too, and `useridentity_credentialid` a member of a struct. */
function plain(name: string): string {
  return plainName(name).replaceAll('.', '');
}

// Most records of a log have the same further fields with the same values.
let lastExtra: string | null = null;
let lastCell: JsonObject | null = null;

/**
 * The value of the column for a record whose other fields are `extra`, a JSON object by path; null if the record has none of
 * the fields.
 */
export function furtherCell(extra: string | null): JsonObject | null {
  if (extra !== lastExtra) {
    lastCell = extra === null ? null : cellOf(parseJson(extra));
    lastExtra = extra;
  }
  return lastCell;
}

function cellOf(values: Json): JsonObject | null {
  if (!isObject(values)) return null;
  const cells = new Map<string, Json>();
  for (const [path, value] of Object.entries(values)) {
    const field = BY_PLAIN_NAME.get(plain(path));
    if (field === undefined || value === null) continue;
    // The documented spelling of a key wins.
    if (path !== field.name && Object.hasOwn(values, field.name)) continue;
    cells.set(field.name, field.kind === 'text' ? scalarText(value) : value);
  }
  return cells.size === 0 ? null : Object.fromEntries(cells);
}
