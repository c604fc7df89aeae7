/** The findings as newline-delimited JSON, for `jq`, `grep` and log stores. */
import type { Report } from './report.js';
import { safeJson } from './safe-text.js';

/** One finding a line, with the rule that found it. */
export function* renderNdjson(report: Report): Generator<string> {
  for (const { rule, findings } of report.sections)
    for (const finding of findings)
      yield `${safeJson(JSON.stringify({ rule: rule.id, ...finding }))}\n`;
}
