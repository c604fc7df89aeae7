/** A hunt, whatever its engine: a source answers the query, and the answer becomes a report. */
import { AnswerCollector, type Answer } from '../findings/collector.js';
import type { Query } from '../query/query.js';
import type { FileOutcomes, Report, HuntSource, Warning } from '../report/report.js';
import type { LogsRead } from './assemble/coverage.js';
import { toReport } from './assemble/report.js';

/** What runs a query: local logs in DuckDB, or a table in Athena or Trino. */
export interface AnswerSource {
  readonly query: Query;
  /**
   * Runs the query once. `begin` makes an empty collector for its rows; a source that has to run the query anew begins with a new
   * one. Throws a HuntError where there is no answer.
   */
  answer(begin: (textOf?: (reference: string) => string) => AnswerCollector): Promise<SourceAnswer>;
}

/** The answer, and what was read for it. */
export interface SourceAnswer {
  readonly answer: Answer;
  readonly logs: LogsRead;
  readonly files: FileOutcomes;
  readonly source: Omit<HuntSource, 'config'>;
  /** What a reader must know of the logs as a whole. */
  readonly warnings: readonly Warning[];
}

/** What a report says of the hunt itself. */
export interface HuntContext {
  readonly version: string;
  readonly config: HuntSource['config'];
  /** What the command found out before the hunt. */
  readonly warnings: readonly Warning[];
}

/** Runs the hunt. Throws a HuntError where no report can be made. */
export async function hunt(source: AnswerSource, context: HuntContext): Promise<Report> {
  const { query } = source;
  const read = await source.answer((textOf) => new AnswerCollector(query, textOf));
  const { engine, paths, table, missingFields, execution } = read.source;
  return toReport({
    query,
    answer: read.answer,
    logs: read.logs,
    files: read.files,
    source: { engine, paths, table, config: context.config, missingFields, execution },
    warnings: [...context.warnings, ...read.warnings],
    version: context.version,
  });
}
