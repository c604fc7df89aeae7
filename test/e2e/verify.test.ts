/** `hunt verify`: the answer, the exit code, and what it says of a copy. */
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { digestChain, logFile, trailOf } from '../support/digests/chain.js';
import { publicKeyList, signingKey } from '../support/digests/keys.js';
import { writeChain, writeFile, writeSidecar, type CopyOptions } from '../support/digests/write.js';
import { emptyFolder, hunt, ROOT, type Run } from '../support/run-hunt.js';

const chain = digestChain({ since: '2026-03-01T10:00:00Z', hours: [2, 1, 1, 0, 1, 1] });
const [first, second, third, fourth, , last] = chain;

/** A folder with `logs` and `keys.json`. */
function copied(options: CopyOptions = {}): string {
  const folder = emptyFolder();
  writeChain(join(folder, 'logs'), chain, options);
  writeFileSync(join(folder, 'keys.json'), publicKeyList([signingKey('eu-west-1')]));
  return folder;
}

function verify(cwd: string, ...options: readonly string[]): Promise<Run> {
  return hunt(['verify', 'logs', '--public-keys', 'keys.json', ...options], { cwd });
}

const firstLine = ({ stdout }: Run): string => stdout.split('\n')[0] ?? '';

describe('an intact copy', () => {
  test.each<[CopyOptions]>([[{}], [{ isPacked: false }], [{ isFlat: true }]])('%j', async (how) => {
    const run = await verify(copied(how));
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(firstLine(run)).toBe(
      'INTACT: 5 log files, 2026-03-01 10:00Z to 2026-03-01 15:00Z, account 111122223333, 1 region; not verified: the newest 1 digest with 1 log file',
    );
    expect(run.stdout).toContain(
      `aws s3api head-object --bucket trail-bucket --key ${last?.key} --output json`,
    );
  });

  test('with the signature of its newest digest beside it', async () => {
    const folder = copied();
    if (last !== undefined) writeSidecar(writeFile(join(folder, 'logs'), last), last, 'head.json');
    const run = await verify(folder);
    expect([run.code, firstLine(run)]).toEqual([
      0,
      'INTACT: 6 log files, 2026-03-01 10:00Z to 2026-03-01 16:00Z, account 111122223333, 1 region',
    ]);
    expect(run.stdout).not.toContain('What to do next');
  });
});

test('a device in place of a key file or a signature is left out', async () => {
  const folder = copied();
  const logs = join(folder, 'logs');
  symlinkSync('/dev/zero', join(logs, 'cloudtrail-public-keys.json'));
  if (last !== undefined) symlinkSync('/dev/zero', `${writeFile(logs, last)}.sig`);
  expect(firstLine(await verify(folder))).toContain('not verified: the newest 1 digest');
});

test('names everything that was done to a copy, also in JSON', async () => {
  const folder = copied();
  const logs = join(folder, 'logs');
  const [log, other] = [first?.logs[0], second?.logs[0]];
  if (!first || !third || !fourth || !log || !other) throw new Error('the chain is too short');
  writeFile(logs, { key: log.key, text: Buffer.from('{"Records":[]}') });
  const added = logFile(trailOf(), Date.parse('2026-03-01T11:30:00Z'), '\u001b[2J');
  writeFile(logs, added);
  rmSync(join(logs, other.key));
  for (const { key } of [third, fourth]) rmSync(join(logs, key));
  const text = await verify(folder);
  expect(text.code).toBe(3);
  expect(firstLine(text)).toBe(
    'NOT INTACT: 1 log file altered, 1 log file missing, 1 log file extra, 2 digests missing',
  );
  for (const line of [
    `log altered: logs/${log.key}`,
    `log missing: trail-bucket/${other.key}`,
    `log extra: logs/${added.key}`,
    `digest missing: trail-bucket/${fourth.key}: about 2 digests from 2026-03-01 12:00Z to 2026-03-01 14:00Z`,
    '1 log file of 111122223333 eu-west-1 between sound digests',
  ])
    expect(text.stdout).toContain(line);
  const file = join(folder, 'answer.json');
  const json = await verify(folder, '--format', 'json', '--output', file);
  expect(json).toEqual({ code: 3, stdout: '', stderr: '' });
  const answer = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const { schema, sentence, paths, window, unreadable, moreUnreadable, ...check } = answer;
  expect({ schema, sentence, paths, window, unreadable, moreUnreadable }).toEqual({
    schema: 'hunt-verify/1',
    sentence: firstLine(text),
    paths: ['logs'],
    window: { since: null, until: null },
    unreadable: [],
    moreUnreadable: 0,
  });
  const definitions = JSON.parse(
    readFileSync(join(ROOT, 'data/hunt-report-1.schema.json'), 'utf8'),
  ) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false }).addSchema({ ...definitions, $id: 'report' });
  const validate = ajv.compile({ $ref: 'report#/definitions/digestCheck' });
  validate(check);
  expect(validate.errors).toBe(null);
});

