/** The whole way to a zero that is proven: logs with digests, a key from elsewhere, and the one line of the report. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { digestChain, type MadeDigest } from '../support/digests/chain.js';
import { publicKeyList, signingKey } from '../support/digests/keys.js';
import { writeChain, writeFile, writeSidecar } from '../support/digests/write.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const WINDOW = ['--since', '2026-03-01T10:00:00Z', '--until', '2026-03-01T13:00:00Z'];
const INTACT =
  'complete and intact from 2026-03-01 10:00Z to 2026-03-01 13:00Z for account prod (111122223333)';

const NAMED = 'accounts: { prod: "111122223333" }\npaths: [logs]\n';

/** A folder with logs, the signature of their newest digest, and keys that lie elsewhere. */
function copied(): { readonly cwd: string; readonly chain: readonly MadeDigest[] } {
  const cwd = emptyFolder();
  const logs = join(cwd, 'logs');
  const chain = digestChain({ since: '2026-03-01T10:00:00Z', hours: [2, 1, 1, 1] });
  writeChain(logs, chain);
  const newest = chain.at(-1);
  if (newest !== undefined) writeSidecar(writeFile(logs, newest), newest);
  writeFileSync(join(cwd, 'hunt.yml'), NAMED);
  writeFileSync(join(cwd, 'keys.json'), publicKeyList([signingKey('eu-west-1')]));
  return { cwd, chain };
}

function removeLog(cwd: string, chain: readonly MadeDigest[]): string {
  const key = chain[1]?.logs[0]?.key ?? '';
  rmSync(join(cwd, 'logs', key));
  return key;
}

const HUNT = ['logs', '--verify', '--public-keys', 'keys.json', '--quiet', ...WINDOW];

const OUTPUTS = ['--output', 'report.json', '--output', 'report.txt'];

test('digests prove a zero, and one log that is missing takes the proof away', async () => {
  const { cwd, chain } = copied();
  const whole = await hunt([...HUNT, ...OUTPUTS], { cwd });
  expect(whole).toMatchObject({ code: 0, stderr: '' });
  const read = (name: string): string => readFileSync(join(cwd, name), 'utf8');
  expect(read('report.txt')).toContain(INTACT);
  expect((JSON.parse(read('report.json')) as Report).completeness).toMatchObject({
    verdict: 'complete and intact',
    sentence: INTACT,
    because: [],
  });

  const key = removeLog(cwd, chain);
  const lacking = await hunt([...HUNT, ...OUTPUTS, '--force'], { cwd });
  expect(lacking.code).toBe(3);
  const reason = '1 log file is missing (digests name it)';
  expect(lacking.stderr).toBe(`hunt: exit code 3: ${reason} [DIGESTS_NOT_INTACT]\n`);
  expect(read('report.txt')).toContain(`NOT COMPLETE: ${reason}`);
  const { completeness } = JSON.parse(read('report.json')) as Report;
  expect(completeness.verdict).toBe('incomplete');
  expect(completeness.digests?.problems).toMatchObject([
    { kind: 'log missing', path: `trail-bucket/${key}` },
  ]);
});

const STRICT = `${NAMED}expect: { regions: [us-east-1], digests: required }\n`;

test('a report of hunt.yml may ask for other things than the file', async () => {
  const { cwd } = copied();
  writeFileSync(
    join(cwd, 'hunt.yml'),
    `${STRICT}verify: { required: true, publicKeys: [keys.json] }
reports:
  file: { period: day, outputs: ["{period} file.json"] }
  own: { period: day, outputs: ["{period} own.json"], expect: { regions: [eu-west-1] }, verify: false }
`,
  );
  const now = ['--now', '2026-03-02T02:30:00Z', '--quiet'];
  const [file, own] = await Promise.all(
    ['file', 'own'].map((name) => hunt(['report', name, ...now], { cwd })),
  );
  expect(own).toMatchObject({ code: 0, stderr: '' });
  expect(file?.code).toBe(3);
  expect(file?.stderr).toContain(
    'no record of prod (111122223333) in us-east-1, which is expected [EXPECTED_ABSENT]',
  );
  expect(file?.stderr).toMatch(/not proven to be intact: .* \[PROOF_MISSING\]/);
});

test('a hunt with --no-expect reads no digests that are only expected, and prove repeats that', async () => {
  const { cwd } = copied();
  writeFileSync(join(cwd, 'hunt.yml'), STRICT);
  const args = ['logs', '--no-expect', '--quiet', ...WINDOW, '--manifest', '-o', 'report.json'];
  expect(await hunt(args, { cwd })).toMatchObject({ code: 0, stderr: '' });
  const { completeness } = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as Report;
  expect(completeness).toMatchObject({ digests: null, unmet: null });
  expect(await hunt(['prove', 'report.manifest.json'], { cwd })).toMatchObject({ code: 0 });
});
