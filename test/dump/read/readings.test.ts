/** What is noted of each file that is read, and how files are left out that an earlier reading has noted. */
import { describe, expect, test } from 'vitest';
import type { FileReading } from '../../../src/dump/dump.js';
import { tar } from '../../support/archives.js';
import { folderOf } from '../../support/read-dump.js';
import { readBucket } from '../../support/s3/reading.js';
import { BUCKET } from '../../support/s3/server.js';
import { eventText, readPaths } from '../dumps.js';

const LOGS = {
  'whole.json': `${eventText('a')}\n${eventText('b', { eventTime: '2024-05-01T09:00:00Z' })}`,
  'undated.json': eventText('c', { eventTime: 'never' }),
  'cut.json': eventText('d').slice(0, -20),
  'half.json': `${eventText('e')}\n{"eventID": broken}`,
  'notes.txt': 'x',
};
const window = { since: Date.parse('2024-05-01'), until: Date.parse('2024-05-02') };

/** By the name of the file. */
function noted(readings: readonly FileReading[]) {
  return Object.fromEntries(
    readings
      .map(
        ({ file, isWhole, first }) =>
          [file.path.split('/').at(-1) ?? '', [isWhole, first]] as const,
      )
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

describe('what became of each file', () => {
  test('it is whole if nothing was lost, and its earliest time is noted', async () => {
    const { readings } = await readPaths([folderOf(LOGS)], { notesFiles: true });
    expect(noted(readings)).toEqual({
      'cut.json': [false, Infinity],
      'half.json': [false, Date.parse('2024-05-01T10:20:30Z')],
      'notes.txt': [true, Infinity],
      'undated.json': [true, Infinity],
      'whole.json': [true, Date.parse('2024-05-01T09:00:00Z')],
    });
  });

  test('an archive is not whole if a member was left out because of its day', async () => {
    const log = 'CloudTrail/eu-west-1/2024/05';
    const own: Parameters<typeof tar>[0] = [[`${log}/01/a.json`, eventText('a')]];
    const other: typeof own = [...own, [`${log}/20/b.json`, eventText('b')]];
    const folder = folderOf({ 'own.tar': await tar(own), 'other.tar': await tar(other) });
    const { readings } = await readPaths([folder], { notesFiles: true, window });
    const first = Date.parse('2024-05-01T10:20:30Z');
    expect(noted(readings)).toEqual({ 'other.tar': [false, first], 'own.tar': [true, first] });
  });

  test('a file that is known is left out, until it changes', async () => {
    const folder = folderOf(LOGS);
    const first = await readPaths([folder], { notesFiles: true });
    const known = new Set(first.readings.map(({ file }) => `${file.path} ${file.version}`));
    const isKnown: Parameters<typeof readPaths>[1] = {
      isKnown: ({ path, version }) => known.has(`${path} ${version}`) && !path.endsWith('cut.json'),
    };
    const again = await readPaths([folder, `${folder}/whole.json`], isKnown);
    expect(again.summary).toMatchObject({ read: 0, records: 0 });
    expect(again.summary.skipped).toContainEqual({ reason: 'read by an earlier run', count: 4 });
    expect(again.summary.unreadable).toHaveLength(1);
  });

  test('an object has another version for another content', async () => {
    const versionOf = async (text: string): Promise<readonly string[]> => {
      const { readings } = await readBucket({ 'a.json': text }, [`s3://${BUCKET}`], {
        notesFiles: true,
      });
      return readings.map(({ file }) => file.version);
    };
    const [one] = await versionOf(eventText('a'));
    expect(one).toMatch(/^"[0-9a-f]{32}"$/);
    expect(await versionOf(eventText('b'))).not.toEqual([one]);
    expect(await versionOf(eventText('a'))).toEqual([one]);
  });
});
