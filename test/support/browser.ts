/**
 * Browsers for tests of pages, where the machine has them. `CHROMIUM` and `FIREFOX` name them where they are not in a usual place.
 * Without one, its tests are skipped, and the console says so; with `HUNT_REQUIRE_BROWSER=1` they fail.
 */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { launch, type Browser } from 'puppeteer-core';

const PLACES = {
  chromium: [
    process.env['CHROMIUM'] ?? '',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  firefox: [
    process.env['FIREFOX'] ?? '',
    '/usr/bin/firefox',
    '/usr/bin/firefox-esr',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ],
} as const;

type BrowserName = keyof typeof PLACES;

/** A `describe` whose tests get Chromium, which is started once. */
export function describeInBrowser(name: string, tests: (browser: () => Browser) => void): void {
  describeIn('chromium', name, tests);
}

/** The same in any browser. */
export function describeIn(
  which: BrowserName,
  name: string,
  tests: (browser: () => Browser) => void,
): void {
  const executablePath = PLACES[which].find((path) => path !== '' && existsSync(path));
  if (executablePath === undefined) {
    const reason = `needs ${which}, which was not found; ${which.toUpperCase()} may name it`;
    if (process.env['HUNT_REQUIRE_BROWSER'] === '1') throw new Error(reason);
    console.warn(`skipped: ${name}: ${reason}`);
    describe.skip(name, () => test(reason, () => undefined));
    return;
  }
  describe(name, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      // Chromium refuses its sandbox to root, as in a container.
      const args = which === 'chromium' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      // A busy machine takes many times as long as an idle one.
      const patience = { timeout: 0, protocolTimeout: 600_000 };
      const kind = which === 'firefox' ? { browser: which } : {};
      browser = await launch({ executablePath, args, ...kind, ...patience });
    });
    afterAll(() => browser?.close());
    tests(() => {
      if (browser === undefined) throw new Error('the browser has not started');
      return browser;
    });
  });
}
