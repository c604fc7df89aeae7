/**
 * Which columns a CSV report has. A rule's `OutputFields` choose them, but a row must always answer when, which call, in
 * which account, by whom, asking for what, and where the evidence is: columns for these are added where they are missing.
 */
import type { Json } from '../../cloudtrail/json.js';
import type { FullFinding } from '../report.js';
import { documentedName, fieldReader, isShownField } from './field.js';

export interface CsvColumn {
  readonly name: string;
  /** The value in a finding; null where it has none. */
  readonly valueIn: (finding: FullFinding) => Json;
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
const FIRST = 'eventTime';
const ALWAYS = [
  'eventName',
  'recipientAccountId',
  'userIdentity.type',
  'userIdentity.arn',
  'eventID',
  'requestParameters',
];
/** The file: a column of every report, and not a field of an event. */
const LAST: CsvColumn = { name: 'source', valueIn: ({ finding }) => finding.source };

/**
 * The columns of a report whose rules have these `OutputFields`: the time first, because it orders the rows; then the
 * fields, each where it is named first; then what must not be missing, the file last.
 */
export function columnsOf(outputFields: readonly (readonly string[])[]): readonly CsvColumn[] {
  const chosen = outputFields.flatMap((fields) => (fields.length > 0 ? fields : DEFAULT_FIELDS));
  const names = new Set([FIRST, ...chosen.map(documentedName), ...ALWAYS]);
  names.delete(LAST.name);
  return [...[...names].map(fieldColumn), LAST];
}

/** Whether the value of a column is among what a report shows of every finding. */
export function isInFinding({ name }: CsvColumn): boolean {
  return name === LAST.name || isShownField(name);
}

function fieldColumn(name: string): CsvColumn {
  return { name, valueIn: fieldReader(name) };
}
