/** A batch has a limited amount of text, whichever field of the records has it. */
import { expect, test } from 'vitest';
import { MAX_TEXT } from '../../../src/batch/batch.js';
import { COLUMNS } from '../../../src/cloudtrail/field/columns.js';
import { toRecord } from '../../../src/cloudtrail/record.js';
import { BatchBuilder } from '../../../src/dump/read/batch-builder.js';

test.each(['eventID', 'userAgent', 'recipientAccountId', 'noSuchField'])(
  'a batch holds few records with a long %s',
  async (field) => {
    const rows: number[] = [];
    const builder = new BatchBuilder(COLUMNS, (batch) => {
      rows.push(batch.rows);
      return Promise.resolve();
    });
    const record = { eventName: 'Open', [field]: 'x'.repeat(MAX_TEXT / 2) };
    for (let index = 0; index < 8; index++) await builder.add([toRecord(record, 'a.json')]);
    await builder.flush();
    expect(Math.max(...rows)).toBeLessThanOrEqual(2);
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(8);
  },
);
