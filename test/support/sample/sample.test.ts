import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SAMPLE, sampleFiles } from './make.mjs';

const stale = 'data/sample is stale: run node test/support/sample/make.mjs';

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

describe('data/sample', () => {
  const wanted = sampleFiles();

  it('has the files that make-sample makes', () => {
    expect(filesOf(SAMPLE).toSorted(), stale).toEqual(wanted.map(({ path }) => path).toSorted());
  });

  // Texts, not bytes: releases of zlib compress differently.
  it.each(wanted)('$path is up to date', ({ path, text }) => {
    const bytes = readFileSync(join(SAMPLE, path));
    expect(path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString(), stale).toBe(
      text,
    );
  });

  it('is small', () => {
    const sizes = filesOf(SAMPLE).map((path) => readFileSync(join(SAMPLE, path)).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
  });
});
