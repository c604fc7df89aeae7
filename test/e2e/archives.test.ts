/** A hunt over an archive of a folder, or over Parquet made from it, gives the same report as a hunt over the folder. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tar, zip } from '../support/archives.js';
import { parquetFile } from '../support/parquet.js';
import { emptyFolder, hunt, SAMPLE } from '../support/run-hunt.js';

const MEMBERS = readdirSync(SAMPLE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => [relative(SAMPLE, path).replaceAll('\\', '/'), readFileSync(path)] as const);

const FORMATS = ['csv', 'ndjson', 'json'] as const;
const quiet = ['--quiet', '--no-progress'];

test.each([
  ['logs.tar', () => tar(MEMBERS)],
  ['logs.tar.gz', async () => gzipSync(await tar(MEMBERS))],
  ['logs.zip', () => zip(MEMBERS)],
])(
  '%s is hunted like the folder it was made from, byte for byte but for the source',
  async (name, write) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, name), await write());
    for (const format of FORMATS) {
      const folder = await hunt([SAMPLE, '--format', format, ...quiet], { cwd });
      const archive = await hunt([name, '--format', format, ...quiet], { cwd });
      expect(archive.code).toBe(folder.code);
      expect(archive.stdout).not.toBe(folder.stdout);
      expect(archive.stdout.replaceAll(`${name}!`, SAMPLE).replaceAll(name, SAMPLE)).toBe(
        folder.stdout,
      );
    }
  },
);

test('an archive on standard input is hunted like the file', async () => {
  const bytes = gzipSync(await tar(MEMBERS));
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'x'), bytes);
  const file = await hunt(['x', '--format', 'ndjson', ...quiet], { cwd });
  const piped = await hunt(['-', '--format', 'ndjson', ...quiet], { cwd, stdin: bytes });
  expect(file.stdout).toContain('"x!/AWSLogs/');
  expect(piped.stdout.replaceAll('"-!/', '"x!/')).toBe(file.stdout);
});

test('what unpacks to more than --max-unpacked is named, and the exit code is 3', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'x.zip'), await zip(MEMBERS));
  const bounded = await hunt(['x.zip', '--max-unpacked', '100', ...quiet], { cwd });
  expect(bounded.code).toBe(3);
  expect(bounded.stdout).toContain('--max-unpacked');
  const wrong = await hunt(['x.zip', '--max-unpacked', 'much', ...quiet], { cwd });
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringContaining('--max-unpacked "much" is not a size'),
  ]);
});

test('a Parquet file is hunted', async () => {
  const file = await parquetFile(
    `SELECT 'CreateSecurityGroup' AS eventname, 'ec2.amazonaws.com' AS eventsource,
      TIMESTAMP '2024-05-01 10:20:30' AS eventtime, '112233445566' AS recipientaccountid, 'p' AS eventid`,
  );
  const { code, stdout } = await hunt([file, '--format', 'ndjson', ...quiet]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    eventID: 'p',
    source: file,
    eventTime: '2024-05-01T10:20:30.000Z',
  });
});
