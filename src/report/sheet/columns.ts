/**
 * The columns of the formats with a row for each finding (CSV, XLSX). The first say what a reader wants to know: when, whether it
 * happened, what, who, how and where. The fields that the rules' `OutputFields` name follow. The rest is what every row must have.
 */
import type { ChangedResource } from '../../change/change.js';
import type { Json } from '../../cloudtrail/json.js';
import { safeLine } from '../../text/safe-text.js';
import { calledText } from '../called.js';
import { lastEndOf } from '../lasting.js';
import { leadingRule } from '../severity.js';
import type { Finding } from '../finding.js';
import { documentedName, fieldReader } from './field.js';

export interface SheetColumn {
  readonly name: string;
  /** The value in a finding; null if it has none. `number` is its place in the report, from 1. */
  readonly valueIn: (finding: Finding, number: number) => Json;
  /** About how many characters its values have. */
  readonly width: number;
}

const FIRST: readonly SheetColumn[] = [
  { name: 'time', width: 24, valueIn: ({ eventTime }) => eventTime },
  { name: 'result', width: 10, valueIn: ({ outcome }) => outcome },
  { name: 'change', width: 80, valueIn: changeText },
  { name: 'who', width: 30, valueIn: ({ actor }) => safeLine(actor.name) },
  { name: 'how', width: 32, valueIn: ({ how }) => how.class },
  { name: 'account', width: 14, valueIn: ({ recipientAccountId }) => recipientAccountId },
  { name: 'region', width: 14, valueIn: ({ awsRegion }) => awsRegion },
  { name: 'resource', width: 30, valueIn: ({ change }) => resourceText(change?.resources ?? []) },
];

const REST: readonly SheetColumn[] = [
  { name: 'exposure', width: 16, valueIn: ({ change }) => change?.exposure?.peer ?? null },
  { name: 'severity', width: 10, valueIn: highestSeverity },
  { name: 'rules', width: 40, valueIn: ({ rules }) => rules.map(({ id }) => id).join(' ') },
  { name: 'status', width: 10, valueIn: ({ disposition }) => disposition?.status ?? null },
  { name: 'late', width: 12, valueIn: ({ disposition }) => disposition?.late ?? null },
  { name: 'exception', width: 12, valueIn: ({ disposition }) => disposition?.exception ?? null },
  { name: 'ticket', width: 14, valueIn: ({ disposition }) => disposition?.ticket?.id ?? null },
  {
    name: 'unexplained',
    width: 12,
    valueIn: ({ disposition }) => disposition?.unexplained ?? null,
  },
  { name: 'kinds', width: 16, valueIn: ({ kinds }) => kinds.join(' ') },
  fieldColumn('eventName'),
  fieldColumn('eventSource'),
  fieldColumn('errorCode'),
  fieldColumn('errorMessage'),
  { name: 'principal', width: 50, valueIn: ({ actor }) => actor.principal },
  { name: 'role', width: 20, valueIn: ({ actor }) => actor.role },
  { name: 'session', width: 20, valueIn: ({ actor }) => actor.session },
  { name: 'accessKey', width: 22, valueIn: ({ actor }) => actor.accessKey },
  { name: 'mfa', width: 6, valueIn: ({ actor }) => actor.mfa },
  { name: 'origin', width: 18, valueIn: ({ actor }) => actor.origin },
  { name: 'carrier', width: 14, valueIn: ({ how }) => how.carrier },
  { name: 'tool', width: 30, valueIn: ({ how }) => how.tool },
  fieldColumn('sourceIPAddress'),
  fieldColumn('userAgent'),
  fieldColumn('eventID'),
  fieldColumn('requestParameters'),
  fieldColumn('responseElements'),
  { name: 'source', width: 40, valueIn: ({ source }) => source },
  { name: 'end', width: 14, valueIn: (finding) => lastEndOf(finding).end },
  { name: 'until', width: 24, valueIn: (finding) => lastEndOf(finding).until },
  { name: 'attention', width: 24, valueIn: ({ attention }) => attention.join('; ') || null },
];

/** The columns of a report on rules with these `OutputFields`. Each name stands once. */
export function columnsOf(outputFields: readonly (readonly string[])[]): readonly SheetColumn[] {
  const chosen = outputFields.flat().map((field) => fieldColumn(documentedName(field)));
  const names = new Set([...chosen, ...REST].map(({ name }) => name));
  for (const { name } of FIRST) names.delete(name);
  // A column of the rest may have a name that a rule's field has too. It is shown where the rule names it.
  const byName = new Map([...chosen, ...REST].map((column) => [column.name, column]));
  return [...FIRST, ...[...names].flatMap((name) => byName.get(name) ?? [])];
}

/** A column for a field of the event, by its documented name. */
export function fieldColumn(name: string): SheetColumn {
  return { name, width: 24, valueIn: fieldReader(name) };
}

/** What was changed, on one line: the other cells keep the line breaks and tabs of what was logged. */
export function changeText({ change, eventName }: Finding): string {
  return safeLine(change?.sentence ?? calledText(eventName));
}

/** `sg-1 "web"; vpc-1`, on one line; null if the change names none. */
export function resourceText(resources: readonly ChangedResource[]): string | null {
  const texts = resources.map(({ id, name }) => (name === null ? id : `${id} "${name}"`));
  return texts.length === 0 ? null : safeLine(texts.join('; '));
}

/** The highest of the severities that the rules give the event. */
export function highestSeverity({ rules }: Finding): string | null {
  return leadingRule(rules)?.severity ?? null;
}
