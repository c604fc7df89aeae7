/**
 * Reads one part of a hunt. In a columnar table, a first statement reads only the columns that counts and tests need, and a second one
 * all columns of the records that it found: findings are few. Where that cannot be, one statement reads all columns.
 */
import { answerReader, matchReader } from '../../../answer/read-answer.js';
import type { AnswerRow, EventsRow, MatchingRecord, RecordCount } from '../../../answer/row.js';
import { fingerprintOf, testedKey } from '../../../answer/statement/event-key.js';
import { isEventId } from '../../../cloudtrail/event-id.js';
import { isObject, parseJson } from '../../../cloudtrail/json.js';
import type { Row, TableEngine } from '../../../engine/engine.js';
import { StatementFailed } from '../../../engine/failure.js';
import type { AnswerCollector } from '../../../findings/collector.js';
import { sliceName, type Slice } from '../../../table/partitions/slice.js';
import type { HuntedTable } from '../plan/hunted-table.js';
import { byCodePoint } from '../../../cloudtrail/canonical.js';
import { switchesLogs } from '../../../query/watches.js';
import type { TablePlan } from '../plan/plan.js';
import { partSql, wantedSql, type StatementPart, type Wanted } from '../plan/statement.js';

export interface FilesKnown {
  /** The expression for the file of a record, until the engine says that it knows none. */
  source: string | undefined;
}

interface Reading {
  readonly table: HuntedTable;
  readonly engine: TableEngine;
  readonly plan: TablePlan;
  readonly collector: AnswerCollector;
  readonly files: FilesKnown;
  /** What the names of the statements begin with, where they are not those of the hunt itself. */
  readonly label?: string | undefined;
}

/** With more matching records in one part, most of its files hold one, and the second statement would read them again. */
const MOST_MATCHES = 1000;

/** The names of a part's statements. The journal of a hunt finds them by these names. */
export function partNames(slice: Slice, label?: string): readonly string[] {
  return Object.values(statementNames(slice, label)).flat();
}

/** Each with the files of its records, and without. */
function statementNames(slice: Slice, label?: string) {
  const name = label === undefined ? sliceName(slice) : `${label} ${sliceName(slice)}`;
  const both = (own: string): readonly [string, string] => [own, `${own} without files`];
  return {
    all: both(name),
    tested: both(`${name} tested columns`),
    findings: both(`${name} findings`),
  };
}

/** The fingerprints of the whole bodies of matching records, by `matchKey`. */
type Bodies = ReadonlyMap<string, ReadonlySet<string>>;

export class PartReader {
  private readonly reading: Reading;
  private narrow: TablePlan['narrow'];
  private readonly readRow: (row: Row) => AnswerRow;
  private readonly readMatch: (row: Row) => MatchingRecord;

  constructor(reading: Reading) {
    this.reading = reading;
    this.narrow = reading.plan.narrow;
    this.readRow = answerReader(reading.plan.query);
    this.readMatch = matchReader(reading.plan.query);
  }

  /** Gives the part's answer to the collector, and its counts. Throws as the engine does; then nothing is counted. */
  async read(part: StatementPart): Promise<readonly RecordCount[]> {
    const { narrow } = this;
    const counts = narrow && (await this.readNarrow(part, narrow));
    return counts ?? this.readAll(part);
  }

  private async readAll(part: StatementPart): Promise<readonly RecordCount[]> {
    const { plan, table, collector } = this.reading;
    const names = statementNames(part.slice, this.reading.label).all;
    const answer = collector.part();
    const counts: RecordCount[] = [];
    const sql = (source: string | undefined) => partSql(plan, { ...table, source }, part);
    for await (const row of this.rows(sql, names)) {
      const own = this.readRow(row);
      answer.add(own);
      if (own.kind === 'records') counts.push(own);
    }
    answer.complete();
    return counts;
  }

  /** Undefined where the two statements cannot give what one would give; then nothing is counted. */
  private async readNarrow(
    part: StatementPart,
    relation: NonNullable<TablePlan['narrow']>,
  ): Promise<readonly RecordCount[] | undefined> {
    const { plan, table, collector } = this.reading;
    const names = statementNames(part.slice, this.reading.label).tested;
    const answer = collector.part();
    const counts: RecordCount[] = [];
    const found: EventsRow[] = [];
    const matches: MatchingRecord[] = [];
    const watched: MatchingRecord[] = [];
    const sql = (source: string | undefined) =>
      partSql({ ...plan, relation }, { ...table, source }, { ...part, twice: true });
    for await (const row of this.rows(sql, names)) {
      const own = this.readRow(row);
      if (own.kind === 'records') {
        counts.push(own);
        answer.add(own);
      } else if (own.matches.length === 0) answer.add(compared(own));
      else {
        found.push(own);
        for (const match of own.matches) (match.rules.size > 0 ? matches : watched).push(match);
      }
      if (matches.length > MOST_MATCHES) {
        // Other parts will be like this one.
        this.narrow = undefined;
        return undefined;
      }
    }
    const bodies = await this.readMatches(part.slice, [...matches, ...fewWatched(watched)]);
    if (bodies === undefined) return undefined;
    for (const row of found) answer.add(compared(row, bodies));
    answer.complete();
    return counts;
  }

