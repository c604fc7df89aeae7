/** From what an engine gave to the report, the same for every engine. */
import { formatInstant } from '../../cloudtrail/time.js';
import type { DumpAccount } from '../../dump/dump.js';
import type { Row } from '../../engine/engine.js';
import type { FileOutcomes, Findings, Report, Source, Warning } from '../../report/report.js';
import type { Query } from '../../query/query.js';
import { accountWarnings, regionWarnings } from './scope-warnings.js';
import { coverageOf } from './coverage.js';
import { foldAccount } from '../../answer/fold.js';
import type { Hidden } from '../../answer/hidden.js';
import { toSection } from './section.js';
import { ruleWarnings } from './warnings.js';

/** What was read, by whatever engine. */
export interface Outcome {
  readonly query: Query;
  /** Without what was found, which stands in `findings`, and what was hidden, each one a rule. */
  readonly rows: readonly Row[];
  readonly findings: readonly Findings[];
  readonly hidden: readonly (readonly Hidden[])[];
  readonly logs: Pick<DumpAccount, 'records' | 'first' | 'last' | 'coverage'>;
  readonly files: FileOutcomes;
  readonly source: Source;
  readonly warnings: readonly Warning[];
  readonly version: string;
}

/** The report. */
export function toReport(outcome: Outcome): Report {
  const { query, rows, findings, hidden, logs, files, source, warnings, version } = outcome;
  const { window } = query;
  const inLogs = [...new Set(logs.coverage.flatMap((cell) => cell.account ?? []))].toSorted();
  const regions = [...new Set(logs.coverage.flatMap((cell) => cell.region ?? []))].toSorted();
  return {
    schema: 'hunt-report/1',
    tool: { name: 'hunt', version },
    window: { since: instantText(window.since), until: instantText(window.until) },
    source,
    files,
    coverage: coverageOf(logs, window),
    warnings,
    sections: query.rules.map((rule, index) => {
      const account = foldAccount(rows, index + 1, rule.conjuncts.length + 1);
      const tests = hidden[index] ?? [];
      const own = [
        ...accountWarnings(rule, tests, inLogs),
        ...regionWarnings(rule, regions),
        ...ruleWarnings(rule, account, tests),
      ];
      return toSection(rule, account, tests, logs.records, own, findings[index] ?? []);
    }),
  };
}

function instantText(instant: number | undefined): string | null {
  return instant === undefined ? null : formatInstant(instant);
}
