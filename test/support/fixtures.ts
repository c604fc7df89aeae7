/**
 * Real logs that others published. They are no part of the project, so a checkout may have none: the tests that read them
 * are then skipped, and the console says so.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';

/** The folder `shared` beside the checkout. Its `fixtures` has a folder for each publisher. */
const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** The path of a publisher's folder. */
export function fixture(folder: string): string {
  return join(SHARED, 'fixtures', folder);
}

/** The path of a folder of damaged and hostile logs. */
export function hostileCases(folder: string): string {
  return join(SHARED, 'cases-hostile', folder);
}

/** A `describe` whose tests read real logs. Where there are none, the tests are skipped and the reason is printed. */
export function describeWithFixtures(name: string, body: () => void): void {
  describeWith('fixtures', name, body);
}

/** The same for tests that read damaged and hostile logs. */
export function describeWithHostileCases(name: string, body: () => void): void {
  describeWith('cases-hostile', name, body);
}

function describeWith(folder: string, name: string, body: () => void): void {
  const path = join(SHARED, folder);
  if (existsSync(path)) {
    describe(name, body);
    return;
  }
  const reason = `needs the logs in ${path}, which is not there (see CONTRIBUTING.md)`;
  console.warn(`skipped: ${name}: ${reason}`);
  describe.skip(name, () => test(reason, () => undefined));
}