  /** Gives the records to the collector with all their columns. Undefined where they are not the records that matched. */
  private async readMatches(
    slice: Slice,
    matches: readonly MatchingRecord[],
  ): Promise<Bodies | undefined> {
    const bodies = new Map(matches.map((match) => [matchKey(match), new Set<string>()]));
    if (bodies.size === 0) return bodies;
    const { plan, table, collector } = this.reading;
    const wanted = wantedOf(matches);
    const sql = (source: string | undefined) =>
      wanted && wantedSql(plan, { ...table, source }, { slice, wanted });
    if (sql(table.source) === undefined) return undefined;
    let isChanged = false;
    const rows = this.rows(
      (source) => sql(source) ?? '',
      statementNames(slice, this.reading.label).findings,
    );
    const readMatch = this.readMatch;
    await collector.addMatches(
      (async function* () {
        for await (const row of rows) {
          const match = readMatch(row);
          const own = bodies.get(matchKey(match));
          own?.add(fingerprintOf(match.body));
          if (own !== undefined) yield match;
          else if (match.rules.size > 0) isChanged = true;
        }
      })(),
    );
    // Files may have been replaced between the two statements.
    return isChanged || [...bodies.values()].some(({ size }) => size === 0) ? undefined : bodies;
  }

  /** The rows of a statement; without the files of its records where it turns out that the engine knows none. */
  private async *rows(
    sql: (source: string | undefined) => string,
    [name, withoutFiles]: readonly [string, string],
  ): AsyncGenerator<Row> {
    const { table, engine, files } = this.reading;
    const { source } = files;
    try {
      yield* engine.rows(sql(source), source === table.source ? name : withoutFiles);
    } catch (error) {
      const isUnknown = error instanceof StatementFailed && error.reason.includes('$path');
      if (source === undefined || !isUnknown) throw error;
      files.source = undefined;
      yield* engine.rows(sql(undefined), withoutFiles);
    }
  }
}

/**
 * The row without its matches, and with what is known of the whole bodies of its events. A row with matches has one event, because
 * its records have an eventID.
 */
function compared(row: EventsRow, bodies: Bodies = new Map()): EventsRow {
  const own = new Set(row.matches.flatMap((match) => [...(bodies.get(matchKey(match)) ?? [])]));
  const [body] = own;
  return {
    ...row,
    matches: [],
    conflicting: row.conflicting || own.size > 1,
    keys: row.keys?.map((key) => testedKey(key, body)),
  };
}

/**
 * What only watches select must not make a hunt read more than its rules: not what cannot be found again, and of many, those that
 * matter most.
 */
function fewWatched(watched: readonly MatchingRecord[]): readonly MatchingRecord[] {
  return watched
    .map((match) => {
      const { eventid, eventname } = membersOf(match.body);
      const rank = isText(eventname) && switchesLogs(eventname) ? 0 : 1;
      return {
        match,
        isFound: isEventId(eventid),
        order: `${rank} ${match.eventTime} ${match.body}`,
      };
    })
    .filter(({ isFound }) => isFound)
    .toSorted((a, b) => byCodePoint(a.order, b.order))
    .slice(0, MOST_MATCHES)
    .map(({ match }) => match);
}

/** Undefined where a record has no eventID, by which it could be found again. */
function wantedOf(matches: readonly MatchingRecord[]): Wanted | undefined {
  const eventIDs = matches.map(({ body }) => membersOf(body)['eventid']).filter(isEventId);
  if (eventIDs.length < matches.length) return undefined;
  return {
    eventIDs: [...new Set(eventIDs)].toSorted(),
    times: allOf(matches.map(({ eventTime }) => eventTime)),
    files: allOf(matches.map(({ source }) => source)),
  };
}

/** The different texts; undefined if one is missing. */
function allOf(texts: readonly (string | null)[]): readonly string[] | undefined {
  return texts.includes(null) ? undefined : [...new Set(texts.filter(isText))].toSorted();
}

/** What both statements know of a matching record. */
function matchKey({ body, eventTime, source, rules }: MatchingRecord): string {
  const { eventid, eventname, recipientaccountid } = membersOf(body);
  return JSON.stringify([eventid, eventname, recipientaccountid, eventTime, source, [...rules]]);
}

function membersOf(body: string) {
  const members = parseJson(body);
  return isObject(members) ? members : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
