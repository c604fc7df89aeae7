/** Makes docs/report.png: the top of the HTML report on data/sample, as the last build writes it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from 'puppeteer-core';

const LARGEST = 200_000;
const target = 'docs/report.png';
const report = join(mkdtempSync(join(tmpdir(), 'hunt-screenshot-')), 'report.html');

execFileSync(process.execPath, [
  'dist/main.js',
  'data/sample',
  '--set',
  'PROD_ACCOUNT_IDS=112233445566',
  '--output',
  report,
  '--quiet',
]);
const browser = await launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  // Chromium refuses its sandbox to root, as in a container.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
await page.setViewport({ width: 1080, height: 970 });
await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
await page.goto(pathToFileURL(report).href);
await page.screenshot({ path: target });
await browser.close();
const { size } = statSync(target);
console.log(`${target}: ${size} bytes`);
if (size > LARGEST) process.exitCode = 1;
