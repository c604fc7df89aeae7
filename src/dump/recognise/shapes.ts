/**
 * Names values that hold CloudTrail events in a form that cannot be taken for the events themselves, because it lacks what
 * rules need: rows and documents of other tools. A person then knows what to export instead.
 */
import { isObject, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { isServiceHost } from '../../cloudtrail/service-name.js';
import { ESCAPED_JSON, PYTHON_DICT } from '../split/notation.js';
import { plainKey } from './spelling.js';

/** The reason where nothing more can be said. */
export const UNKNOWN_FORM = 'JSON that holds CloudTrail events in a form hunt does not know';

/** The reason of an event that is a row of a list. */
export const LIST_ROW =
  'rows without the whole event: export CloudTrailEvent too, which holds the identity and the parameters';

const KEYS_AND_VALUES =
  'pairs of keys and values, into which events were cut: export the events whole';

/** What a table of events has besides their names. */
const OTHER_COLUMNS = ['eventsource', 'eventtime', 'eventid'];
const RESULT_COLUMNS = [...OTHER_COLUMNS, 'sourceipaddress', 'useridentity', 'awsregion'];

interface Shape {
  readonly reason: string;
  readonly matches: (value: JsonObject) => boolean;
}

const SHAPES: readonly Shape[] = [
  {
    reason:
      'OCSF rows of Amazon Security Lake, which is another schema: export the original events',
    matches: (value) =>
      Object.hasOwn(value, 'class_uid') &&
      (/cloudtrail/i.test(textAt(value, 'metadata', 'product', 'name')) ||
        isServiceHost(textAt(value, 'api', 'service', 'name'))),
  },
  {
    reason: 'Elastic documents without event.original, which holds the event: export it too',
    matches: (value) =>
      textAt(value, 'event', 'action') !== '' &&
      (isServiceHost(textAt(value, 'event', 'provider')) ||
        textAt(value, 'event', 'dataset') === 'aws.cloudtrail' ||
        at(value, 'aws', 'cloudtrail') !== undefined),
  },
  {
    reason: 'alerts of Falco, which do not hold the events: hunt the logs that Falco read',
    matches: (value) =>
      value['source'] === 'aws_cloudtrail' || at(value, 'output_fields', 'ct.name') !== undefined,
  },
  {
    reason: 'Datadog logs without the events themselves: export the original events',
    matches: (value) =>
      textAt(value, 'attributes', 'evt', 'name') !== '' &&
      [value['source'], value['service']].includes('cloudtrail'),
  },
  {
    reason: 'Athena query results: export the events as JSON',
    matches: (value) => {
      const rows = at(value, 'ResultSet', 'Rows') ?? value['Rows'];
      const header = Array.isArray(rows) ? at(rows[0], 'Data') : undefined;
      const isResult = Object.hasOwn(value, 'ResultSet');
      return namesColumns(
        Array.isArray(header) ? header.map((cell) => at(cell, 'VarCharValue')) : [],
        isResult ? RESULT_COLUMNS : OTHER_COLUMNS,
      );
    },
  },
  {
    reason: 'query results whose columns are named apart from the rows: export the events as JSON',
    matches: (value) => {
      const columns = value['columns'] ?? value['Columns'] ?? value['schema'] ?? value['fields'];
      const isTable = ['rows', 'data', 'Rows', 'values', 'datarows'].some((key) =>
        Array.isArray(value[key]),
      );
      if (!isTable || !Array.isArray(columns)) return false;
      const names = columns.map((column: Json) => at(column, 'name') ?? column);
      return (
        namesColumns(names) || (names.includes('event.action') && names.includes('event.provider'))
      );
    },
  },
  {
    reason: KEYS_AND_VALUES,
    matches: ({ key, value, ...more }) =>
      Object.keys(more).length === 0 &&
      key === 'eventVersion' &&
      typeof value === 'string' &&
      /^1\.\d\d$/.test(value),
  },
];

/** What an object is that holds events in a form of its own; undefined for any other. */
export function shapeOf(value: JsonObject): string | undefined {
  return SHAPES.find(({ matches }) => matches(value))?.reason;
}

/** What a list is that is one event, cut into pairs of name and value; undefined for any other. */
export function pairsOf(list: readonly Json[]): string | undefined {
  const names = list.map((item) => {
    if (!isObject(item)) return undefined;
    const keys = Object.keys(item);
    return keys.length === 1 ? keys[0] : item['field'];
  });
  const keys = list.map((item) => at(item, 'key'));
  // Filters have such pairs too. Only an event has a time or an ID.
  if (namesColumns(keys, ['eventtime', 'eventid'])) return KEYS_AND_VALUES;
  if (!namesColumns(names)) return undefined;
  return list.some((item) => at(item, 'field') !== undefined)
    ? 'CloudWatch Logs Insights results without @message, which holds the event'
    : 'CloudTrail Lake query results without eventJson, which holds the event';
}

/** Whether these are the names of columns of an event. */
function namesColumns(
  names: readonly (Json | undefined)[],
  others: readonly string[] = OTHER_COLUMNS,
): boolean {
  const plain = new Set(names.map((name) => (typeof name === 'string' ? plainKey(name) : '')));
  return plain.has('eventname') && others.some((key) => plain.has(key));
}

/** The value at a path, whose keys may be written as one, with dots. */
function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  if (path.length === 0) return value;
  if (!isObject(value)) return undefined;
  for (let length = path.length; length > 0; length--) {
    const key = path.slice(0, length).join('.');
    if (Object.hasOwn(value, key)) return at(value[key], ...path.slice(length));
  }
  return undefined;
}

/** The text at a path; Kibana puts it into a list. */
function textAt(value: JsonObject, ...path: readonly string[]): string {
  const found = at(value, ...path);
  const first = Array.isArray(found) ? (found[0] as Json | undefined) : found;
  return typeof first === 'string' ? first : '';
}

const TEXTS: readonly (readonly [shape: RegExp, name: string])[] = [
  // oxlint-disable-next-line no-control-regex -- colours begin with this character
  [/\x1b\[[\d;]*m/, 'JSON with terminal colours: save it without -C'],
  [/"=>\s*["{[]/, 'a Ruby hash: save the events as JSON'],
  [/\{\s*'[\w.]+'\s*:/, PYTHON_DICT],
  [/\{\s*\\+"[\w.]+\\+"\s*:/, ESCAPED_JSON],
  [/^json(?:\.\w+|\[\d+\])+ = /m, 'text of gron: use gron --ungron'],
  [/^\+ *["{}[\]]/m, 'text that holds CloudTrail events and is no JSON'],
  [
    /^[ \t\ufeff]*(?:\||\+-)[-=+| ]|^-{5,}\s*\n\|/m,
    'a table that AWS CLI printed: use --output json',
  ],
  [/^\s*<(?:\?xml|[A-Za-z])/, 'XML or HTML'],
  [/\b(?:CEF|LEEF):\d/, 'CEF or LEEF lines'],
  [/^(?:---\s*$|[ \t\ufeff]*-\s+\w+:|\w+:(?:\s|$))/m, 'YAML: use --output json'],
  [/^[\w "]+(?:[,;\t][\w "]*){2,}$/m, 'CSV'],
];

/** What a text is that holds events and is no JSON. */
export function textKind(text: string): string {
  const name = TEXTS.find(([shape]) => shape.test(text))?.[1];
  return name ?? 'text that holds CloudTrail events and is no JSON';
}
