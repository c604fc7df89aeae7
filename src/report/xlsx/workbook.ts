/**
 * The parts of a workbook but its rows: which sheets there are, their columns and styles. A library writes them, for sheets that have
 * a header alone. It has no way to write several sheets as a stream, so the rows are put into its worksheets.
 */
import { strFromU8, unzipSync } from 'fflate';
import { writeXlsx } from 'hucre/xlsx';
import { cellText } from './cell.js';

export interface SheetHead {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly width: number }[];
}

export interface Workbook {
  /** Of each sheet, what stands before its rows and after them. */
  readonly sheets: readonly { readonly before: string; readonly after: string }[];
  /** The other parts, by name. */
  readonly parts: readonly (readonly [name: string, text: string])[];
}

const END = '</sheetData>';

/** The parts without times of writing, so that the same report gives the same bytes. */
export async function workbookOf(sheets: readonly SheetHead[]): Promise<Workbook> {
  const bytes = await writeXlsx({
    sheets: sheets.map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => ({ header: cellText(column.name), width: column.width })),
      rows: [columns.map((column) => cellText(column.name))],
      freezePane: { rows: 1 },
    })),
  });
  const parts = Object.entries(unzipSync(bytes)).map(
    ([name, part]) => [name, strFromU8(part)] as const,
  );
  const texts = new Map(parts);
  return {
    sheets: sheets.map((_, index) => split(texts.get(sheetPart(index)) ?? '')),
    parts: parts
      .filter(([name]) => !name.startsWith('xl/worksheets/'))
      // The time of writing would make each file another one.
      .map(([name, text]) => [name, text.replace(/<dcterms:(\w+)[^]*?<\/dcterms:\1>/g, '')]),
  };
}

/** The name of the part with a sheet; they count from 0. */
export function sheetPart(index: number): string {
  return `xl/worksheets/sheet${index + 1}.xml`;
}

function split(xml: string): Workbook['sheets'][number] {
  const at = xml.indexOf(END);
  // It says how far the cells reach, and here more follow.
  return { before: xml.slice(0, at).replace(/<dimension [^>]*>/, ''), after: xml.slice(at) };
}
