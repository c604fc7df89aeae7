/** What a person reads about partition keys before a query has listed their registered values. */
import { quoted } from '../../../sql/literal.js';
import { keysToList, type HuntedTable } from './hunted-table.js';

/** The notes on a layout, but for those on keys whose values may yet say what they are. */
export function keyNotes(table: HuntedTable, notes: readonly string[]): readonly string[] {
  const keys = keysToList(table).map(quoted);
  if (keys.length === 0) return notes;
  return [
    ...notes.filter((note) => !keys.some((key) => note.includes(key))),
    `not known without a query: what ${keys.join(', ')} give; the hunt lists their registered values first, and reads less if it recognises them`,
  ];
}
