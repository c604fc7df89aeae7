/** A damaged log is named, and nothing else is lost with it, whatever way it is read. */
import { copyFileSync, cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeWithHostileCases, hostileCases } from '../support/fixtures.js';
import { emptyFolder, hunt, SAMPLE, type Run } from '../support/run-hunt.js';

const ARGS = ['--set', 'PROD_ACCOUNT_IDS=any', '--format', 'json'];
const WAYS = [[], ['--no-prefilter'], ['--jobs', '4']];

interface Reported {
  readonly findings: readonly unknown[];
}

function findingsIn({ stdout }: Run): number {
  return (JSON.parse(stdout) as Reported).findings.length;
}

/** Hunts in all ways, which must give the same, and end with exit code 3 because this file could not be read. */
async function huntDamaged(path: string, file: string): Promise<Run> {
  const runs = await Promise.all(WAYS.map((way) => hunt([path, ...ARGS, ...way])));
  const [first, ...others] = runs;
  if (first === undefined) throw new Error('no way');
  for (const run of others)
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 3, stdout: first.stdout });
  expect(first.code).toBe(3);
  expect(first.stderr).toContain(file);
  return first;
}

/** A folder of sound logs, and how many findings a hunt has in it. */
async function soundFolder(): Promise<{ readonly folder: string; readonly findings: number }> {
  const folder = emptyFolder();
  cpSync(join(SAMPLE, 'AWSLogs'), folder, { recursive: true });
  return { folder, findings: findingsIn(await hunt([folder, ...ARGS])) };
}

describe('a file that is cut short', () => {
  test.each(['{"Records":[{"eventName":"Desc', '{"Records":[{"eventTime"', '{"Records":[{"a":"'])(
    '%s does not end the hunt of the other files',
    async (cut) => {
      const { folder, findings } = await soundFolder();
      expect(findings).toBeGreaterThan(0);
      writeFileSync(join(folder, 'cut.json'), cut);
      expect(findingsIn(await huntDamaged(folder, 'cut.json'))).toBe(findings);
    },
  );
});

describeWithHostileCases('hostile logs', () => {
  test.each(namesIn('trap'))('trap/%s does not end the hunt of the other files', async (name) => {
    const { folder, findings } = await soundFolder();
    copyFileSync(join(hostileCases('trap'), name), join(folder, name));
    expect(findingsIn(await huntDamaged(folder, name))).toBe(findings);
  });

  test.each(namesIn('unsaid'))(
    'unsaid/%s is named, and its other records are hunted',
    async (name) => {
      expect(findingsIn(await huntDamaged(join(hostileCases('unsaid'), name), name))).toBe(1);
    },
  );
});

function namesIn(folder: string): readonly string[] {
  return readdirSync(hostileCases(folder));
}
