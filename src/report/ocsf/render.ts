/**
 * The findings in the Open Cybersecurity Schema Framework (OCSF), for security data lakes and SIEMs: a Detection Finding for each, on
 * a line of its own. The profile Cloud says in which account and region it was, and with which call.
 */
import { safeJson } from '../../text/safe-text.js';
import { accountNames } from '../page/blocks/account-name.js';
import type { Report } from '../report.js';
import { detectionFinding } from './finding.js';

/** A line for each finding, in the order of the report. No line if there are no findings. */
export function* renderOcsf(report: Report): Generator<string> {
  const { findings, sections, source, tool } = report;
  const context = {
    version: tool.version,
    accountNames: accountNames(source),
    rules: new Map(sections.map(({ rule }) => [rule.id, rule])),
  };
  for (const finding of findings)
    yield `${safeJson(JSON.stringify(detectionFinding(finding, context)))}\n`;
}
