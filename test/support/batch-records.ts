/** Turns a batch with all columns back into the records that it was made of. */
import { localColumns, type Batch } from '../../src/batch/batch.js';
import { stringsOf, type Cells } from '../../src/batch/cells.js';
import { COLUMNS, type ColumnType } from '../../src/cloudtrail/field/columns.js';
import { parseJson } from '../../src/cloudtrail/json.js';
import type { Cell, EventRecord } from '../../src/cloudtrail/record.js';

export function recordsIn({ rows, columns }: Batch): readonly EventRecord[] {
  const named = localColumns(COLUMNS).map(({ column, type }, index) => {
    const cells = columns[index];
    if (cells === undefined) throw new Error(`the batch has no ${column}`);
    return [column, cellsOf(cells, type)] as const;
  });
  return Array.from({ length: rows }, (_, row) => {
    const {
      body,
      fingerprint: _fingerprint,
      source,
      extra,
      ...cells
    } = Object.fromEntries(named.map(([column, all]) => [column, all[row] ?? null]));
    return {
      ...cells,
      body: String(body),
      source: String(source),
      extra: typeof extra === 'string' ? extra : null,
    };
  });
}

function cellsOf(cells: Cells, type: ColumnType): readonly Cell[] {
  switch (cells.kind) {
    case 'text':
      return stringsOf(cells).map((text) =>
        text !== null && type.kind === 'json' ? parseJson(text) : text,
      );
    case 'struct': {
      const names = type.kind === 'struct' ? type.members : ENTRY;
      const members = names.map(({ column, type: member }, index) => {
        const own = cells.members[index];
        return [column, own === undefined ? [] : cellsOf(own, member)] as const;
      });
      return cells.isNull.map((isNull, row) =>
        isNull ? null : Object.fromEntries(members.map(([name, all]) => [name, all[row] ?? null])),
      );
    }
    case 'list': {
      const of: ColumnType = type.kind === 'list' ? type.of : { kind: 'struct', members: ENTRY };
      const items = cellsOf(cells.items, of);
      let start = 0;
      return cells.lengths.map((length) => {
        const own = items.slice(start, start + (length ?? 0));
        start += own.length;
        if (length === null) return null;
        return type.kind === 'map' ? Object.fromEntries(own.map(entry)) : own;
      });
    }
    default:
      return cells satisfies never;
  }
}

const ENTRY = ['key', 'value'].map((name) => ({
  name,
  column: name,
  type: { kind: 'text' } as const,
}));

function entry(cell: Cell): readonly [string, Cell] {
  const { key, value } = cell as { readonly key: string; readonly value: Cell };
  return [key, value];
}
