/** A finding of an earlier period is as good as its file: the digests of that file's own day tell whether CloudTrail wrote it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { tar } from '../support/archives.js';
import {
  digestOf,
  logFile,
  trailOf,
  type MadeDigest,
  type MadeLog,
} from '../support/digests/chain.js';
import { publicKeyList, signingKey } from '../support/digests/keys.js';
import { writeChain, writeFile } from '../support/digests/write.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';
import { change } from '../support/schedule/days.js';

const TRAIL = trailOf({ account: '112233445566' });
const HOUR = 3_600_000;

function log(delivered: string, ...events: readonly unknown[]): MadeLog {
  const made = logFile(TRAIL, Date.parse(delivered), delivered);
  if (events.length === 0) return made;
  const times = events.map((event) => (event as { eventTime: string }).eventTime).toSorted();
  return {
    ...made,
    text: Buffer.from(JSON.stringify({ Records: events })),
    oldest: times[0] ?? '',
    newest: times.at(-1) ?? '',
  };
}

const FIRST = log('2026-10-01T12:05:00Z', change('on time', '2026-10-01T12:00:00Z'));
const SECOND = log('2026-10-02T09:05:00Z');
const LATE = log('2026-10-02T20:05:00Z', change('late', '2026-10-01T13:00:00Z'));

/** Two days of digests, and those of the next night. */
function chainOf(logs: readonly MadeLog[]): readonly MadeDigest[] {
  const digests: MadeDigest[] = [];
  const isIn = (since: number, { key }: MadeLog): boolean =>
    key.includes(new Date(since).toISOString().slice(0, 13).replaceAll('-', ''));
  for (let since = Date.parse('2026-10-01'); since < Date.parse('2026-10-03T03:00Z'); since += HOUR)
    digests.push(
      digestOf(TRAIL, {
        since,
        until: since + HOUR,
        logs: logs.filter((one) => isIn(since, one)),
        previous: digests.at(-1) ?? null,
      }),
    );
  return digests;
}

async function writeArchive(path: string, chain: readonly MadeDigest[]): Promise<void> {
  const files = chain.flatMap((digest) => [digest, ...digest.logs]);
  writeFileSync(path, gzipSync(await tar(files.map(({ key, text }) => [key, gzipSync(text)]))));
}

function writeExport(logs: string, name = 'export'): void {
  const Records = [change(name, '2026-10-01T15:00:00Z')];
  writeFileSync(join(logs, `${name}.json`), JSON.stringify({ Records }));
}

interface Copy {
  readonly cwd: string;
  readonly logs: string;
  /** The report of the day, at three in the next night. */
  readonly report: (day: string) => Promise<{
    readonly code: number | null;
    readonly stderr: string;
    readonly read: () => Report;
  }>;
}

function copied(
  named: readonly MadeLog[],
  {
    verify = 'required: true, ',
    isArchived = false,
  }: { readonly verify?: string; readonly isArchived?: boolean } = {},
): Copy {
  const chain = chainOf(named);
  const cwd = emptyFolder();
  const logs = join(cwd, 'logs');
  let written = 0;
  writeFileSync(join(cwd, 'keys.json'), publicKeyList([signingKey('eu-west-1')]));
  writeFileSync(
    join(cwd, 'hunt.yml'),
    `paths: [logs]
accounts: { prod: "112233445566" }
verify: { ${verify}publicKeys: [keys.json] }
reports:
  daily: { period: day, outputs: ["{period}/r.json", "{period}/r.txt"] }
`,
  );
  return {
    cwd,
    logs,
    report: async (day) => {
      const next = new Date(Date.parse(day) + 27 * HOUR).toISOString();
      // What CloudTrail has delivered until then.
      const here = chain.filter(({ content }) => content.digestEndTime < next);
      mkdirSync(logs, { recursive: true });
      if (isArchived) await writeArchive(join(logs, `${day}.tar.gz`), here.slice(written));
      else writeChain(logs, here.slice(written));
      written = here.length;
      const { code, stderr } = await hunt(['report', 'daily', '--now', next], { cwd });
      const read = (): Report =>
        JSON.parse(readFileSync(join(cwd, day, 'r.json'), 'utf8')) as Report;
      return { code, stderr, read };
    },
  };
}

test('a late finding from a file that CloudTrail wrote is proven, and so is its manifest', async () => {
  const { cwd, report } = copied([FIRST, SECOND, LATE]);
  expect(await report('2026-10-01')).toMatchObject({ code: 1 });
  const { code, read } = await report('2026-10-02');
  expect(code).toBe(1);
  const { findings, completeness } = read();
  expect(findings).toMatchObject([{ eventID: 'late', disposition: { late: '2026-10-01' } }]);
  expect(completeness).toMatchObject({
    verdict: 'complete and intact',
    lateFiles: { files: 1, intact: 1, altered: 0, doubted: [], moreDoubted: 0 },
  });
  // Whoever checks the manifest needs the digests that prove the file.
  const { stdout } = await hunt(['prove', '2026-10-02/r.manifest.json', '-f', 'json'], { cwd });
  expect((JSON.parse(stdout) as { checks: unknown }).checks).toContainEqual(
    expect.objectContaining({ name: 'inputs', answer: 'yes' }),
  );
  const inputs = readFileSync(join(cwd, '2026-10-02/r.inputs.ndjson'), 'utf8').split('\n');
  expect(
    inputs.filter((line) => line.includes('T210000Z') && line.includes('"late"')),
  ).toHaveLength(1);
});