test('without a key it says how to get one; with neither logs nor digests it proves nothing', async () => {
  const folder = copied();
  const run = await hunt(['verify', 'logs'], { cwd: folder });
  expect([run.code, firstLine(run)]).toEqual([
    3,
    'NOT PROVEN: no public key for 6 digests, see --public-keys below',
  ]);
  expect(run.stdout).toContain('aws cloudtrail list-public-keys --region eu-west-1 --start-time');
  const empty = await hunt(['verify', '.'], { cwd: emptyFolder() });
  expect([empty.code, firstLine(empty)]).toEqual([
    3,
    'NOT PROVEN: no digest and no log file of CloudTrail',
  ]);
});

test('the window limits what is said, and its end is expected to have a digest', async () => {
  const folder = copied();
  if (second?.logs[0] !== undefined) rmSync(join(folder, 'logs', second.logs[0].key));
  const before = await verify(folder, '--until', '2026-03-01T11:00:00Z');
  expect([before.code, firstLine(before)]).toEqual([
    0,
    'INTACT: 2 log files, 2026-03-01 10:00Z to 2026-03-01 11:00Z, account 111122223333, 1 region',
  ]);
  const after = await verify(folder, '--since', '2026-03-01T12:00:00Z', '--until', '2026-03-02');
  expect([after.code, firstLine(after)]).toEqual([
    3,
    'NOT PROVEN: hours of the window have no digest, in 1 region',
  ]);
});

test('a chain that goes on beyond the window was read as far as needed, and asks for no signature', async () => {
  const folder = copied();
  const window = ['--since', '2026-03-01T12:00:00Z', '--until', '2026-03-01T14:00:00Z'];
  const run = await verify(folder, ...window);
  expect(run.code).toBe(0);
  expect(run.stdout).toContain(
    '2026-03-01 10:00Z to 2026-03-01 16:00Z (the chain begins here; as far as was read, proven until 2026-03-01 15:00Z)',
  );
  expect(run.stdout).not.toContain('What to do next');
  // A copy of the days around the window.
  if (first !== undefined) rmSync(join(folder, 'logs', first.key));
  expect((await verify(folder, ...window)).stdout).toContain(
    '2026-03-01 11:00Z to 2026-03-01 16:00Z (as far as was read, proven',
  );
  // Here the window has the newest digest.
  const newest = await verify(folder, '--since', '2026-03-01T12:00:00Z');
  expect(newest.stdout).toContain('as far as was read; the newest digest is not verified, proven');
  expect(newest.stdout).toContain('aws s3api head-object');
});

test('wrong use', async () => {
  const folder = copied();
  expect((await hunt(['verify'], { cwd: folder })).code).toBe(2);
  expect((await hunt(['verify', 'nowhere'], { cwd: folder })).code).toBe(2);
  expect((await hunt(['verify', 'logs', '--public-keys', 'logs'], { cwd: folder })).code).toBe(2);
});
