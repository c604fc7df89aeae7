/** Files of other accounts and regions are left closed where the user says that paths can be trusted, and not otherwise. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, hunt, SAMPLE } from '../support/run-hunt.js';

interface Told {
  readonly files: {
    readonly read: number;
    readonly skipped: readonly { readonly reason: string; readonly count: number }[];
  };
  readonly sections: readonly { readonly findings: readonly unknown[] }[];
}

const ACCOUNT = '112233445566';
const REASON = /no rule asks for/;

async function told(folder: string, ...more: readonly string[]): Promise<Told> {
  const { code, stdout, stderr } = await hunt([folder, '--format', 'json', ...more]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Told;
}

function unasked({ files }: Told): number {
  return files.skipped
    .filter(({ reason }) => REASON.test(reason))
    .reduce((sum, { count }) => sum + count, 0);
}

test('paths that are trusted keep files of other accounts and regions closed', async () => {
  const asked = ['--account', ACCOUNT, '--set', 'PROD_ACCOUNT_IDS=any'];
  const whole = await told(SAMPLE, ...asked);
  const trusted = await told(SAMPLE, ...asked, '--trust-paths');
  expect(unasked(whole)).toBe(0);
  expect(unasked(trusted)).toBeGreaterThan(0);
  expect(trusted.files.read + unasked(trusted)).toBe(whole.files.read);
  expect(trusted.sections[0]?.findings).toEqual(whole.sections[0]?.findings);
  const nowhere = await told(SAMPLE, ...asked, '--region', 'eu-south-2', '--trust-paths');
  expect(nowhere.files.read).toBe(0);
});

test('an account that a rule asks for by a parameter is enough', async () => {
  const set = ['--set', `PROD_ACCOUNT_IDS=${ACCOUNT}`, '--trust-paths'];
  expect(unasked(await told(SAMPLE, ...set))).toBeGreaterThan(0);
  expect(unasked(await told(SAMPLE, '--set', 'PROD_ACCOUNT_IDS=any', '--trust-paths'))).toBe(0);
  expect(unasked(await told(SAMPLE, ...set, '--no-prune'))).toBe(0);
});

test('a name of CloudTrail’s says where a file is from in any folder', async () => {
  const flat = join(emptyFolder(), 'flat');
  mkdirSync(flat);
  const names = readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((one) => one.endsWith('.json.gz')))
    cpSync(join(SAMPLE, name), join(flat, name.slice(dirname(name).length + 1)));
  const set = ['--set', `PROD_ACCOUNT_IDS=${ACCOUNT}`, '--trust-paths'];
  expect(unasked(await told(flat, ...set))).toBeGreaterThan(0);
});
