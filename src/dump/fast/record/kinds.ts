/** Writes the values that say the kind of a record into the module's memory, for `kinds.as.ts`. Reads the kind of a group. */
import { DATA_CALLS, MANAGEMENT, UNKNOWN, type RecordKind } from '../../../cloudtrail/kind.js';
import {
  DISTINGUISHING_FIELDS,
  type DistinguishingField,
} from '../../../cloudtrail/requirement.js';
import * as at from '../layout.js';

type Word = readonly [field: DistinguishingField, text: string, meaning: number];

const WORDS: readonly Word[] = [
  ['eventCategory', 'Management', at.MANAGEMENT_EVENT],
  ['eventCategory', 'Data', at.DATA_EVENT],
  ['eventCategory', 'NetworkActivity', at.NETWORK_EVENT],
  ...Object.entries(DATA_CALLS).flatMap(([source, names], index): readonly Word[] => {
    const service = at.FIRST_SERVICE << index;
    return [
      ['eventSource', source, service],
      ...names.map((name): Word => ['eventName', name, service << at.CALL_OF_SERVICE]),
    ];
  }),
];

/** Writes the table. The memory has none yet. */
export function writeKindWords(bytes: Buffer): void {
  for (const [index, [field, text, meaning]] of WORDS.entries()) {
    const word = at.WORDS + index * at.WORD_BYTES;
    const length = bytes.write(text, word, at.WORD_TEXT, 'latin1');
    bytes.writeUInt32LE((length << 8) | DISTINGUISHING_FIELDS.indexOf(field), word + at.WORD_TEXT);
    bytes.writeUInt32LE(meaning, word + at.WORD_TEXT + 4);
  }
  bytes.writeUInt32LE(WORDS.length, at.WORD_COUNT);
}

/** The kind that a group has as a number. */
export function kindOfGroup(number: number, source: string): RecordKind {
  if (number === at.DATA_KIND) return { category: 'data', eventSource: source };
  if (number === at.NETWORK_KIND) return { category: 'network activity', eventSource: source };
  return number === at.MANAGEMENT_KIND ? MANAGEMENT : UNKNOWN;
}
