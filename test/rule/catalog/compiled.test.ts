/** The tables and documents that the build writes are what the files say, and a changed file is parsed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { sharedOfPack, sourcesOfPack } from '../../../src/rule/catalog/built-in.js';
import { compiledExpressions, compiledText } from '../../../src/rule/catalog/compiled.js';
import { documentOf, storedDocument } from '../../../src/rule/catalog/documents.js';
import { ROOT } from '../../support/run-hunt.js';

const shared = sharedOfPack();
const text = compiledText(shared);
const SHARED = join(ROOT, 'queries/shared.yml');
const COMPILED = join(ROOT, 'dist/tables.json');

test('what the build wrote is what the files say', () => {
  expect(readFileSync(COMPILED, 'utf8')).toBe(text);
  expect(compiledExpressions(SHARED, COMPILED)).toEqual(new Map(shared.all()));
});

test('a file that was changed since is parsed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hunt-test-'));
  try {
    for (const file of shared.files()) cpSync(file, join(folder, file.split('/').at(-1) ?? ''));
    const copy = join(folder, 'shared.yml');
    expect(compiledExpressions(copy, COMPILED)?.size).toBe(shared.all().size);
    writeFileSync(
      join(folder, 'noise.yml'),
      `${readFileSync(join(folder, 'noise.yml'), 'utf8')}\n# ours\n`,
    );
    expect(compiledExpressions(copy, COMPILED)).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the documents that the build wrote are what the files say, and a changed file is parsed', () => {
  const folder = pathToFileURL(join(ROOT, 'dist/documents/'));
  const sources = [...sourcesOfPack()];
  const names = sources.map(([file, source]) => {
    expect(documentOf(file, source, folder)).toEqual(documentOf(file, source));
    return storedDocument(file, source).name;
  });
  expect(readdirSync(folder).toSorted()).toEqual(names.toSorted());
  const changed = { text: 'Name: ours', sha256: '0'.repeat(64) };
  expect(documentOf('ours.yml', changed, folder)).toMatchObject({ entries: [{ key: 'Name' }] });
});
