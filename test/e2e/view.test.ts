/** A report that was written before, through the command: the same bytes as the hunt would have written, in every format. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FORMAT_NAMES, formatNamed } from '../../src/report/formats.js';
import { emptyFolder, hunt, SAMPLE } from '../support/run-hunt.js';

const SAM = 'b3986952-b145-4a5f-ae4b-d416f3b948e9';
const EXCEPTIONS = `- id: EX-1
  reason: The office moves
  owner: network team
  expires: 2026-01-16
  match: { eventID: ${SAM} }
`;
const ENDINGS = FORMAT_NAMES.flatMap((name) => formatNamed(name).endings[0] ?? []);

function outputs(name: string): readonly string[] {
  return ENDINGS.flatMap((ending) => ['-o', `${name}${ending}`]);
}

test.each([
  ['rules and calls', ['--rule', 'AWS.EC2.*', '--calls', '--sort', 'severity', SAMPLE]],
  [
    'an audit',
    ['--for', 'audit', '--time-zone', 'Asia/Tokyo', '--manifest', '--exceptions', 'e.yml', SAMPLE],
  ],
  ['a person', ['who', 'dana', SAMPLE]],
  ['a resource', ['what', 'sg-0a1b2c3d4e5f60718', SAMPLE]],
  ['nothing', ['--event-id', 'none', SAMPLE]],
])('%s: every format is what the hunt wrote', async (_, args) => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'e.yml'), EXCEPTIONS);
  expect(await hunt([...args, ...outputs('hunt'), '--quiet'], { cwd })).toMatchObject({ code: 0 });
  const page = readFileSync(join(cwd, 'hunt.html'));
  expect(await hunt(['view', 'hunt.json', ...outputs('json')], { cwd })).toMatchObject({ code: 0 });
  expect(
    await hunt(['view', '-', ...outputs('page'), '--quiet'], { cwd, stdin: page }),
  ).toMatchObject({ code: 0, stderr: '' });
  for (const ending of ENDINGS) {
    const written = readFileSync(join(cwd, `hunt${ending}`));
    for (const name of ['json', 'page'])
      expect(readFileSync(join(cwd, `${name}${ending}`)).equals(written), name + ending).toBe(true);
  }
});

test('prints a table, and says on stderr what a report for programs does not say to people', async () => {
  const cwd = emptyFolder();
  await hunt([SAMPLE, '-o', 'r.json', '--quiet'], { cwd });
  const table = await hunt(['view', 'r.json'], { cwd });
  expect(table).toMatchObject({ code: 0, stderr: '' });
  expect(table.stdout).toContain('23 changes by role/SecurityAdmin');
  const csv = await hunt(['view', 'r.json', '-f', 'csv'], { cwd });
  expect(csv.stderr).toContain('ACCOUNT_ID_MALFORMED');
  expect(await hunt(['view', 'no.json'], { cwd })).toMatchObject({ code: 2 });
  const taken = await hunt(['view', 'r.json', '-o', 'r.json'], { cwd });
  expect(taken).toMatchObject({ code: 2 });
  expect(taken.stderr).toContain('--force');
});
