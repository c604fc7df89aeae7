/** The HTML report in a browser: it needs nothing, fits each width, and prints. `e2e/attack.test.ts` attacks it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { expect, it } from 'vitest';
import type { Browser, Page } from 'puppeteer-core';
import { withAudit } from '../../../src/report/audit/with-audit.js';
import { renderHtml } from '../../../src/report/html/render.js';
import { describeInBrowser } from '../../support/browser.js';
import { finding, report, reportWith } from '../../support/report-sample.js';
import { emptyFolder, hunt, SAMPLE } from '../../support/run-hunt.js';

const LONG = `arn:aws:iam::112233445566:role/${'x'.repeat(400)}`;

function htmlOf(given: Parameters<typeof renderHtml>[0]): string {
  return [...renderHtml(given)].join('');
}

const audited = withAudit(reportWith('a value'), {
  controls: ['SOC 2 CC8.1'],
  timeZone: 'Europe/Berlin',
  accountNames: new Map([['112233445566', 'prod-web']]),
  manifest: 'changes.manifest.json',
  signature: null,
});

interface Opened {
  readonly page: Page;
  /** What the page asked for besides itself, tried and was refused, or wrote to the console. */
  readonly noticed: readonly string[];
}

/** Opens a page from disk, as a reader does. */
async function opened(browser: Browser, html: string, width = 1280): Promise<Opened> {
  const path = join(emptyFolder(), 'report.html');
  writeFileSync(path, html);
  const page = await browser.newPage();
  await page.setViewport({ width, height: 800 });
  page.setDefaultTimeout(0);
  const noticed: string[] = [];
  const url = pathToFileURL(path).href;
  page.on('request', (request) => {
    if (request.url() !== url) noticed.push(`request ${request.url()}`);
  });
  page.on('console', (message) => noticed.push(`console ${message.text()}`));
  page.on('pageerror', (error) => noticed.push(String(error)));
  await page.goto(url, { waitUntil: 'load' });
  return { page, noticed };
}

describeInBrowser('html in a browser', (browser) => {
  it.each([
    ['ordinary values', reportWith('a value')],
    ['long values', reportWith(LONG)],
    ['an audit report', audited],
  ])('asks for nothing, and fits each width: %s', async (_, given) => {
    const { page, noticed } = await opened(browser(), htmlOf(given));
    for (const width of [320, 390, 768, 1280]) {
      await page.setViewport({ width, height: 800 });
      const scroll = await page.evaluate('document.documentElement.scrollWidth');
      expect(scroll, `at ${width} px`).toBeLessThanOrEqual(width);
    }
    expect(noticed).toEqual([]);
    const acting = 'script:not([type]):not(:last-child),img,[style]';
    expect(await page.evaluate(`document.querySelectorAll('${acting}').length`)).toBe(0);
    await page.close();
  });

  it.each([
    ['light', 320],
    ['dark', 320],
    ['light', 1280],
    ['dark', 1280],
  ] as const)('is accessible, %s, at %i px', async (scheme, width) => {
    for (const given of [reportWith('a value'), audited]) {
      const { page } = await opened(browser(), htmlOf(given), width);
      await page.setBypassCSP(true);
      await page.reload();
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.evaluate(axe.source);
      const violations = await page.evaluate(
        'axe.run().then(({violations}) => violations.map(({id, nodes}) => `${id} ${nodes[0].html}`))',
      );
      expect(violations).toEqual([]);
      await page.close();
    }
  });

  it('prints on A4 with every finding', async () => {
    const findings = Array.from({ length: 300 }, (_, n) => finding({ eventID: `event-${n}` }));
    const { page } = await opened(browser(), htmlOf(report({ findings })));
    await page.emulateMediaType('print');
    const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, timeout: 0 })).toString(
      'latin1',
    );
    const pages = [...pdf.matchAll(/\/Type\s*\/Page\b/g)].length;
    expect(pages).toBeGreaterThan(5);
    expect(pages).toBeLessThan(60);
    // A4 in points.
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45][\d.]* 84[12][\d.]*\]/);
    expect(await page.evaluate("getComputedStyle(document.querySelector('nav')).display")).toBe(
      'none',
    );
    await page.close();
  });

  it('prints the sample on few pages', async () => {
    const path = join(emptyFolder(), 'report.html');
    await hunt([SAMPLE, '--set', 'PROD_ACCOUNT_IDS=112233445566', '--output', path]);
    const { page } = await opened(browser(), readFileSync(path, 'utf8'));
    const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, timeout: 0 }));
    expect([...pdf.toString('latin1').matchAll(/\/Type\s*\/Page\b/g)].length).toBeLessThan(11);
    await page.close();
  });

  it('is complete where a server refuses its style and script, with marks in colours', async () => {
    const html = htmlOf(reportWith('a value'));
    const server = createServer((_, response) => {
      response.setHeader('Content-Security-Policy', "sandbox; style-src 'self'");
      response.setHeader('Content-Type', 'text/html; charset=utf-8').end(html);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const page = await browser().newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const black = `[...document.querySelectorAll('svg rect')].filter((mark) => getComputedStyle(mark).fill === 'rgb(0, 0, 0)').length`;
    expect(await page.evaluate(`document.styleSheets.length`)).toBe(0);
    expect(await page.evaluate(`document.querySelectorAll('svg rect').length`)).toBeGreaterThan(0);
    expect(await page.evaluate(black)).toBe(0);
    expect(await page.evaluate(`document.querySelectorAll('.toolbar').length`)).toBe(0);
    expect(await page.evaluate(`document.body.innerText`)).toContain('Every finding');
    await page.close();
    server.close();
  });
});
