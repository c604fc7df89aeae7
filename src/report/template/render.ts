/** Renders a report with a user's own template. */
import mustache from 'mustache';
import { HuntError, reasonOf } from '../../errors.js';
import { safeLine } from '../../text/safe-text.js';
import type { Report } from '../report.js';
import { escapeFor } from './escape.js';
import type { Template } from './template.js';
import { viewOf } from './view.js';

/** mustache needs all findings in memory at once. */
const MOST_FINDINGS = 10_000;

/** The text. Throws a HuntError where there are too many findings for a template. */
export function renderTemplate(
  report: Report,
  { path, ending, text }: Template,
): readonly string[] {
  const { length } = report.findings;
  if (length > MOST_FINDINGS)
    throw new HuntError(
      'OUTPUT',
      `the template ${safeLine(path)}: there are ${length} findings, and a template takes at most ${MOST_FINDINGS}. Hunt a shorter window or fewer rules, or write another format`,
    );
  try {
    return [mustache.render(text, viewOf(report), {}, { escape: escapeFor(ending) })];
  } catch (error) {
    throw new HuntError('OUTPUT', `the template ${safeLine(path)}: ${safeLine(reasonOf(error))}`, {
      cause: error,
    });
  }
}
