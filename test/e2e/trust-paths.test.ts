/** `--trust-paths` skips files of other accounts and regions by their paths; without it they are read. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, hunt, SAMPLE } from '../support/run-hunt.js';

interface ReportedFiles {
  readonly files: {
    readonly read: number;
    readonly skipped: readonly { readonly reason: string; readonly count: number }[];
  };
  readonly findings: readonly unknown[];
}

const ACCOUNT = '112233445566';
const REASON = /no rule asks for/;

async function report(folder: string, ...more: readonly string[]): Promise<ReportedFiles> {
  const { code, stdout, stderr } = await hunt([folder, '--format', 'json', ...more]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as ReportedFiles;
}

/** How many files were skipped because no rule asks for their account or region. */
function notNeeded({ files }: ReportedFiles): number {
  return files.skipped
    .filter(({ reason }) => REASON.test(reason))
    .reduce((sum, { count }) => sum + count, 0);
}

test('files of other accounts and regions are skipped, and the findings stay the same', async () => {
  const filters = ['--account', ACCOUNT, '--set', 'PROD_ACCOUNT_IDS=any'];
  const whole = await report(SAMPLE, ...filters);
  const trusted = await report(SAMPLE, ...filters, '--trust-paths');
  expect(notNeeded(whole)).toBe(0);
  expect(notNeeded(trusted)).toBeGreaterThan(0);
  expect(trusted.files.read + notNeeded(trusted)).toBe(whole.files.read);
  expect(trusted.findings).toEqual(whole.findings);
  const elsewhere = ['--region', 'eu-south-2', '--trust-paths', '--allow-empty'];
  const nowhere = await report(SAMPLE, ...filters, ...elsewhere);
  expect(nowhere.files.read).toBe(0);
});

test('the account may come from a parameter of the rule', async () => {
  const set = ['--set', `PROD_ACCOUNT_IDS=${ACCOUNT}`, '--trust-paths'];
  expect(notNeeded(await report(SAMPLE, ...set))).toBeGreaterThan(0);
  expect(notNeeded(await report(SAMPLE, '--set', 'PROD_ACCOUNT_IDS=any', '--trust-paths'))).toBe(0);
  expect(notNeeded(await report(SAMPLE, ...set, '--no-prune'))).toBe(0);
});

test('the name of a file says its account and region in any folder', async () => {
  const flat = join(emptyFolder(), 'flat');
  mkdirSync(flat);
  const names = readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((one) => one.endsWith('.json.gz')))
    cpSync(join(SAMPLE, name), join(flat, name.slice(dirname(name).length + 1)));
  const set = ['--set', `PROD_ACCOUNT_IDS=${ACCOUNT}`, '--trust-paths'];
  expect(notNeeded(await report(flat, ...set))).toBeGreaterThan(0);
});
