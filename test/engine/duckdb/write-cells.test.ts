/** What a batch holds is what DuckDB has in its tables, whatever the length of the texts. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBatch } from '../../../src/batch/batch.js';
import { COLUMNS } from '../../../src/cloudtrail/field/columns.js';
import { readRecord } from '../../../src/cloudtrail/record.js';
import { DuckdbEngine } from '../../../src/engine/duckdb/engine.js';
import type { Row } from '../../../src/engine/engine.js';

// A text of twelve bytes stands in DuckDB's cell itself, a longer one does not.
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 14 }),
  fc.stringMatching(/^[a-z]{11,14}$/),
  fc.string({ maxLength: 200 }),
);
const event = fc.record({
  eventName: fc.option(text),
  awsRegion: text,
  userIdentity: fc.option(fc.record({ arn: fc.option(text), userName: text })),
  resources: fc.option(fc.array(fc.record({ arn: fc.option(text) }))),
});

test('texts, structs and lists arrive as they were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 30 }), async (events) => {
      const engine = await DuckdbEngine.open();
      try {
        await engine.load([
          toBatch(
            COLUMNS,
            events.map((one) => readRecord(one, 'a.json').row),
          ),
        ]);
        const rows: Row[] = [];
        for await (const row of engine.rows(
          `SELECT eventname, awsregion, useridentity IS NULL AS nobody, useridentity.arn, useridentity.username,
            CAST(to_json(list_transform(resources, lambda one: one.arn)) AS VARCHAR) AS arns FROM events`,
        ))
          rows.push(row);
        expect(rows).toEqual(
          events.map(({ eventName, awsRegion, userIdentity, resources }) => ({
            eventname: eventName,
            awsregion: awsRegion,
            nobody: String(userIdentity === null),
            arn: userIdentity?.arn ?? null,
            username: userIdentity?.userName ?? null,
            arns: resources && JSON.stringify(resources.map(({ arn }) => arn)),
          })),
        );
      } finally {
        await engine.close();
      }
    }),
    { numRuns: 20 },
  );
});
