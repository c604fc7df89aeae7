/** The day that a file's path names, and which files are therefore read for a window. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../../support/read-dump.js';
import { eventText, readPaths } from '../dumps.js';

const DAY = 86_400_000;
const since = Date.UTC(2026, 0, 10);
const window = { since, until: since + 2 * DAY };
const a = eventText('a');

function delivered(stamp: string, kind = 'CloudTrail'): string {
  return `112233445566_${kind}_eu-west-1_${stamp}_abc.json`;
}

async function countRead(names: readonly string[], more = {}): Promise<number> {
  const folder = folderOf(Object.fromEntries(names.map((name) => [name, a])));
  const { summary } = await readPaths([folder], { window, ...more });
  expect(summary.unreadable).toEqual([]);
  const outside = summary.skipped.find(({ reason }) => reason === 'outside the window');
  expect(summary.read + (outside?.count ?? 0)).toBe(names.length);
  return summary.read;
}

describe('the delivery time in the name of a file', () => {
  const names = [
    delivered('20260108T2359Z'),
    delivered('20260109T0000Z'),
    delivered('20260110T1200Z'),
    delivered('20260113T2355Z', 'CloudTrail-NetworkActivity'),
    delivered('20260114T0000Z', 'CloudTrail-NetworkActivity'),
  ];

  test('bounds what it can hold, as a folder of its day does', async () => {
    expect(await countRead(names)).toBe(3);
    expect(await countRead(names.map((name) => `any/where/${name}`))).toBe(3);
  });

  test('may be later by --late', async () => {
    expect(await countRead(names, { late: 2 * DAY })).toBe(4);
  });

  test('says nothing where it is not asked, or there is no window', async () => {
    expect(await countRead(names, { prune: false })).toBe(5);
    expect(await countRead(names, { window: { since: undefined, until: undefined } })).toBe(5);
  });

  test('is outdone by the folders of a day, so that both engines look at the same files', async () => {
    const folder = (day: string) => `AWSLogs/1/CloudTrail/eu-west-1/${day}`;
    expect(await countRead([`${folder('2026/01/10')}/${delivered('20250101T0000Z')}`])).toBe(1);
    expect(await countRead([`${folder('2025/01/01')}/${delivered('20260110T0000Z')}`])).toBe(0);
  });

  test.each([
    ['no day', delivered('20250231T0000Z')],
    ['no time of day', delivered('20250101')],
    ['in a folder and not in the name', `${delivered('20250101T0000Z')}/a.json`],
    ['not where CloudTrail writes it', 'export_20250101T0000Z_eu-west-1.json'],
  ])('is not taken from what is %s', async (_what, name) => {
    expect(await countRead([name])).toBe(1);
  });
});

describe('a folder of a day that is not needed', () => {
  const outside = 'AWSLogs/1/CloudTrail/eu-west-1/2025/01/01';

  test('is listed all the same: what cannot be looked at in it is named', async () => {
    const folder = folderOf({ [`${outside}/a.json`]: a, [`${outside}/deeper/README`]: 'no log' });
    symlinkSync(join(folder, 'nowhere'), join(folder, outside, 'b.json'));
    const { summary } = await readPaths([folder], { window });
    expect(summary.skipped).toEqual([{ reason: 'outside the window', count: 2 }]);
    expect(summary.unreadable).toEqual([
      { path: `${folder}/${outside}/b.json`, reason: 'broken link' },
    ]);
  });

  test('is followed to where its links lead', async () => {
    const elsewhere = folderOf({ 'x.json': a, 'deeper/y.json': a });
    symlinkSync(join(elsewhere, 'nowhere'), join(elsewhere, 'deeper', 'z.json'));
    const folder = folderOf({ [`${outside}/a.json`]: a });
    symlinkSync(elsewhere, join(folder, outside, 'linked'));
    const { summary } = await readPaths([folder], { window });
    expect(summary.skipped).toEqual([{ reason: 'outside the window', count: 3 }]);
    expect(summary.unreadable).toEqual([
      { path: `${folder}/${outside}/linked/deeper/z.json`, reason: 'broken link' },
    ]);
  });

  test('keeps no file from being opened that is reached in another way, which counts it once', async () => {
    const folder = folderOf({ [`${outside}/a.json`]: a, [`${outside}/b.json`]: a });
    symlinkSync(join(folder, outside, 'a.json'), join(folder, 'a.json'));
    symlinkSync(join(folder, outside), join(folder, 'again'));
    const { summary } = await readPaths([folder], { window });
    expect(summary.read).toBe(1);
    expect(summary.skipped).toEqual([{ reason: 'outside the window', count: 1 }]);
  });
});
