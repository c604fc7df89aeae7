/**
 * The columns of the `events` table: those of AWS's documented CloudTrail table for Athena.
 * They are listed in CloudTrail's spelling and order; the table's own names are in lower case.
 * Source: https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table.html
 */
export type ColumnType =
  /** `isAccount`: the column holds account IDs, of which logs have several spellings. */
  | { readonly kind: 'text'; readonly isAccount?: boolean }
  /** Text that holds JSON where the log has an object or a list. */
  | { readonly kind: 'json' }
  | { readonly kind: 'struct'; readonly members: readonly Column[] }
  | { readonly kind: 'list'; readonly of: ColumnType }
  /** A map from text to text. */
  | { readonly kind: 'map' };

export interface Column {
  /** CloudTrail's spelling. */
  readonly name: string;
  /** The table's spelling, in lower case. */
  readonly column: string;
  readonly type: ColumnType;
}

const text = { kind: 'text', isAccount: false } as const;
const account = { kind: 'text', isAccount: true } as const;
const json = { kind: 'json' } as const;
const map = { kind: 'map' } as const;

type Entry = string | readonly [name: string, type: ColumnType];

function columns(...entries: readonly Entry[]): Column[] {
  return entries.map((entry) => {
    const [name, type] =
      typeof entry === 'string' ? [entry, entry.endsWith('ccountId') ? account : text] : entry;
    return { name, column: asciiLower(name), type };
  });
}

/** The text with A to Z in lower case and all else unchanged: how a table's columns match the keys of a record, in every locale. */
export function asciiLower(name: string): string {
  // The record of a log may be the text.
  return isAscii(name)
    ? name.toLowerCase()
    : name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Whether all engines agree on the lower case of a text. */
export function isAscii(written: string): boolean {
  // oxlint-disable-next-line no-control-regex -- ASCII begins with control characters
  return /^[\x00-\x7f]*$/.test(written);
}

function struct(...entries: readonly Entry[]): ColumnType {
  return { kind: 'struct', members: columns(...entries) };
}

export const USER_IDENTITY: ColumnType = struct(
  'type',
  'principalId',
  'arn',
  'accountId',
  'invokedBy',
  'accessKeyId',
  'userName',
  ['onBehalfOf', struct('userId', 'identityStoreArn')],
  [
    'sessionContext',
    struct(
      ['attributes', struct('mfaAuthenticated', 'creationDate')],
      ['sessionIssuer', struct('type', 'principalId', 'arn', 'accountId', 'userName')],
      'ec2RoleDelivery',
      ['webIdFederationData', struct('federatedProvider', ['attributes', map])],
    ),
  ],
);

export const COLUMNS: readonly Column[] = columns(
  'eventVersion',
  ['userIdentity', USER_IDENTITY],
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  ['requestParameters', json],
  ['responseElements', json],
  ['additionalEventData', json],
  'requestID',
  'eventID',
  'readOnly',
  ['resources', { kind: 'list', of: struct('arn', 'accountId', 'type') }],
  'eventType',
  'apiVersion',
  'recipientAccountId',
  ['serviceEventDetails', json],
  'sharedEventID',
  'vpcEndpointId',
  'vpcEndpointAccountId',
  'eventCategory',
  ['addendum', struct('reason', 'updatedFields', 'originalRequestID', 'originalEventID')],
  'sessionCredentialFromConsole',
  ['edgeDeviceDetails', json],
  ['tlsDetails', struct('tlsVersion', 'cipherSuite', 'clientProvidedHostHeader')],
);

/** Whether a column's values are structs, lists or maps, and not text. */
export function isNested({ kind }: ColumnType): boolean {
  return kind !== 'text' && kind !== 'json';
}

/** The columns that hold these fields, in the table's order. A struct has only the members on the way to them. */
export function selectColumns(fields: readonly (readonly string[])[]): readonly Column[] {
  return select(COLUMNS, fields);
}

function select(
  members: readonly Column[],
  fields: readonly (readonly string[])[],
): readonly Column[] {
  return members.flatMap((member) => {
    const own = fields.filter(([key = '']) => asciiLower(key) === member.column);
    if (own.length === 0) return [];
    if (member.type.kind !== 'struct' || own.some(({ length }) => length === 1)) return [member];
    const inner = own.map(([, ...rest]) => rest);
    return [{ ...member, type: { kind: 'struct', members: select(member.type.members, inner) } }];
  });
}
