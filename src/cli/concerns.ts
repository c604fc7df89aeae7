/** Writes the warnings and the lost evidence to stderr, if no report for people is printed: a scheduled run must show them too. */
import type { Report, Warning } from '../report/report.js';
import { safeLine } from '../text/safe-text.js';

const UNREADABLE_SHOWN = 20;

/** Lines with the warnings of the report, and with what could not be read. */
export function concerns({ warnings, sections, files }: Report): readonly string[] {
  const lost = files.unreadable.map(
    ({ path, reason }) => `hunt: could not read ${safeLine(path)}: ${safeLine(reason)}`,
  );
  const more = lost.length - UNREADABLE_SHOWN;
  return [
    ...warnings.map((warning) => warningLine(warning, '')),
    ...sectionConcerns(sections),
    ...lost.slice(0, UNREADABLE_SHOWN),
    ...(more > 0 ? [`hunt: could not read ${more} more; the json report names them all`] : []),
  ];
}

/** Each warning of the sections once. It names its rules, unless all rules have it. */
function sectionConcerns(sections: Report['sections']): readonly string[] {
  const rules = new Map<string, { readonly warning: Warning; readonly ids: string[] }>();
  for (const { rule, warnings } of sections)
    for (const warning of warnings) {
      const key = warningLine(warning, '');
      const known = rules.get(key);
      if (known) known.ids.push(rule.id);
      else rules.set(key, { warning, ids: [rule.id] });
    }
  return [...rules.values()].map(({ warning, ids }) =>
    warningLine(warning, ids.length === sections.length ? '' : `${ids.map(safeLine).join(', ')}: `),
  );
}

function warningLine({ code, message }: Warning, prefix: string): string {
  return `hunt: warning: ${prefix}${safeLine(message)} [${code}]`;
}