test.each(['logs are in archives', 'an export lies beside the logs'])(
  'the manifest of a run with a late finding is proven where %s',
  async (kind) => {
    const isArchived = kind === 'logs are in archives';
    const { cwd, logs, report } = copied([FIRST, SECOND, LATE], { verify: '', isArchived });
    mkdirSync(logs);
    if (!isArchived) writeExport(logs);
    await report('2026-10-01');
    const { read } = await report('2026-10-02');
    expect(read().completeness.lateFiles).toMatchObject({ files: 1, intact: 1 });
    const { code, stdout } = await hunt(['prove', '2026-10-02/r.manifest.json'], { cwd });
    expect(stdout).toMatch(/^yes {2}late, hunted again .*the same 1 finding of/m);
    expect(code).toBe(0);
  },
);

test('a forged event in a log of an earlier day makes the report incomplete, and the log is named', async () => {
  const { cwd, logs, report } = copied([FIRST, SECOND]);
  await report('2026-10-01');
  const forged = change('forged', '2026-10-01T12:01:00Z');
  const { Records } = JSON.parse(FIRST.text.toString()) as { Records: readonly unknown[] };
  writeFile(logs, {
    ...FIRST,
    text: Buffer.from(JSON.stringify({ Records: [...Records, forged] })),
  });
  const { code, stderr, read } = await report('2026-10-02');
  expect(code).toBe(3);
  const name = FIRST.key.slice(FIRST.key.lastIndexOf('/') + 1);
  expect(stderr).toContain(
    `exit code 3: 1 log file with late findings was altered (digests prove it): ${name} [DIGESTS_NOT_INTACT]`,
  );
  const { completeness } = read();
  expect(completeness).toMatchObject({
    verdict: 'incomplete',
    // Those of the period are as they were.
    digests: { verdict: 'intact' },
    lateFiles: {
      files: 1,
      intact: 0,
      altered: 1,
      doubted: [{ kind: 'altered', path: `logs/${FIRST.key}`, findings: 1 }],
    },
  });
  const text = readFileSync(join(cwd, '2026-10-02/r.txt'), 'utf8');
  expect(text).toContain(`altered: logs/${FIRST.key}`);
});

test.each([
  ['required: true, ', 3, 'incomplete'],
  ['', 1, 'complete'],
])(
  'a late finding from a file that no digest names is not proven (%j)',
  async (verify, code, verdict) => {
    const { logs, report } = copied([FIRST, SECOND], { verify });
    await report('2026-10-01');
    const added = log('2026-10-01T15:05:00Z', change('added', '2026-10-01T15:00:00Z'));
    writeFile(logs, added);
    const run = await report('2026-10-02');
    expect(run.code).toBe(code);
    const but = 'digests prove it, but not 1 log file with late findings: 112233445566_CloudTrail';
    const { completeness } = run.read();
    expect(completeness.verdict).toBe(verdict);
    expect(completeness.sentence).toContain(but);
    expect(completeness.lateFiles?.doubted).toMatchObject([
      {
        kind: 'not proven',
        path: `logs/${added.key}`,
        message: expect.stringContaining('no digest of its time names it'),
      },
    ]);
  },
);

test.each([
  ['alone', []],
  ['with one from a file of CloudTrail', [LATE]],
])('a late finding from a file with a name of its own says so, %s', async (_, others) => {
  const { logs, report } = copied([FIRST, SECOND, ...others], { verify: '' });
  await report('2026-10-01');
  writeExport(logs);
  const { read } = await report('2026-10-02');
  expect(read().completeness.lateFiles).toMatchObject({
    files: 1 + others.length,
    intact: others.length,
    doubted: [
      {
        kind: 'not proven',
        path: 'logs/export.json',
        message: 'it has a name that CloudTrail does not give, so no digest can be found for it',
      },
    ],
  });
});

test('files that are not proven are listed by path, in the order of code points', async () => {
  const { logs, report } = copied([FIRST, SECOND], { verify: '' });
  await report('2026-10-01');
  // UTF-16 has the last one before the one in the middle.
  const names = ['a', '\uFF21', '\u{1F600}'];
  for (const name of names.toReversed()) writeExport(logs, name);
  const { read } = await report('2026-10-02');
  const { lateFiles } = read().completeness;
  expect(lateFiles?.doubted.map(({ path }) => path)).toEqual(
    names.map((name) => `logs/${name}.json`),
  );
});

test('the proof of a run names the logs of its period that came later, and nothing else', async () => {
  const { cwd, logs, report } = copied([FIRST, SECOND, LATE]);
  await report('2026-10-01');
  const proven = async (): Promise<unknown> => {
    const { stdout } = await hunt(['prove', '2026-10-01/r.manifest.json', '-f', 'json'], { cwd });
    const { checks } = JSON.parse(stdout) as { checks: readonly { readonly name: string }[] };
    return checks.find(({ name }) => name === 'no further inputs');
  };
  const looked = '(files of days up to 2026-11-01 were looked at)';
  expect(await proven()).toMatchObject({
    answer: 'yes',
    text: `every log of the window is in the list ${looked}`,
  });
  // With it come digests, and a log of the next day.
  await report('2026-10-02');
  const later = log('2026-10-06T20:05:00Z', change('later', '2026-10-01T14:00:00Z'));
  writeFile(logs, later);
  expect(await proven()).toMatchObject({
    answer: 'none',
    text: `2 logs of the window not in the list, with 2 findings: they came later, or were left out ${looked}`,
    details: [LATE, later].map(({ key }) => `not in the list: logs/${key}`),
  });
});
