/**
 * Real logs that others published. They are no part of the project, so a checkout may have none: the tests that read them
 * are then skipped, and the console says so.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';

/** The folder `shared/fixtures` beside the checkout, which has a folder for each publisher. */
const FIXTURES = fileURLToPath(new URL('../../../shared/fixtures/', import.meta.url));

/** The path of a publisher's folder. */
export function fixture(folder: string): string {
  return join(FIXTURES, folder);
}

/** A `describe` whose tests read real logs. Where there are none, the tests are skipped and the reason is printed. */
export function describeWithFixtures(name: string, body: () => void): void {
  if (existsSync(FIXTURES)) {
    describe(name, body);
    return;
  }
  const reason = `needs real logs, and there is no folder ${FIXTURES} (see CONTRIBUTING.md)`;
  console.warn(`skipped: ${name}: ${reason}`);
  describe.skip(name, () => test(reason, () => undefined));
}
