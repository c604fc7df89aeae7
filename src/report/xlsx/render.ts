/**
 * The report as a workbook of Excel (Office Open XML): the findings, what was read and lost, the rules, and what exclusions hid. Unlike
 * in CSV, each text is text: an account keeps its leading zero, and no spreadsheet takes a value for a formula. The rows are packed
 * as they are made, so memory stays bounded.
 */
import { chunked } from '../chunks.js';
import type { Report } from '../report.js';
import { columnsFor, rowsOf } from '../sheet/rows.js';
import { Archive } from './archive.js';
import { rowXml, type CellValue } from './cell.js';
import { COMPLETENESS, completenessRows } from './completeness.js';
import { EXCLUSIONS, exclusionRows, RULES, ruleRows } from './rules.js';
import { sheetPart, workbookOf, type SheetHead, type Workbook } from './workbook.js';

/** Of a sheet in Excel, with its header. */
const MOST_ROWS = 1_048_576;
/** In UTF-16 units: some readers do not unpack a part of 2 GB or more, which these may become in UTF-8. */
const MOST_LENGTH = 700_000_000;

type Rows = Iterator<readonly CellValue[]>;

/** The sheets in the order of reading. Findings that a sheet does not hold are in a further one. */
export async function* renderXlsx(report: Report): AsyncGenerator<Uint8Array> {
  const columns = columnsFor(report);
  const findings: SheetHead = { name: 'Findings', columns };
  const others: readonly (readonly [SheetHead, (report: Report) => Rows])[] = [
    [COMPLETENESS, completenessRows],
    [RULES, ruleRows],
    [EXCLUSIONS, exclusionRows],
  ];
  const heads = others.map(([head]) => head);
  const archive = new Archive();
  const rows = peekable(rowsOf(report, columns));
  const { sheets: plain } = await workbookOf([findings, ...heads]);
  const [first, ...rest] = plain;
  let count = 0;
  do yield* archive.part(sheetPart(count++), sheetXml(first, rows));
  while (!rows.isDone());
  for (const [index, [, make]] of others.entries())
    yield* archive.part(sheetPart(count + index), sheetXml(rest[index], peekable(make(report))));
  const further = Array.from({ length: count - 1 }, (_, index) => ({
    ...findings,
    name: `Findings_${index + 2}`,
  }));
  const { parts } = await workbookOf([findings, ...further, ...heads]);
  for (const [name, text] of parts) yield* archive.part(name, [text]);
  yield* archive.end();
}

interface Peekable {
  readonly next: () => readonly CellValue[] | undefined;
  readonly isDone: () => boolean;
}

function peekable(rows: Rows): Peekable {
  let ahead = rows.next();
  return {
    isDone: () => ahead.done === true,
    next: () => {
      if (ahead.done === true) return undefined;
      const { value } = ahead;
      ahead = rows.next();
      return value;
    },
  };
}

/** One worksheet, with as many rows as it holds. */
function sheetXml(sheet: Workbook['sheets'][number] | undefined, rows: Peekable): Iterable<string> {
  return chunked(
    (function* pieces() {
      yield sheet?.before ?? '';
      let length = 0;
      for (let row = 2; row <= MOST_ROWS && length < MOST_LENGTH; row++) {
        const values = rows.next();
        if (values === undefined) break;
        const xml = rowXml(row, values);
        length += xml.length;
        yield xml;
      }
      yield sheet?.after ?? '';
    })(),
  );
}
