/** The findings as newline-delimited JSON (NDJSON), for `jq`, `grep` and log stores. */
import type { Findings } from './finding.js';
import type { Report } from './report.js';
import { safeJson } from '../text/safe-text.js';

/** A line for each finding, in the order of the report. No line if there are no findings. */
export function* renderNdjson({ findings }: Report): Generator<string> {
  for (const text of findings.texts?.() ?? textsOf(findings)) yield `${safeJson(text)}\n`;
}

function* textsOf(findings: Findings): Generator<string> {
  for (const finding of findings) yield JSON.stringify(finding);
}
