/** Makes the report from the answer to a hunt's query, in the same way for every engine. */
import { formatInstant } from '../../cloudtrail/time.js';
import type { Answer } from '../../findings/collector.js';
import { ruleId, type Query } from '../../query/query.js';
import type { FileOutcomes, Report, HuntSource, Warning } from '../../report/report.js';
import { REPORT_SCHEMA } from '../../text/own-report.js';
import { coverageOf, type LogsRead } from './coverage.js';
import { accountWarnings, regionWarnings } from './scope-warnings.js';
import { toSection } from './section.js';
import { ruleWarnings } from './warnings.js';

export interface ReportParts {
  readonly query: Query;
  readonly answer: Answer;
  readonly logs: LogsRead;
  readonly files: FileOutcomes;
  readonly source: HuntSource;
  /** About the logs as a whole. */
  readonly warnings: readonly Warning[];
  readonly version: string;
}

export function toReport(parts: ReportParts): Report {
  const { query, answer, logs, files, source, warnings, version } = parts;
  const { window } = query;
  const accounts = named(logs.coverage.map(({ account }) => account));
  const regions = named(logs.coverage.map(({ region }) => region));
  return {
    schema: REPORT_SCHEMA,
    tool: { name: 'hunt', version },
    window: { since: instantText(window.since), until: instantText(window.until) },
    source,
    files,
    coverage: coverageOf(logs, window),
    warnings,
    sections: query.rules.flatMap((rule) => {
      const own = answer.rules.get(ruleId(rule));
      if (own === undefined) return [];
      const { totals, hidden } = own;
      const ruleOnly = [
        ...accountWarnings(rule, hidden, accounts),
        ...regionWarnings(rule, regions),
        ...ruleWarnings(rule, totals, hidden),
      ];
      return [toSection({ rule, answer: own, read: logs.records, warnings: ruleOnly })];
    }),
  };
}

/** Each name once, sorted. */
function named(names: readonly (string | null)[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== null))].toSorted();
}

function instantText(instant: number | undefined): string | null {
  return instant === undefined ? null : formatInstant(instant);
}
