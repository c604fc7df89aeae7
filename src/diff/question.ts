/** What two hunts asked, and how that differs. */
import type { Report, Section } from '../report/report.js';
import { timeSpan } from '../report/page/blocks/words.js';
import { differs, itemsDiffer, namedDiffer } from './differences.js';
import type { Difference } from './model.js';

/**
 * One entry for each part of the question that differs: the version, the window, the source, filters, rules and their
 * parameters.
 */
export function questionDiffers(before: Report, after: Report): readonly Difference[] {
  const both = <T>(of: (report: Report) => T): readonly [T, T] => [of(before), of(after)];
  return [
    ...differs('version of hunt', ...both(({ tool }) => tool.version)),
    ...differs('kind', ...both(({ subject }) => subject?.kind ?? 'rules')),
    ...differs('subject', ...both(({ subject }) => subject?.text ?? null)),
    ...differs('window', ...both(({ window }) => timeSpan(window.since, window.until))),
    ...differs('engine', ...both(({ source }) => source.engine)),
    ...differs('table', ...both(({ source }) => source.table)),
    ...itemsDiffer('paths', ...both(({ source }) => source.paths)),
    ...namedDiffer(
      'configuration',
      ...both(({ source: { config } }) =>
        namesOf(config === null ? [] : [[config.path, config.sha256]]),
      ),
    ),
    ...itemsDiffer(
      'filters',
      ...both(({ filters }) =>
        filters.map(({ option, values }) => `${option} ${values.join(',')}`),
      ),
    ),
    ...namedDiffer(
      'rule',
      ...both(({ sections }) => namesOf(sections.map(({ rule }) => [rule.id, 'applied']))),
    ),
    ...rulesDiffer(before, after),
    ...namedDiffer(
      'rule that could not be used',
      ...both(({ ruleFiles }) =>
        namesOf(ruleFiles.refused.map(({ file, reason }) => [file, reason])),
      ),
    ),
    ...differs(
      'compared with exceptions, tickets or earlier reports',
      ...both(({ dispositions }) => (dispositions === null ? 'no' : 'yes')),
    ),
  ];
}

/** Of the rules that both reports have. */
function rulesDiffer(before: Report, after: Report): readonly Difference[] {
  const others = new Map(after.sections.map((section) => [section.rule.id, section]));
  return before.sections.flatMap((section) => {
    const other = others.get(section.rule.id);
    return other === undefined ? [] : ruleDiffers(section, other);
  });
}

function ruleDiffers(before: Section, after: Section): readonly Difference[] {
  const { id } = before.rule;
  const parameters = ({ rule }: Section): ReadonlyMap<string, string> =>
    namesOf(
      rule.parameters.map(({ name, values }) => [
        `${id} ${name}`,
        values === 'any' ? values : values.join(', '),
      ]),
    );
  return [
    ...namedDiffer('parameter', parameters(before), parameters(after)),
    ...[
      ...differs('rule file', before.rule.sha256, after.rule.sha256),
      ...differs('severity of the rule', before.rule.severity, after.rule.severity),
      ...itemsDiffer('condition', before.rule.condition, after.rule.condition),
    ].map((one) => ({ ...one, name: id })),
  ];
}

function namesOf(
  entries: readonly (readonly [name: string, value: string])[],
): ReadonlyMap<string, string> {
  return new Map(entries);
}
