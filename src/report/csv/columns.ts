/**
 * Which columns a CSV report has. A rule's `OutputFields` choose them. But every row must say when, which call, in which
 * account, by whom, with which request, and in which file: columns for these are added if they are missing.
 */
import type { Json } from '../../cloudtrail/json.js';
import type { Finding } from '../report.js';
import { documentedName, fieldReader } from './field.js';

export interface CsvColumn {
  readonly name: string;
  /** The value in a finding; null if it has none. */
  readonly valueIn: (finding: Finding) => Json;
}

/** For a rule without `OutputFields`. */
const DEFAULT_FIELDS = [
  'eventName',
  'eventSource',
  'awsRegion',
  'recipientAccountId',
  'sourceIPAddress',
  'userAgent',
  'userIdentity',
];
const FIRST: readonly CsvColumn[] = [
  fieldColumn('eventTime'),
  { name: 'outcome', valueIn: ({ outcome }) => outcome },
  { name: 'rules', valueIn: ({ rules }) => rules.map(({ id }) => id).join(' ') },
];
const ALWAYS = [
  'eventName',
  'errorCode',
  'recipientAccountId',
  'userIdentity.type',
  'userIdentity.arn',
  'eventID',
  'requestParameters',
];
/** The column for the file, which every report has. It is not a field of an event. */
const LAST: CsvColumn = { name: 'source', valueIn: ({ source }) => source };

/**
 * The columns of a report on rules with these `OutputFields`: first the time, because the rows are sorted by it, whether it
 * happened, and which rules matched it; then the fields, each once; then the columns that every report has; and last the file.
 */
export function columnsOf(outputFields: readonly (readonly string[])[]): readonly CsvColumn[] {
  const chosen = outputFields.flatMap((fields) => (fields.length > 0 ? fields : DEFAULT_FIELDS));
  const names = new Set([...chosen.map(documentedName), ...ALWAYS]);
  for (const { name } of [...FIRST, LAST]) names.delete(name);
  return [...FIRST, ...[...names].map(fieldColumn), LAST];
}

function fieldColumn(name: string): CsvColumn {
  return { name, valueIn: fieldReader(name) };
}
