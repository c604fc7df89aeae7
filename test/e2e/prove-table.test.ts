/** `hunt prove` for a report about a table. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Manifest } from '../../src/integrity/manifest/manifest.js';
import { awsEnvironment } from '../support/athena/aws-environment.js';
import { ACCOUNTS, startTables, useHunting } from '../support/athena/hunting.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

useHunting();

test('asks the table again where the user names it', async () => {
  const server = await startTables();
  const cwd = emptyFolder();
  const environment = { ...awsEnvironment(), XDG_STATE_HOME: cwd };
  const table = ['--athena', 'logs.organization', '--endpoint', server.url];
  const prove = (...args: readonly string[]) =>
    hunt(['prove', 'a.manifest.json', ...args], { cwd, environment });
  await hunt(
    [
      ...table,
      '--manifest',
      '-o',
      'a.csv',
      '--since',
      '2026-01-01',
      '--until',
      '2026-01-21',
      '--set',
      `PROD_ACCOUNT_IDS=${ACCOUNTS.join(',')}`,
    ],
    { cwd, environment },
  );
  const file = join(cwd, 'a.manifest.json');
  const text = readFileSync(file, 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  expect(manifest.inputs).toBeNull();
  expect(manifest.source.queries.length).toBeGreaterThan(0);
  expect(manifest.findings.count).toBeGreaterThan(0);

  const asked = server.url;
  const unnamed = await prove();
  expect(unnamed.stdout).toMatch(/^\? {4}hunted again +logs\.organization was hunted/m);
  expect(unnamed.code).toBe(2);
  const named = await prove(...table);
  expect(named.stdout).toMatch(/^yes {2}hunted again +the same \d+ findings?$/m);
  expect(named.code).toBe(0);
  // The table must be named, and not taken from a manifest that somebody may have forged.
  expect((await prove('--athena', '--endpoint', asked)).stderr).toContain('name the table');

  writeFileSync(
    file,
    text.replace(/"sha256": "[0-9a-f]{64}",\n(\s*"eventID")/, `"sha256": "${'0'.repeat(64)}",\n$1`),
  );
  const forged = await prove(...table);
  expect(forged.stdout).toMatch(/^NO {3}hunted again +the list of findings/m);
  expect(forged.code).toBe(1);
});
