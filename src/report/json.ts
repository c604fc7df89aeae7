/** The report as JSON: `data/hunt-report-1.schema.json` describes it. */
import type { Report } from './report.js';
import { safeJson } from '../text/safe-text.js';

type Pieces = (indent: string) => Iterable<string>;

const STEP = '  ';

/** The report itself, as `JSON.stringify(report, null, 2)` gives it, but finding by finding. */
export function* renderJson(report: Report): Generator<string> {
  yield* objectText(report, '', {
    sections: (inner) =>
      listText(report.sections, inner, (section, indent) =>
        objectText(section, indent, {
          findings: (deeper) => listText(section.findings, deeper, plainText),
        }),
      ),
  });
  yield '\n';
}

/** An object whose members are small, but for those that are given in pieces. */
function* objectText(
  value: object,
  indent: string,
  inPieces: Readonly<Record<string, Pieces>>,
): Generator<string> {
  const inner = indent + STEP;
  let before = '{';
  for (const [key, member] of Object.entries(value)) {
    yield `${before}\n${inner}${JSON.stringify(key)}: `;
    yield* inPieces[key]?.(inner) ?? plainText(member, inner);
    before = ',';
  }
  yield `\n${indent}}`;
}

function* listText<T>(
  items: Iterable<T>,
  indent: string,
  itemText: (item: T, indent: string) => Iterable<string>,
): Generator<string> {
  const inner = indent + STEP;
  let before = '[';
  for (const item of items) {
    yield `${before}\n${inner}`;
    yield* itemText(item, inner);
    before = ',';
  }
  yield before === '[' ? '[]' : `\n${indent}]`;
}

/** A value at its depth. Every line feed stands between tokens: inside strings they are escapes. */
function* plainText(value: unknown, indent: string): Generator<string> {
  yield safeJson(JSON.stringify(value, null, STEP)).replaceAll('\n', `\n${indent}`);
}
