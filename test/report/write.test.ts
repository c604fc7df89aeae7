import {
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeFiles } from '../../src/report/write.js';
import { checkTargets } from '../../src/report/targets.js';
import { emptyFolder } from '../support/folders.js';

let folder: string;
const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), 'utf8');
const hidden = (): string => readdirSync(folder).find((name) => name.startsWith('.hunt-')) ?? '';

beforeEach(() => {
  folder = emptyFolder();
});

describe('writeFiles', () => {
  it('writes all files, and nothing else', async () => {
    await writeFiles(
      [
        { path: at('a.csv'), chunks: ['A', 'é', ''] },
        { path: at('b.json'), chunks: ['B'] },
      ],
      {
        force: false,
      },
    );
    expect([read('a.csv'), read('b.json')]).toEqual(['Aé', 'B']);
    expect(readdirSync(folder).toSorted()).toEqual(['a.csv', 'b.json']);
  });

  it('overwrites only by force, and checks every target before it writes the first', async () => {
    writeFileSync(at('b.csv'), 'old');
    const files = [
      { path: at('a.csv'), chunks: ['new'] },
      { path: at('b.csv'), chunks: ['new'] },
    ];
    await expect(writeFiles(files, { force: false })).rejects.toMatchObject({
      code: 'OUTPUT',
      message: expect.stringContaining('--force') as string,
    });
    expect(readdirSync(folder)).toEqual(['b.csv']);
    expect(read('b.csv')).toBe('old');
    await writeFiles(files, { force: true });
    expect(read('b.csv')).toBe('new');
  });

  it('leaves nothing behind when a file came into being since the check', async () => {
    const files = ['a.csv', 'b.csv', 'c.csv'].map((name) => ({ path: at(name), chunks: ['new'] }));
    const writing = writeFiles(files, { force: false });
    // The check is over when the first write begins.
    writeFileSync(at('b.csv'), 'theirs');
    await expect(writing).rejects.toMatchObject({ code: 'OUTPUT' });
    expect(readdirSync(folder)).toEqual(['b.csv']);
    expect(read('b.csv')).toBe('theirs');
  });

  it('gives all files their names or none, however late the interruption', async () => {
    const { signal } = new AbortController();
    Object.defineProperty(signal, 'aborted', { get: () => readdirSync(folder).includes('a.csv') });
    const files = ['a.csv', 'b.csv'].map((name) => ({ path: at(name), chunks: ['new'] }));
    await writeFiles(files, { force: false, signal });
    expect(readdirSync(folder).toSorted()).toEqual(['a.csv', 'b.csv']);
  });

  it('keeps a replaced file from those it was kept from', async () => {
    writeFileSync(at('a.csv'), 'old', { mode: 0o600 });
    await writeFiles([{ path: at('a.csv'), chunks: ['new'] }], { force: true });
    expect(statSync(at('a.csv')).mode & 0o777).toBe(0o600);
  });

  it('makes no chunk before the one ahead of it stands in a hidden file', async () => {
    const sizes: (number | undefined)[] = [];
    function* text() {
      for (let n = 0; n < 3; n++) {
        sizes.push(statSync(at(hidden()), { throwIfNoEntry: false })?.size);
        yield 'x'.repeat(100_000);
      }
    }
    await writeFiles([{ path: at('a.csv'), chunks: text() }], { force: false });
    expect(sizes).toEqual([0, 100_000, 200_000]);
    expect(read('a.csv')).toHaveLength(300_000);
  });

  it('leaves nothing behind when it is interrupted, before or while it writes', async () => {
    const early = new AbortController();
    early.abort();
    const late = new AbortController();
    let made = 0;
    function* text() {
      for (; made < 100; made++) {
        if (made === 3) late.abort();
        yield 'x'.repeat(100_000);
      }
    }
    for (const { signal } of [early, late]) {
      const files = [
        { path: at('a.csv'), chunks: ['A'] },
        { path: at('b.csv'), chunks: text() },
      ];
      const writing = writeFiles(files, { force: false, signal });
      await expect(writing).rejects.toMatchObject({ code: 'INTERRUPTED' });
      expect(readdirSync(folder)).toEqual([]);
    }
    expect(made).toBe(3);
  });

  it('leaves nothing behind when the text breaks off', async () => {
    function* text() {
      yield 'A';
      throw new Error('the disk\u001b is broken');
    }
    const writing = writeFiles([{ path: at('a.csv'), chunks: text() }], { force: false });
    await expect(writing).rejects.toMatchObject({
      code: 'OUTPUT',
      message: expect.stringContaining('the disk\\u001b is broken') as string,
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps a link a link', async () => {
    writeFileSync(at('real.csv'), 'old');
    symlinkSync(at('real.csv'), at('link.csv'));
    await writeFiles([{ path: at('link.csv'), chunks: ['new'] }], { force: true });
    expect(read('real.csv')).toBe('new');
  });
});

describe('checkTargets', () => {
  it.each([
    ['a missing folder', 'no/a.csv', /there is no folder/],
    ['a file in the place of a folder', 'file/a.csv', /is not a folder/],
    ['a folder', 'folder.csv', /is a folder/],
    ['a dangling link', 'dangling.csv', /--force/],
    ['a name that is too long', `${'x'.repeat(300)}.csv`, /ENAMETOOLONG/],
  ])('refuses %s', (_, name, message) => {
    writeFileSync(at('file'), '');
    mkdirSync(at('folder.csv'));
    symlinkSync(at('nowhere'), at('dangling.csv'));
    expect(() => checkTargets([at(name)], false)).toThrow(message);
  });

  it('refuses the same file twice, however it is spelt', () => {
    expect(() => checkTargets([at('a.csv'), join(folder, '.', 'x', '..', 'a.csv')], true)).toThrow(
      /named twice/,
    );
    expect(() => checkTargets([at('a.csv'), `${folder}//a.csv`], true)).toThrow(/named twice/);
  });

  it('refuses the same file twice through a linked folder', () => {
    mkdirSync(at('real'));
    symlinkSync(at('real'), at('linked'));
    expect(() => checkTargets([at('real/a.csv'), at('linked/a.csv')], true)).toThrow(/named twice/);
  });

  it('replaces only regular files, with force or without', () => {
    symlinkSync('/dev/null', at('a.csv'));
    expect(() => checkTargets([at('a.csv')], true)).toThrow(/not a regular file/);
  });

  it('makes hostile names harmless', () => {
    expect(() => checkTargets([at('\u001b[2J/a.csv')], false)).toThrow(/\\u001b\[2J/);
  });
});
