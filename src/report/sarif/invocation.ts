/** The hunt itself, as SARIF's invocation: whether it saw everything, and if not, what it did not see. */
import type { Report, Section, Warning } from '../report.js';
import { causesThree, WARNINGS } from '../warnings.js';
import { messageText, uriOf } from './text.js';

const LOST = 'EVIDENCE_LOST';
const REFUSED = 'RULE_NOT_USED';

/** It failed where a zero would be no answer: evidence was lost, or nothing was looked at. */
export function invocationOf(report: Report): object {
  const { files, ruleFiles, warnings, sections, completeness } = report;
  const all = [...warnings, ...sections.flatMap((section) => section.warnings)];
  const isWhole =
    files.unreadable.length === 0 &&
    ruleFiles.refused.length === 0 &&
    !all.some((warning) => causesThree(warning, false));
  return {
    executionSuccessful: isWhole,
    properties: {
      completeness: {
        verdict: completeness.verdict,
        sentence: messageText(completeness.sentence),
      },
    },
    toolExecutionNotifications: [
      ...files.unreadable.map(lossOf),
      ...warnings.map((warning) => noticeOf(warning)),
      ...sections.flatMap((section, index) =>
        section.warnings.map((warning) => noticeOf(warning, { section, index })),
      ),
    ],
    toolConfigurationNotifications: ruleFiles.refused.map(({ file, line, column, reason }) => ({
      descriptor: { id: REFUSED },
      level: 'error',
      message: { text: messageText(`a rule could not be used: ${reason}`) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(file) },
            ...(line > 0 && column > 0 && { region: { startLine: line, startColumn: column } }),
          },
        },
      ],
    })),
  };
}

function lossOf({ path, reason }: Report['files']['unreadable'][number]): object {
  return {
    descriptor: { id: LOST },
    level: 'error',
    message: { text: messageText(`could not read ${path}: ${reason}`) },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) } } }],
  };
}

interface PlacedSection {
  readonly section: Section;
  readonly index: number;
}

function noticeOf(warning: Warning, of?: PlacedSection): object {
  return {
    descriptor: { id: warning.code },
    ...(of && { associatedRule: { id: of.section.rule.id, index: of.index } }),
    level: causesThree(warning, false) ? 'error' : 'warning',
    message: { text: messageText(warning.message) },
  };
}

/** What the codes of the notifications mean. */
export function noticeRules({ warnings, sections }: Report): readonly object[] {
  const codes = [...warnings, ...sections.flatMap((section) => section.warnings)].map(
    ({ code }) => code,
  );
  const known = [...new Set(codes)].toSorted().map((code) => {
    const { meaning, whatToDo } = WARNINGS[code];
    return descriptor(code, `${meaning} What to do: ${whatToDo}`);
  });
  return [
    descriptor(
      LOST,
      'A file, a record or a part of a table could not be read. There may be more findings.',
    ),
    descriptor(REFUSED, 'A rule could not be used, so what it describes was not looked for.'),
    ...known,
  ];
}

function descriptor(id: string, text: string): object {
  return { id, shortDescription: { text: messageText(text) } };
}
