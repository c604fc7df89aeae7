/** The findings as newline-delimited JSON, for `jq`, `grep` and log stores. */
import type { Findings, Report } from './report.js';
import { safeJson } from '../text/safe-text.js';

/** One finding a line, with the rule that found it. */
export function* renderNdjson(report: Report): Generator<string> {
  for (const { rule, findings } of report.sections) {
    const head = `{"rule":${JSON.stringify(rule.id)},`;
    for (const text of findings.texts?.() ?? textsOf(findings))
      yield `${safeJson(head + text.slice(1))}\n`;
  }
}

function* textsOf(findings: Findings): Generator<string> {
  for (const finding of findings) yield JSON.stringify(finding);
}
