/**
 * The findings in SARIF 2.1.0, which code scanning, CI systems and editors read. Findings are about events and not about lines of
 * code, so a location is a log file and the ID of an event. Each result is a line of its own, made one at a time.
 */
import { safeJson } from '../../text/safe-text.js';
import { SARIF_START } from '../../cloudtrail/own-report.js';
import { accountNames } from '../page/blocks/account-name.js';
import type { Report } from '../report.js';
import { invocationOf, noticeRules } from './invocation.js';
import { resultOf } from './result.js';
import { ruleOf } from './rule.js';

/** The report in pieces: the run, then a line for each finding. */
export function* renderSarif(report: Report): Generator<string> {
  const { findings, sections, exceptions, source } = report;
  const settings = {
    accountNames: accountNames(source),
    ruleIndex: new Map(sections.map(({ rule }, index) => [rule.id, index])),
    exceptions: new Map(exceptions.map((exception) => [exception.id, exception])),
  };
  yield `${SARIF_START}${jsonText(driverOf(report)).slice('{"name":"hunt"'.length)}}`;
  for (const [key, value] of Object.entries(runOf(report)))
    yield `,\n${jsonText(key)}:${jsonText(value)}`;
  yield ',\n"results":[';
  let before = '\n';
  for (const finding of findings) {
    yield `${before}${jsonText(resultOf(finding, settings))}`;
    before = ',\n';
  }
  yield '\n]}]}\n';
}

/** Its name comes first: by it hunt knows its own reports. */
function driverOf(report: Report): object {
  return {
    name: 'hunt',
    version: report.tool.version,
    rules: report.sections.map(ruleOf),
    notifications: noticeRules(report),
  };
}

function runOf(report: Report): Readonly<Record<string, unknown>> {
  const { run, window, source, coverage, files } = report;
  return {
    // Runs of one schedule follow each other; those of others are not comparable.
    ...(run !== null && { automationDetails: { id: `hunt/${run.report}/${run.period.name}` } }),
    invocations: [invocationOf(report)],
    properties: {
      window,
      engine: source.engine,
      table: source.table,
      logs: { first: coverage.first, last: coverage.last },
      filesRead: files.read,
      findings: report.findings.length,
    },
  };
}

function jsonText(value: unknown): string {
  return safeJson(JSON.stringify(value));
}
