/** The dialect of Trino, and of Athena engine version 3, which is based on Trino. */
import { TIME_PATTERN } from '../../cloudtrail/time/time.js';
import type { Dialect } from './dialect.js';
import { literal } from '../literal.js';

const jsonPath = (keys: readonly string[]): string =>
  literal(`$${keys.map((key) => `["${key.replace(/["\\]/g, '\\$&')}"]`).join('')}`);

// `\z` and not `$`, which also matches before a line feed at the end.
const whole = (pattern: string): string => literal(`\\A(?:${pattern})\\z`);

/** A pair of escaped surrogates, or an escaped backslash; what is left of `\ud8…` without them is unpaired. */
const PAIRED = '\\\\\\\\|\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}';
const UNPAIRED = '\\\\u[dD][89a-fA-F]';

export const trino: Dialect = {
  name: 'trino',
  jsonScalar: (column, keys) => `json_extract_scalar(${column}, ${jsonPath(keys)})`,
  jsonExists: (column, keys) =>
    `COALESCE(json_format(json_extract(${column}, ${jsonPath(keys)})) <> 'null', FALSE)`,
  mapEntry: (map, key) => `element_at(${map}, ${literal(key)})`,
  listItem: (list, index) => `element_at(${list}, ${index + 1})`,
  json: (value) => `json_format(CAST(${value} AS JSON))`,
  jsonObject: (entries) =>
    `json_format(CAST(MAP(ARRAY[${entries.map(([name]) => literal(name)).join(', ')}], ` +
    `ARRAY[${entries.map(([, value]) => value).join(', ')}]) AS JSON))`,
  jsonList: (entries, where) => {
    const values = entries.map(([, value]) => value).join(', ');
    const type = entries.map(([name]) => `${name} varchar`).join(', ');
    const list = `array_agg(DISTINCT CAST(ROW(${values}) AS ROW(${type}))) FILTER (WHERE ${where})`;
    return `json_format(CAST(${list} AS JSON))`;
  },
  distinctHours: (instant, where) =>
    `json_format(CAST(array_agg(DISTINCT CAST(floor(to_unixtime(${instant}) / 3600) AS bigint)) FILTER (WHERE ${where}) AS JSON))`,
  leastOf: (text, most) => `json_format(CAST(min(${text}, ${most}) AS JSON))`,
  fingerprint: (text) => `to_base64(md5(to_utf8(${text})))`,
  digest: (text) => `lower(to_hex(sha256(to_utf8(${text}))))`,
  instant: (time) =>
    `CASE WHEN regexp_like(${time}, ${whole(TIME_PATTERN)}) THEN date_trunc('millisecond', ` +
    `TRY(CAST(regexp_replace(replace(upper(${time}), 'T', ' '), '([.][0-9]{6})[0-9]+', '$1') AS timestamp(6) with time zone))) END`,
  timePart: (instant, part) => `CAST(${part}(${instant} AT TIME ZONE 'UTC') AS varchar)`,
  instantLiteral: (instant) =>
    `TIMESTAMP ${literal(new Date(instant).toISOString().replace('T', ' ').replace('Z', ' UTC'))}`,
  instantText: (instant) =>
    `format_datetime(${instant} AT TIME ZONE 'UTC', 'yyyy-MM-dd''T''HH:mm:ss.SSS''Z''')`,
  isOneOf: (text, constants) => `${text} IN (${constants.join(', ')})`,
  matches: (text, pattern) => `regexp_like(${text}, ${whole(pattern)})`,
  finds: (text, pattern) => `regexp_like(${text}, ${literal(pattern)})`,
  // CASE and not NULLIF: Trino 483 fails on NULLIF inside a lambda.
  jsonText: (value) =>
    `COALESCE(json_extract_scalar(${value}, '$'), ` +
    `CASE WHEN json_format(${value}) <> 'null' THEN json_format(${value}) END)`,
  jsonEach: (column, keys) => {
    const value = `json_extract(${column}, ${jsonPath(keys)})`;
    return `COALESCE(TRY_CAST(${value} AS ARRAY(JSON)), ARRAY[${value}])`;
  },
  jsonElements: (column, keys) =>
    `TRY_CAST(json_extract(${column}, ${jsonPath(keys)}) AS ARRAY(JSON))`,
  jsonValue: (value, key) => `json_extract(${value}, ${jsonPath([key])})`,
  // `json_extract` takes what follows the value, and `json_parse` fails on deep nesting even within TRY. `json_exists` reads the
  // whole text, here as the first of exactly two elements, and refuses more than 1,000 levels.
  jsonHeld: (text) =>
    `CASE WHEN regexp_like(${text}, ${literal('\\A[ \\t\\r\\n]*[{\\[]')}) ` +
    `AND json_exists('[' || ${text} || ',"end"]', 'strict $ ? (@.size() == 2 && @[1] == "end")' FALSE ON ERROR) ` +
    `AND NOT regexp_like(regexp_replace(${text}, ${literal(PAIRED)}, ''), ${literal(UNPAIRED)}) ` +
    `THEN json_extract(${text}, '$') END`,
  bound: (value, variable, use) =>
    `element_at(transform(ARRAY[${value}], ${variable} -> ${use}), 1)`,
  countElements: (list, variable, condition) =>
    `cardinality(filter(${list}, ${variable} -> ${condition}))`,
  paddedGroups: (text) => `array_join(transform(split(${text}, ':'), g -> lpad(g, 4, '0')), '')`,
  hexByte: (text) => `lpad(to_base(TRY_CAST(${text} AS bigint), 16), 2, '0')`,
  unique: () => 'CAST(uuid() AS varchar)',
};
