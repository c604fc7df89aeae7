/**
 * The report as JSON, described by `data/hunt-report-1.schema.json`. It is written finding by finding, because all findings
 * together may exceed memory or the longest string that V8 allows.
 */
import type { Finding } from './finding.js';
import type { Report } from './report.js';
import { safeJson } from '../text/safe-text.js';

type Pieces = (indent: string) => Iterable<string>;

const STEP = '  ';
/**
 * A finding that nests deeper, or that has more values, stands on one line. A log may nest a thousand levels, and a report
 * that indents each value that far would be hundreds of times as long as the log.
 */
const MOST_LEVELS = 16;
const MOST_VALUES = 10_000;

/** The same text as `JSON.stringify(report, null, 2)`, in pieces; but see `MOST_LEVELS`. */
export function* renderJson(report: Report): Generator<string> {
  yield* objectText(report, {
    findings: (inner) => listText(report.findings, inner, findingText),
  });
  yield '\n';
}

/** The object of a whole text. Members named in `inPieces` are written by their function, all others at once. */
export function* objectText(
  value: object,
  inPieces: Readonly<Record<string, Pieces>>,
): Generator<string> {
  let before = '{';
  for (const [key, member] of Object.entries(value)) {
    yield `${before}\n${STEP}${JSON.stringify(key)}: `;
    yield* inPieces[key]?.(STEP) ?? plainText(member, STEP);
    before = ',';
  }
  yield '\n}';
}

/** A list, item by item. */
export function* listText<T>(
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

/** A value, indented. JSON escapes line feeds in strings, so every line feed in the text is between tokens. */
export function* plainText(value: unknown, indent: string): Generator<string> {
  yield safeJson(JSON.stringify(value, null, STEP)).replaceAll('\n', `\n${indent}`);
}

function findingText(finding: Finding, indent: string): Iterable<string> {
  return isSmall(finding) ? plainText(finding, indent) : [safeJson(JSON.stringify(finding))];
}

/** Whether a finding may be indented. */
function isSmall(finding: Finding): boolean {
  let left = MOST_VALUES;
  const fits = (value: unknown, levels: number): boolean => {
    if (typeof value !== 'object' || value === null) return true;
    return levels > 0 && Object.values(value).every((item) => left-- > 0 && fits(item, levels - 1));
  };
  return fits(finding, MOST_LEVELS);
}
