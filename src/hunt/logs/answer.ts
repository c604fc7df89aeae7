/** Answers the query of a hunt over local logs: loads what is read into DuckDB, runs the query, and makes the report. */
import type { CallTotals } from '../../answer/calls.js';
import { answerReader, matchReader } from '../../answer/read-answer.js';
import {
  countsSql,
  foundSql,
  matchesSql,
  TESTED_KEY,
  testedSql,
} from '../../answer/statement/local-sql.js';
import { withReferences, type Batch } from '../../batch/batch.js';
import { expectedFiles } from '../../dump/digest/expected.js';
import type { DumpSummary } from '../../dump/dump.js';
import type { DuckdbEngine } from '../../engine/duckdb/engine.js';
import { openDuckdb } from '../../engine/duckdb/open.js';
import { AnswerCollector, type Answer } from '../../findings/collector.js';
import { RecordBodies } from '../../findings/record-bodies.js';
import { buildQuery } from '../../query/build.js';
import { columnsOfQuery } from '../../query/columns-read.js';
import { inGroups } from '../../query/groups.js';
import type { Query } from '../../query/query.js';
import { NO_EVIDENCE } from '../../report/completeness/completeness.js';
import type { DigestCheck, LateFiles } from '../../report/completeness/digest-check.js';
import type { FileOutcomes, Report } from '../../report/report.js';
import { duckdb } from '../../sql/dialect/duckdb.js';
import { watchedEvidence } from '../../watch/evidence.js';
import { withDigestCheck, type AnswerSource, type SourceAnswer } from '../answer-source.js';
import { recordsByAccount } from '../assemble/coverage/coverage.js';
import { logWarnings } from '../assemble/warnings/warnings.js';
import { follow, NO_KEYS_FOLLOWED, type FollowedKeys } from '../follow/follow.js';
import { findInLogs } from '../follow/in-logs.js';
import { hunt, type HuntContext } from '../hunt.js';
import { beginReading, type BegunReading } from './reading.js';
import type { LogsRequest } from './request.js';

/** A hunt whose logs are being read. */
export interface BegunHunt {
  readonly reading: BegunReading;
  /** Whether the calls are counted in the same reading, for a report that says them only where no rule matched. */
  readonly countsAtOnce: boolean;
  /** The search for late events, which has not begun. */
  readonly late: Pick<BegunReading, 'request' | 'query'> | undefined;
}

/** The report of a hunt whose reading has begun. Throws a HuntError if none can be made. */
export function reportOf(
  { reading, countsAtOnce, late }: BegunHunt,
  context: HuntContext,
): Promise<Report> {
  const source = sourceOf(reading, () => reading);
  return hunt(
    countsAtOnce ? countingSource(source) : source,
    context,
    late && sourceOf(late, () => beginReading(late.request, late.query)),
  );
}

function sourceOf(
  { request, query }: Pick<BegunReading, 'request' | 'query'>,
  read: () => BegunReading,
): AnswerSource {
  return {
    query,
    answer: (begin) => answerOf(read(), begin),
    // Standard input can be read only once.
    countCalls: request.paths.includes('-') ? undefined : () => countedCalls(request),
    checkFiles: request.verifyFindings && ((sources) => checkedFiles(sources, request)),
  };
}

async function checkedFiles(
  sources: Iterable<string | null>,
  request: LogsRequest,
): Promise<LateFiles | null> {
  const { verifyFindings, paths, prune, s3, stdin, workers, threads } = request;
  const { maxUnpacked, signal, onInputs } = request;
  if (verifyFindings === undefined) return null;
  const { checkLateFiles } = await import('../late-files.js');
  const hashes = onInputs !== undefined;
  const { files, inputs } = await checkLateFiles(
    sources,
    { paths, prune, s3, stdin, workers, threads, maxUnpacked, hashes, signal },
    verifyFindings,
  );
  onInputs?.(inputs);
  return files;
}

/** Takes the calls out of the answer, for a report that says them only where no rule matched. */
function countingSource(source: AnswerSource): AnswerSource {
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
async function countedCalls(request: LogsRequest): Promise<CallTotals | undefined> {
  const { window, exclusions, filters } = request;
  const query = buildQuery([], window, { exclusions, filters, calls: true });
  const { answer } = await answerOf(
    beginReading(
      {
        ...request,
        onInputs: undefined,
        files: { isKnown: request.files?.isKnown },
        verify: undefined,
      },
      query,
    ),
    (textOf) => new AnswerCollector(query, { textOf }),
  );
  return answer.calls;
}

async function answerOf(
  { request, query, asked, dump, batches }: BegunReading,
  begin: Parameters<AnswerSource['answer']>[0],
): Promise<SourceAnswer> {
  const answer = await queried({ request, query, batches, begin });
  const { sessions } = answer.findings;
  const keys = dump.keys();
  for (const path of request.files?.mayIssue?.(sessions) ?? []) keys.add(path, undefined);
  const known = typeof request.follow === 'object' ? request.follow.known : [];
  const find = findInLogs(asked, keys);
  const followed =
    asked.notesKeys === true
      ? await follow(sessions, async (wanted) => [...known, ...(await find(wanted))])
      : NO_KEYS_FOLLOWED;
  const summary = dump.summary();
  request.onInputs?.(summary.inputs);
  request.files?.onRead?.(dump.readings());
  const digests = await checkedDigests(request, { dump, asked });
  return withDigestCheck(
    sourceAnswer(request, { answer, followed, names: dump.names() }, summary),
    digests,
  );
}

async function checkedDigests(
  { verify, paths, s3, window, now, signal }: LogsRequest,
  { dump, asked }: Pick<BegunReading, 'dump' | 'asked'>,
): Promise<DigestCheck | null> {
  if (verify === undefined) return null;
  const { verified } = await import('../verify.js');
  const [evidence, isExpected] = [dump.evidence(), expectedFiles(asked)];
  return verified({ paths, s3, window, evidence, isExpected, now, signal }, verify);
}

interface Querying {
  readonly request: LogsRequest;
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
  const tested = await engine.stored((from) => testedSql(group, duckdb, from), TESTED_KEY);
  let isFound = false;
  for await (const row of engine.rowsInParts((from) => countsSql(group, duckdb, from), tested)) {
    const counts = read(row);
    collector.add(counts);
    isFound ||= counts.kind === 'events' && [...counts.reached.values()].includes('finding');
  }
  if (!isFound) return;
  const readMatch = matchReader(group);
  await collector.addMatches(mapped(engine.rows(foundSql(tested(1, 0))), readMatch));
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

/** Replaces bodies by references: DuckDB would have each body in memory several times while it groups. */
async function* withoutBodies(
  batches: AsyncIterable<Batch>,
  bodies: RecordBodies,
): AsyncGenerator<Batch> {
  for await (const batch of batches)
    yield withReferences(batch, (texts, fingerprints) => bodies.store(texts, fingerprints));
}

interface Found {
  readonly answer: Answer;
  readonly followed: FollowedKeys;
  /** The paths of all files that were found. */
  readonly names: readonly string[];
}

function sourceAnswer(
  { paths, window, late, now }: LogsRequest,
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
        window,
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
