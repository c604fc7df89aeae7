/** The findings as newline-delimited JSON, for `jq`, `grep` and log stores. */
import type { Report } from './report.js';
import { safeJson } from './safe-text.js';

/** One finding a line, with the rule that found it. */
export function renderNdjson(report: Report): string {
  return report.sections
    .flatMap(({ rule, findings }) =>
      findings.map((finding) => `${safeJson(JSON.stringify({ rule: rule.id, ...finding }))}\n`),
    )
    .join('');
}
