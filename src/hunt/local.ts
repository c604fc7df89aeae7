/** Hunts local logs: reads them into DuckDB, which runs the query. */
import type { CallTotals } from '../answer/calls.js';
import { answerReader, matchReader } from '../answer/read-answer.js';
import { countsSql, matchesSql } from '../answer/statement/local-sql.js';
import { withReferences, type Batch } from '../batch/batch.js';
import { valuesIn } from '../cloudtrail/requirement.js';
import { expectedFiles } from '../dump/digest/expected.js';
import type { Dump, DumpSummary, DumpRequest } from '../dump/dump.js';
import { readDump } from '../dump/read/read.js';
import type { DuckdbEngine } from '../engine/duckdb/engine.js';
import { openDuckdb, openParquet } from '../engine/duckdb/open.js';
import { RecordBodies } from '../findings/record-bodies.js';
import { AnswerCollector, type Answer } from '../findings/collector.js';
import { columnsOfQuery, testedFields } from '../query/columns-read.js';
import { buildQuery } from '../query/build.js';
import { LOCAL_WATCHES } from '../query/watches.js';
import { NO_EVIDENCE } from '../report/completeness/completeness.js';
import { watchedEvidence } from '../watch/evidence.js';
import { recordsByAccount } from './assemble/coverage.js';
import { inGroups } from '../query/groups.js';
import type { Query } from '../query/query.js';
import { limitsOf, requirementOf, requirementOfFindings } from '../query/required.js';
import type { DigestCheck } from '../report/completeness/completeness.js';
import type { FileOutcomes, Report } from '../report/report.js';
import { leaveFew } from '../rule/filters.js';
import { duckdb } from '../sql/dialect/duckdb.js';
import { logWarnings } from './assemble/warnings.js';
import { follow, NOTHING_FOLLOWED, type Followed } from './follow/follow.js';
import { findInLogs } from './follow/in-logs.js';
import { requestsOfRun } from './run-files.js';
import { withDigests, type AnswerSource, type SourceAnswer } from './answer-source.js';
import { hunt, type HuntContext } from './hunt.js';
import type { LocalRequest } from './local-request.js';

/** Hunts local logs. Throws a HuntError if no report can be made. */
export async function huntLocal(request: LocalRequest, context: HuntContext): Promise<Report> {
  if (context.run === undefined) {
    const isCountingAtOnce =
      request.calls !== true && request.trustPaths !== true && leaveFew(context.given ?? []);
    return hunt(isCountingAtOnce ? countingSource(request) : localSource(request), context);
  }
  const { period, late } = requestsOfRun(request, context.run);
  return hunt(localSource(period), context, late && localSource(late, true));
}

/** The search for late events looks at what earlier runs have seen. */
function localSource(request: LocalRequest, isLate?: boolean): AnswerSource {
  const { rules, window, exclusions, filters, calls } = request;
  const watches = isLate === true ? undefined : LOCAL_WATCHES;
  const query = buildQuery(rules, window, { exclusions, filters, calls, watches });
  return {
    query,
    answer: (begin) => readAndQuery(request, query, begin),
    // Standard input can be read only once.
    countCalls: request.paths.includes('-') ? undefined : () => countedCalls(request),
  };
}

/** Counts the calls in the same reading, for a report that says them only where no rule matched. */
function countingSource(request: LocalRequest): AnswerSource {
  const source = localSource({ ...request, calls: true });
  let counted: CallTotals | undefined;
  return {
    query: source.query,
    answer: async (begin) => {
      const read = await source.answer(begin);
      counted = read.answer.calls;
      return { ...read, answer: { ...read.answer, calls: undefined } };
    },
    countCalls: () => Promise.resolve(counted),
  };
}

/** Reads the logs for the calls alone. */
async function countedCalls(request: LocalRequest): Promise<CallTotals | undefined> {
  const { window, exclusions, filters } = request;
  const query = buildQuery([], window, { exclusions, filters, calls: true });
  const { answer } = await readAndQuery(
    { ...request, onInputs: undefined, files: undefined, verify: undefined },
    query,
    (textOf) => new AnswerCollector(query, { textOf }),
  );
  return answer.calls;
}

async function readAndQuery(
  request: LocalRequest,
  query: Query,
  begin: Parameters<AnswerSource['answer']>[0],
): Promise<SourceAnswer> {
  const reading = dumpRequest(request, query);
  const dump = readDump(reading);
  const batches = started(dump.batches);
  const answer = await queried({ request, query, batches, begin });
  const { sessions } = answer.findings;
  const keys = dump.keys();
  for (const path of request.files?.mayIssue(sessions) ?? []) keys.add(path, undefined);
  const followed =
    reading.notesKeys === true
      ? await follow(sessions, findInLogs(reading, keys))
      : NOTHING_FOLLOWED;
  const summary = dump.summary();
  request.onInputs?.(summary.inputs);
  request.files?.onRead(dump.readings());
  const digests = await checkedDigests(request, { dump, reading });
  return withDigests(
    sourceAnswer(request, { answer, followed, names: dump.names() }, summary),
    digests,
  );
}

async function checkedDigests(
  { verify, paths, s3, window, now, signal }: LocalRequest,
  { dump, reading }: { readonly dump: Dump; readonly reading: DumpRequest },
): Promise<DigestCheck | null> {
  if (verify === undefined) return null;
  const { verified } = await import('./verify.js');
  const [evidence, isExpected] = [dump.evidence(), expectedFiles(reading)];
  return verified({ paths, s3, window, evidence, isExpected, now, signal }, verify);
}

