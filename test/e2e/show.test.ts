/** `hunt show`: whole records, as they stand in their files; and `hunt why` with an event ID. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openedGroup } from '../support/hunt-events.js';
import { emptyFolder, hunt, SAMPLE } from '../support/run-hunt.js';
import { zip } from '../support/archives.js';

const ID = '93d8874c-8c86-40fc-a93d-be15c765ffa0';
const OTHER = '0a1b2c3d-8c86-40fc-a93d-be15c765ffa0';
/** With numbers, keys and blanks that parsing and printing would change. */
const RECORD = `{"eventID": "${ID}", "eventName":"X","zeta":1.50,"10":1e2,"big":12345678901234567890,\t"a":{},"b":[ ],"\\u001b[31m":"\u202e"}`;
const LAID_OUT = `{
  "eventID": "${ID}",
  "eventName": "X",
  "zeta": 1.50,
  "10": 1e2,
  "big": 12345678901234567890,
  "a": {},
  "b": [],
  "\\u001b[31m": "\\u202e"
}
`;
const log = (...records: readonly string[]): string => `{"Records":[${records.join(',\n')}]}`;
const other = JSON.stringify(openedGroup({ eventID: OTHER }));

function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = emptyFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

describe('a record', () => {
  test('is printed as it stands, with its place, and safe on a terminal', async () => {
    const cwd = folderWith({ 'a.json': log(other, RECORD) });
    expect(await hunt(['show', '.', ID], { cwd })).toEqual({
      code: 0,
      stderr: '',
      stdout: `event ${ID} in ./a.json, line 2, record 2\n${LAID_OUT}`,
    });
  });

  test('is printed once for all files that hold it in one form', async () => {
    const cwd = folderWith({
      'a.json.gz': gzipSync(log(other, RECORD)),
      'b.ndjson': `${other}\n${RECORD}\n`,
      'c.zip': await zip([['x/d.json', log(RECORD)]]),
      'e.json': log(RECORD.replace('"X"', '"Y"')),
      'f.json': JSON.stringify({ Events: [{ EventId: ID, CloudTrailEvent: RECORD }] }),
      'g.json': log(JSON.stringify(openedGroup({ eventID: 'x', requestParameters: { id: ID } }))),
    });
    const { code, stdout } = await hunt(['show', ID, '.', '-f', 'json'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('12345678901234567890');
    const found = JSON.parse(stdout) as readonly {
      readonly eventID: string;
      readonly places: readonly unknown[];
      readonly event: { readonly eventName: string };
    }[];
    expect(found.map(({ event }) => event.eventName)).toEqual(['X', 'Y']);
    expect(found[0]?.places).toEqual([
      { file: './a.json.gz', line: 2, record: 2 },
      { file: './b.ndjson', line: 2, record: 2 },
      { file: './c.zip!/x/d.json', line: 1, record: 1 },
      { file: './f.json', line: 1, record: 1 },
    ]);
    const text = await hunt(['show', ID, '.'], { cwd });
    expect(text.stdout).toContain('and in 3 more files: ./b.ndjson, ./c.zip!/x/d.json, ./f.json\n');
  });

  test('is found among several, in the order of the IDs', async () => {
    const cwd = folderWith({ 'a.json': log(other, RECORD) });
    const { stdout } = await hunt(['show', ID, OTHER, 'a.json', '-f', 'ndjson'], { cwd });
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { eventID: string }).eventID),
    ).toEqual([ID, OTHER]);
  });
});

test.each<[string, Readonly<Record<string, string>>, readonly string[], number, string]>([
  [
    'an event that is not there',
    { 'a.json': log(other) },
    [ID, '.'],
    2,
    `hunt: event ${ID} is not among the 1 record of 1 log file\n`,
  ],
  [
    'lost evidence',
    { 'a.json': log(other), 'b.json': '{"Records":[{"eventName":' },
    [OTHER, '.'],
    3,
    'hunt: could not read ./b.json',
  ],
  ['no record', { 'a.json': log() }, [ID, '.'], 3, 'exit code 3: no CloudTrail record was read'],
  ['no log', {}, [ID], 2, 'name the logs and an event ID'],
  ['no ID', {}, ['.'], 2, 'name the logs and an event ID'],
  ['no such file', {}, [ID, 'a.json'], 2, 'no such file or folder'],
  ['a table', {}, [ID, '--athena', 'db.t'], 2, `WHERE eventid = '${ID}'`],
])('%s is said', async (_what, files, args, code, message) => {
  const result = await hunt(['show', ...args], { cwd: folderWith(files) });
  expect(result).toMatchObject({ code, stderr: expect.stringContaining(message) });
});

test('why takes an event ID and its logs', async () => {
  const rule = 'AWS.EC2.ManualSecurityGroupChange';
  const { code, stdout } = await hunt(['why', rule, ID, SAMPLE]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^true +the rule\n/);
  const missing = await hunt(['why', rule, OTHER, SAMPLE]);
  expect(missing).toMatchObject({ code: 2, stdout: '' });
  expect(missing.stderr).toContain(`event ${OTHER} is not among the 81 records`);
});
