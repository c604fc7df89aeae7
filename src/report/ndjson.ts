/** The findings as newline-delimited JSON (NDJSON), for `jq`, `grep` and log stores. */
import type { Findings, Report } from './report.js';
import { safeJson } from '../text/safe-text.js';

/** A line for each finding, with the ID of the rule that matched it. No line if there are no findings. */
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
