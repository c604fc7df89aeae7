/** Whether a text that nothing could take apart holds events, and what it is. */
import { expect, test } from 'vitest';
import { holdsEvents } from '../../../src/dump/recognise/holds.js';
import { textKind } from '../../../src/dump/recognise/shapes.js';

const ROWS = [
  'EventId | EventName | EventSource | EventTime',
  '1 | CreateUser | iam.amazonaws.com | 2026-01-14T09:30:00Z',
];

test.each(['\n', '\r\n', '\r'])('a printed table holds events: %j', (end) => {
  expect(holdsEvents(`History${end}${ROWS.join(end)}${end}`)).toBe(true);
  expect(holdsEvents(`History${end}${ROWS[0]}${end}amazonaws${end}`)).toBe(false);
});

// A search that goes to the end from each name takes half an hour for so many, and the time limit of the test ends it.
test('a text with many names of fields holds none', () => {
  expect(holdsEvents(`amazonaws ${'eventsourceu0022'.repeat(200_000)}`)).toBe(false);
});

test.each([
  ['  | CreateUser | iam.amazonaws.com |', 'a table that AWS CLI printed: use --output json'],
  ['  - EventName: CreateUser', 'YAML: use --output json'],
])('%j is told, also behind a byte-order mark', (text, kind) => {
  for (const before of ['', '\ufeff', 'x\n\n', 'x\r\n\r\n'])
    expect(textKind(before + text)).toBe(kind);
});
