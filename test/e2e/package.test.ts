/** The package that `npm pack` makes: it works in another folder, with its rules, and contains nothing else. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, huntProcess, ROOT, SAMPLE } from '../support/run-hunt.js';

test('the packed command works where it is installed', async () => {
  const folder = emptyFolder();
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(execFileSync('npm', pack, { cwd: ROOT, encoding: 'utf8' })) as [
    { filename: string; files: { path: string }[] },
  ];
  const tops = new Set(packed.files.map(({ path }) => path.split('/')[0]));
  expect([...tops].toSorted()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'data',
    'dist',
    'docs',
    'package.json',
    'queries',
  ]);
  expect(packed.files.map(({ path }) => path).filter((path) => path.startsWith('data/'))).toEqual([
    'data/attack.json',
    'data/calls.txt',
    'data/hunt-diff-1.schema.json',
    'data/hunt-report-1.schema.json',
  ]);
  execFileSync('tar', ['-xzf', packed.filename], { cwd: folder });
  // The locked dependencies: installing them again would test the registry.
  execFileSync('ln', ['-s', join(ROOT, 'node_modules'), join(folder, 'package/node_modules')]);
  const main = join(folder, 'package/dist/main.js');
  const { code, stdout } = await huntProcess([SAMPLE], { main });
  expect(code).toBe(0);
  expect(stdout).toContain('23 changes');
});

test('the lock file has a binary for every platform', () => {
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  for (const platform of ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'])
    expect(lock).toContain(`node_modules/@duckdb/node-bindings-${platform}"`);
});

test('every version is pinned', () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  for (const version of Object.values({ ...dependencies, ...devDependencies }))
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
});
