/**
 * The kind of an event: what a trail must be told to log, apart from its management events. A hunt counts the kinds of all records,
 * because a log without data events says nothing of objects that were read.
 */

export type EventCategory = 'management' | 'data' | 'network activity' | 'unknown';

export interface RecordKind {
  readonly category: EventCategory;
  /** The service, of data events and network activity: a trail logs them for some services only. Null for the others. */
  readonly eventSource: string | null;
}

export const MANAGEMENT: RecordKind = { category: 'management', eventSource: null };
export const UNKNOWN: RecordKind = { category: 'unknown', eventSource: null };

/** The categories by CloudTrail's names. Insights and aggregated events are no events of this kind. */
export const CATEGORIES = {
  Management: 'management',
  Data: 'data',
  NetworkActivity: 'network activity',
} as const satisfies Readonly<Record<string, EventCategory>>;

const categories: ReadonlyMap<string, EventCategory> = new Map(Object.entries(CATEGORIES));

/** Calls that CloudTrail documents as data events since it began to log any. The quick pass knows these services too. */
export const DATA_CALLS = {
  's3.amazonaws.com': [
    'AbortMultipartUpload',
    'CompleteMultipartUpload',
    'CopyObject',
    'CreateMultipartUpload',
    'DeleteObject',
    'DeleteObjectTagging',
    'DeleteObjects',
    'GetObject',
    'GetObjectAcl',
    'GetObjectAttributes',
    'GetObjectLegalHold',
    'GetObjectRetention',
    'GetObjectTagging',
    'GetObjectTorrent',
    'HeadObject',
    'ListObjectVersions',
    'ListObjects',
    'ListParts',
    'PostObject',
    'PutObject',
    'PutObjectAcl',
    'PutObjectLegalHold',
    'PutObjectRetention',
    'PutObjectTagging',
    'RestoreObject',
    'SelectObjectContent',
    'UploadPart',
    'UploadPartCopy',
  ],
  'lambda.amazonaws.com': ['Invoke'],
} as const;

/** The fields of a record that say its kind. Undefined or null where it has none, or none that is text (or a boolean). */
export interface KindFields {
  readonly eventCategory: string | null | undefined;
  readonly managementEvent: string | null | undefined;
  readonly eventVersion: string | null | undefined;
  readonly eventSource: string | null | undefined;
  readonly eventName: string | null | undefined;
}

/** The kind of an event. Until version 1.07, no record had a category, and there were management and data events alone. */
export function kindOf(fields: KindFields): RecordKind {
  const category = categoryOf(fields);
  if (category === 'management') return MANAGEMENT;
  if (category === 'unknown') return UNKNOWN;
  return { category, eventSource: fields.eventSource ?? null };
}

/** What the names of CloudTrail's services end with, and the longest name of one. */
export const SOURCE_ENDING = '.amazonaws.com';
export const LONGEST_SOURCE = 64;

/** The name of a service as it is counted: any other text than a service of AWS, as of a hostile log, is none. */
export function countedSource(source: string | null): string | null {
  const isService = source?.endsWith(SOURCE_ENDING) === true && source.length <= LONGEST_SOURCE;
  return isService ? source : null;
}

function categoryOf(fields: KindFields): EventCategory {
  const { eventCategory, managementEvent, eventVersion, eventSource, eventName } = fields;
  if (typeof eventCategory === 'string') return categories.get(eventCategory) ?? 'unknown';
  if (managementEvent === 'true') return 'management';
  if (managementEvent === 'false' || isDataCall(eventSource, eventName)) return 'data';
  return OLD_VERSIONS.includes(eventVersion ?? '') ? 'management' : 'unknown';
}

/** The versions without categories. */
export const OLD_VERSIONS: readonly string[] = [
  '1.0',
  ...Array.from({ length: 7 }, (_, minor) => `1.0${minor}`),
];

const dataCalls: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(DATA_CALLS).map(([source, names]) => [source, new Set(names)]),
);

/** Whether the call is always a data event. */
function isDataCall(source: string | null | undefined, name: string | null | undefined): boolean {
  return dataCalls.get(source ?? '')?.has(name ?? '') === true;
}