interface Querying {
  readonly request: LocalRequest;
  readonly query: Query;
  readonly batches: AsyncIterable<Batch>;
  readonly begin: Parameters<AnswerSource['answer']>[0];
}

async function queried({ request, query, batches, begin }: Querying): Promise<Answer> {
  const engine = await openDuckdb(columnsOfQuery(query), request.signal);
  const bodies = new RecordBodies();
  try {
    await engine.load(withoutBodies(batches, bodies));
    request.onQuery?.();
    return await engine.withMemory(async () => {
      const collector = begin(bodies.textOf);
      try {
        for (const group of inGroups({ ...query, watches: undefined }))
          await addGroup(engine, group, collector);
        await addWatched(engine, query, collector);
        return collector.answer();
      } catch (error) {
        collector.close();
        throw error;
      }
    });
  } finally {
    bodies.close();
    await engine.close();
  }
}

/** Runs the statements of a group of rules. */
async function addGroup(
  engine: DuckdbEngine,
  group: Query,
  collector: AnswerCollector,
): Promise<void> {
  const read = answerReader(group);
  let isFound = false;
  for await (const row of engine.rowsInParts((from) => countsSql(group, duckdb, from))) {
    const counts = read(row);
    collector.add(counts);
    isFound ||= counts.kind === 'events' && [...counts.reached.values()].includes('finding');
  }
  if (!isFound) return;
  const readMatch = matchReader(group);
  const rows = engine.rowsInParts((from) => matchesSql(group, duckdb, { kind: 'loaded', from }));
  await collector.addMatches(mapped(rows, readMatch));
}

/** Runs the statement of the watches, so that those of the rules are what they would be without. */
async function addWatched(
  engine: DuckdbEngine,
  query: Query,
  collector: AnswerCollector,
): Promise<void> {
  if (query.watches === undefined) return;
  const watches: Query = { ...query, rules: [] };
  const rows = engine.rowsInParts((from) => matchesSql(watches, duckdb, { kind: 'loaded', from }));
  await collector.addWatched(mapped(rows, matchReader(watches)));
}

async function* mapped<T, U>(items: AsyncIterable<T>, become: (item: T) => U): AsyncGenerator<U> {
  for await (const item of items) yield become(item);
}

function dumpRequest(request: LocalRequest, query: AnswerSource['query']): DumpRequest {
  const { window, late, prune, paths, stdin, s3, workers, threads } = request;
  const { maxUnpacked, signal, onInputs, isKnown, files, onProgress } = request;
  const { prefilter } = request;
  const required = requirementOf(query);
  const eventNames = prefilter ? valuesIn(required, 'eventName') : undefined;
  const tested = query.rules.flatMap((rule) => testedFields(rule).map((field) => field.join('.')));
  return {
    window,
    late,
    prune,
    accountsAndRegions: request.trustPaths === true ? limitsOf(query) : undefined,
    paths,
    stdin,
    s3,
    required,
    found: requirementOfFindings(query),
    prefilter,
    notesKeys: request.follow !== false,
    columns: columnsOfQuery(query),
    hashes: onInputs !== undefined,
    isKnown: isKnown ?? files?.isKnown,
    notesFiles: files !== undefined,
    verify: request.verify && 'beside records',
    workers,
    threads,
    maxUnpacked,
    parquet: (path) => openParquet(path, { eventNames, tested }, signal),
    signal,
    onProgress,
  };
}

/** Replaces bodies by references: DuckDB would have each body in memory several times while it groups. */
async function* withoutBodies(
  batches: AsyncIterable<Batch>,
  bodies: RecordBodies,
): AsyncGenerator<Batch> {
  for await (const batch of batches)
    yield withReferences(batch, (bytes, ends, fingerprints) =>
      bodies.store(bytes, ends, fingerprints),
    );
}

/** The same items, but reading begins at once, so that it runs while DuckDB starts. */
function started<T>(source: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = source[Symbol.asyncIterator]();
  const first = iterator.next();
  // The first item may fail before it is awaited, which Node would treat as an unhandled rejection.
  first.catch(() => undefined);
  return (async function* rest() {
    try {
      for (let item = await first; item.done !== true; item = await iterator.next())
        yield item.value;
    } finally {
      await iterator.return?.();
    }
  })();
}

interface Found {
  readonly answer: Answer;
  readonly followed: Followed;
  /** The paths of all files that were found. */
  readonly names: readonly string[];
}

function sourceAnswer(
  { paths, window, late, now }: LocalRequest,
  { names, ...found }: Found,
  dump: DumpSummary,
): SourceAnswer {
  return {
    ...found,
    logs: dump,
    files: {
      read: dump.read,
      skipped: dump.skipped,
      skippedRecords: dump.skippedRecords,
      unreadable: lostEvidence(dump),
      repairedSurrogates: dump.repairedSurrogates,
    },
    source: { engine: 'duckdb', paths, table: null, missingFields: dump.missing, execution: null },
    stillFilling: now === undefined ? Infinity : now - late,
    evidence: {
      ...NO_EVIDENCE,
      ...watchedEvidence(found.answer.watched, {
        accounts: recordsByAccount(dump),
        files: { paths: names, named: new Set(paths) },
      }),
    },
    warnings: logWarnings(dump, window),
  };
}

function lostEvidence({ unreadable, unlisted }: DumpSummary): FileOutcomes['unreadable'] {
  if (unlisted === 0) return unreadable;
  return [
    ...unreadable,
    { path: '…', reason: `${unlisted} more files or records could not be read` },
  ];
}
