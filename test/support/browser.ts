/**
 * A browser for tests of pages: Chromium, where the machine has it. `CHROMIUM` names it where it is not in a usual place. Without
 * one, the tests are skipped, and the console says so; with `HUNT_REQUIRE_BROWSER=1` they fail.
 */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { launch, type Browser } from 'puppeteer-core';

const PLACES = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A `describe` whose tests get a browser, which is started once. */
export function describeInBrowser(name: string, tests: (browser: () => Browser) => void): void {
  const executablePath = PLACES.find((path) => path !== '' && existsSync(path));
  if (executablePath === undefined) {
    const reason = 'needs Chromium, which was not found; CHROMIUM may name it';
    if (process.env['HUNT_REQUIRE_BROWSER'] === '1') throw new Error(reason);
    console.warn(`skipped: ${name}: ${reason}`);
    describe.skip(name, () => test(reason, () => undefined));
    return;
  }
  describe(name, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      // Chromium refuses its sandbox to root, as in a container.
      const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      // A busy machine takes many times as long as an idle one.
      browser = await launch({ executablePath, args, timeout: 0, protocolTimeout: 600_000 });
    });
    afterAll(() => browser?.close());
    tests(() => {
      if (browser === undefined) throw new Error('the browser has not started');
      return browser;
    });
  });
}
