/** The report as JSON: `data/hunt-report-1.schema.json` describes it. */
import type { Report } from './report.js';
import { safeJson } from './safe-text.js';

/** The report itself, indented. */
export function renderJson(report: Report): string {
  return `${safeJson(JSON.stringify(report, null, 2))}\n`;
}
