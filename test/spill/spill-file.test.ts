/** What is spilled is evidence: while it is on the disk, nobody else may read it. */
import { existsSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { SpillFile } from '../../src/spill/spill-file.js';

const OPEN_FILES = '/proc/self/fd';

/** The permissions of the spill files that this process has open. */
function openModes(): readonly number[] {
  return readdirSync(OPEN_FILES).flatMap((descriptor) => {
    const path = `${OPEN_FILES}/${descriptor}`;
    try {
      return /\/hunt-[^/]*\.tmp/.test(readlinkSync(path)) ? [statSync(path).mode & 0o777] : [];
    } catch {
      // The descriptor that listed the folder is closed by now.
      return [];
    }
  });
}

test.runIf(existsSync(OPEN_FILES))('a spill file is for its owner alone', () => {
  const before = openModes();
  const file = new SpillFile();
  onTestFinished(() => file.close());
  file.append(Buffer.from('evidence'));
  expect(openModes()).toEqual([...before, 0o600]);
});
