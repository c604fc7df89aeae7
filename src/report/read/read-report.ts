/**
 * Reads a report back, JSON or HTML. It may come from anywhere, so every value is checked against the schema before anything is made of
 * it. The findings may exceed memory: they stay in the file, and are read anew for each walk over them.
 */
import { readFileSync } from 'node:fs';
import { isDeeper, member, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { knownZone } from '../../cloudtrail/time/zone.js';
import { PACKAGE } from '../../package-files.js';
import { REPORT_SCHEMA } from '../../cloudtrail/own-report.js';
import { safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';
import type { Finding } from '../finding.js';
import type { Report } from '../report.js';
import { parsedFinding } from './findings.js';
import { MOST_LEVELS } from './json-layout.js';
import { completed, completedFinding } from './older.js';
import { schemaOf } from './schema-name.js';
import { checkOf, type Check } from './schema.js';
import type { StoredReport } from './stored-report.js';
import { openStored } from './stored.js';

export interface OpenedReport {
  readonly report: Report;
  /** The finding with this index, from 0. */
  readonly findingAt: (index: number) => Finding;
  /** Whether an earlier version wrote it, which made no overview. */
  readonly lacksOverview: boolean;
  /** The schema that the report names, if it is newer than what this version knows: what it adds cannot be shown. */
  readonly newerSchema: string | undefined;
  readonly close: () => void;
}

// In columns.
const SHORT = 60;

/** Opens a report and checks all of it. `name` is what errors call it. Throws a HuntError if it is none. */
export function readReport(path: string, name = path): OpenedReport {
  const stored = openStored(path, name);
  try {
    return checked(stored);
  } catch (error) {
    stored.file.close();
    throw error;
  }
}

function checked(stored: StoredReport): OpenedReport {
  const { file, members, length } = stored;
  const schema = schemaOf(stored);
  const newerSchema = schema === REPORT_SCHEMA ? undefined : schema;
  const own = reportSchema();
  const rest = completed({ ...members, schema: REPORT_SCHEMA });
  const checkValue = (value: Json, check: Check, prefix: string): void => {
    const problem = isDeeper(value, MOST_LEVELS)
      ? `${prefix} nests deeper than ${MOST_LEVELS} levels`
      : problemIn(value, check, prefix);
    if (problem === undefined) return;
    throw newerSchema === undefined
      ? file.refused(problem)
      : file.refused(
          problem,
          `It is of ${newerSchema}, which is newer than this hunt: update hunt`,
        );
  };
  checkValue(rest, checkOf(own), '');
  const zone = member(member(rest, 'audit'), 'timeZone');
  if (typeof zone === 'string' && knownZone(zone) === undefined)
    throw file.refused(`audit.timeZone is no time zone: ${shortText(zone)}`);
  const checkFinding = checkOf(own, 'finding');
  let number = 0;
  const read = (text: string, index: number): JsonObject =>
    completedFinding(parsedFinding(text, index, stored));
  for (const text of stored.texts())
    checkValue(read(text, number), checkFinding, `findings[${number++}]`);
  return {
    report: {
      ...reportOf(rest),
      findings: {
        length,
        *[Symbol.iterator]() {
          let index = 0;
          for (const text of stored.texts()) yield findingOf(read(text, index++));
        },
      },
    },
    findingAt: (index) => findingOf(read(stored.textAt(index), index)),
    lacksOverview: !Object.hasOwn(members, 'overview'),
    newerSchema,
    close: () => file.close(),
  };
}

function reportSchema(): JsonObject {
  const file = new URL('data/hunt-report-1.schema.json', PACKAGE);
  return JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
}

/** `findings[3].eventTime is no time: "…"`; undefined if nothing is wrong. */
function problemIn(value: Json, check: Check, prefix: string): string | undefined {
  const mistake = check(value);
  if (mistake === undefined) return undefined;
  const { path, problem } = mistake;
  const where = path.reduce<string>(
    (before, key) => (typeof key === 'number' ? `${before}[${key}]` : `${before}.${key}`),
    prefix,
  );
  const found = path.reduce<Json>((from, key) => memberAt(from, key), value);
  const shown = typeof found === 'object' ? '' : `: ${shortText(found)}`;
  return `${where.replace(/^\./, '')} ${problem}${shown}`;
}

function shortText(value: Json): string {
  return safeLine(truncate(JSON.stringify(value), SHORT));
}

function memberAt(value: Json, key: string | number): Json {
  return typeof key === 'number' ? ((value as readonly Json[])[key] ?? null) : member(value, key);
}

// The schema describes these types, and a test compares them: what passes its check has the type.
function reportOf(rest: JsonObject): Report {
  return rest as JsonObject & Report;
}

function findingOf(value: Json): Finding {
  return value as JsonObject & Finding;
}
