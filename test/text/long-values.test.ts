/**
 * A log may have values of any length. A pattern that may begin at many places and search to the end takes minutes for one, and then
 * the time limit of these tests ends them.
 */
import { expect, test } from 'vitest';
import { csvShape } from '../../src/dump/csv/shape.js';
import { TableWatch } from '../../src/dump/csv/table-watch.js';
import { isDeliveredName, isDigestName } from '../../src/dump/digest/names.js';
import { dayOf } from '../../src/dump/find/names.js';
import { encodingOf } from '../../src/dump/open/format/encoded.js';
import { mayBeLog } from '../../src/dump/open/format/event-marks.js';
import { textKind } from '../../src/dump/recognise/shapes.js';
import { failureKindOf } from '../../src/engine/failure.js';
import { looksForEnd } from '../../src/story/opposite.js';
import { partitionIn } from '../../src/table/partitions/path-partition.js';
import { prose } from '../../src/text/markdown-text.js';

const LENGTH = 1 << 20;

function long(piece: string): string {
  return piece.repeat(Math.ceil(LENGTH / piece.length));
}

test.each<readonly [what: string, read: () => unknown, is: unknown]>([
  ['dots in Markdown', () => prose(`${long('.')}#`).length, LENGTH + 3],
  ['quotes in Markdown', () => prose(`${long('"')}#`).length, LENGTH + 3],
  ['a call', () => looksForEnd(['Delete'])(`Restore${long('FromA')}\n`), true],
  ['blank lines of a text', () => textKind(`${long('\n')}.`), expect.stringContaining('no JSON')],
  ['blanks of a text', () => textKind(`${long(' ')}.`), expect.stringContaining('no JSON')],
  ['blank lines of a document', () => mayBeLog(`a${long('\n')}.`, 'a.md'), false],
  ['blanks below a column', () => csvShape(`a\n${long(' ')}.`, 'a.csv'), undefined],
  ['blanks of base64', () => encodingOf(Buffer.from(`eyJ${long(' ')}!`)), undefined],
  ['the name of a call in a table', () => eventsIn(`Create${long('Role')}1`), false],
  ['the name of a digest', () => isDigestName(long('_CloudTrail-Digest_')), false],
  ['the name of a log', () => isDeliveredName(long('!111122223333_CloudTrail_')), false],
  ['a day', () => dayOf(`${long('_CloudTrail_us-east-1_20240101T0000Z_')}/`), undefined],
  ['words of an error', () => failureKindOf(long('EXCEEDED_')), 'unreadable'],
  ['a path in an error', () => partitionIn(long('a')), undefined],
  ['brackets in an error', () => partitionIn(`s3://${long(')')}a`)?.day, undefined],
])('%s takes no long time, however long it is', (_, read, is) => {
  expect(read()).toEqual(is);
});

function eventsIn(cell: string): boolean {
  const watch = new TableWatch();
  watch.see(['a', 'b']);
  watch.see([cell, 'b']);
  return watch.isOfEvents;
}
