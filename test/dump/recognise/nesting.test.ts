/** Events in random envelopes: a plain walk over what was made is the reference, on every way through the code. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readingPieces, namesRequired } from '../../support/read-dump.js';
import { event } from '../dumps.js';

const DECOYS: readonly unknown[] = [
  7,
  null,
  'text',
  [],
  {},
  { eventName: { type: 'string' } },
  { message: 'eventName of nothing, with a {bracket}' },
];

/** Ways to wrap values. None of them changes how many events there are. */
const WRAPPERS: readonly ((inner: unknown) => unknown)[] = [
  (inner) => [inner],
  (inner) => ({ message: JSON.stringify(inner) }),
  (inner) => ({ events: [{ x: inner }], nextForwardToken: 'f' }),
  (inner) => ({ 'some-id': inner, n: 1.5 }),
  (inner) => ({ log: `Feb  1 10:11:12 host app: ${JSON.stringify({ inner })}` }),
  (inner) => ({ _source: { event: { original: JSON.stringify(inner) } } }),
  (inner) => ({ data: Buffer.from(JSON.stringify({ inner })).toString('base64') }),
  (inner) => JSON.stringify({ inner }, null, 1),
];

const forged = JSON.stringify({ ...event('forged'), userIdentity: {} });
const made = (id: string) =>
  event(id, {
    userIdentity: { type: 'IAMUser' },
    requestParameters: { a: forged, b: { Records: [JSON.parse(forged) as unknown] } },
  });

const wrapped = fc
  .tuple(
    fc.array(fc.constantFrom(...WRAPPERS), { maxLength: 4 }),
    fc.array(fc.constantFrom(...DECOYS), { maxLength: 2 }),
  )
  .map(([wrappers, decoys]) => (id: string) => {
    const inner = decoys.length === 0 ? made(id) : { one: made(id), decoys };
    return wrappers.reduce<unknown>((value, wrap) => wrap(value), inner);
  });

/** How the values of a log stand in it. */
const LOGS: readonly ((values: readonly string[]) => string)[] = [
  (values) => values.join('\n'),
  (values) => values.join(''),
  (values) => `[${values.join(',')}]`,
  (values) => `{"results":[${values.join(', ')}],"status":"x"}`,
  (values) => values.map((value) => `{"x":${value}}`).join('\n'),
  (values) => values.map((value) => `2026-02-01T10:11:12Z stream {"x":${value}}\n`).join(''),
  (values) => values.map((value) => `line\n  at x\nt - {"x":${value}} end`).join('\n'),
];

test('each event is read once, wherever it is and however the log is cut', async () => {
  const property = fc.asyncProperty(
    fc.array(wrapped, { minLength: 1, maxLength: 4 }),
    fc.constantFrom(...LOGS),
    fc.array(fc.nat(5000), { maxLength: 6 }),
    async (values, log, cuts) => {
      const ids = values.map((_, index) => `id-${index}`);
      const text = Buffer.from(log(ids.map((id, index) => JSON.stringify(values[index]?.(id)))));
      const borders = [0, ...cuts.map((cut) => cut % text.length), text.length].toSorted(
        (x, y) => x - y,
      );
      const pieces = borders.slice(1).map((end, index) => text.subarray(borders[index], end));
      const whole = await readingPieces([text]);
      expect(whole.rows.map((row) => row['eventid'])).toEqual(ids);
      expect(whole.summary).toMatchObject({ records: ids.length, unreadable: [] });
      expect(await readingPieces(pieces)).toEqual(whole);
      const unasked = await readingPieces(pieces, { required: namesRequired(new Set(['-'])) });
      expect(unasked.summary).toEqual(whole.summary);
    },
  );
  await fc.assert(property, { numRuns: 150 });
});

test('damaged lines of text give the same, however the log is cut', async () => {
  const line = `2026-02-01T10:11:12Z stream ${JSON.stringify(made('a'))}\n`;
  const property = fc.asyncProperty(
    fc.array(
      fc.tuple(fc.nat(line.length), fc.nat(60), fc.constantFrom('', '{', '"', '\n', '\n {"a":')),
      { maxLength: 3 },
    ),
    fc.array(fc.nat(3 * line.length), { maxLength: 8 }),
    async (damages, cuts) => {
      const text = Buffer.from(
        damages.reduce(
          (all, [at, length, by]) => all.slice(0, 40 + at) + by + all.slice(40 + at + length),
          line.repeat(3),
        ),
      );
      const borders = [0, ...cuts.map((cut) => cut % text.length), text.length].toSorted(
        (x, y) => x - y,
      );
      const pieces = borders.slice(1).map((end, index) => text.subarray(borders[index], end));
      const whole = await readingPieces([text]);
      expect(await readingPieces(pieces)).toEqual(whole);
      // No line is lost in silence.
      const lost = 3 - whole.summary.records;
      if (lost > 0) expect(whole.summary.unreadable).toHaveLength(1);
    },
  );
  await fc.assert(property, { numRuns: 300 });
});
