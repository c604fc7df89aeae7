/** The script of the page, in browsers: a reader chooses, sorts and opens findings, and the address keeps what was chosen. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import type { Finding } from '../../../../src/report/finding.js';
import { renderHtml } from '../../../../src/report/html/render.js';
import { describeIn, describeInBrowser } from '../../../support/browser.js';
import { finding, report } from '../../../support/report-sample.js';
import { emptyFolder } from '../../../support/run-hunt.js';

const REGIONS = ['eu-west-1', 'us-east-1', 'ap-south-1'];

/** Findings of two principals in three regions; every fourth failed, and every fifth is of Terraform. */
function findings(count: number): readonly Finding[] {
  return Array.from({ length: count }, (_, n) => {
    const user = n < count / 2 ? 'ada' : 'ben';
    return finding({
      eventID: `event-${n}`,
      eventTime: new Date(Date.UTC(2026, 0, 12, 8, n)).toISOString(),
      awsRegion: REGIONS[n % 3] ?? null,
      userIdentity: {
        type: 'IAMUser',
        userName: user,
        arn: `arn:aws:iam::112233445566:user/${user}`,
      },
      requestParameters: { userName: `made-${n}` },
      eventName: 'CreateUser',
      eventSource: 'iam.amazonaws.com',
      ...(n % 4 === 0 ? { errorCode: 'AccessDenied' } : {}),
      ...(n % 5 === 0 ? { userAgent: 'HashiCorp Terraform/1.5.7' } : {}),
      source: '/logs/CloudTrail/file.json',
    });
  });
}

const short = findings(24);
/** Its events are only in the packs. */
const long = findings(320);

async function opened(browser: Browser, given: readonly Finding[], hash = '') {
  const path = join(emptyFolder(), 'report.html');
  writeFileSync(path, [...renderHtml(report({ findings: given }))].join(''));
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.setViewport({ width: 1280, height: 800 });
  const noticed: string[] = [];
  page.on('console', (message) => noticed.push(message.text()));
  page.on('pageerror', (error) => noticed.push(String(error)));
  await page.goto(pathToFileURL(path).href + hash, { waitUntil: 'load' });
  return { page, noticed };
}

/** A busy machine takes many times as long as an idle one. */
const WAIT = { timeout: 300_000 };
const STATUS = '.toolbar [role=status]';

async function text(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, ({ textContent }) => textContent ?? '');
}

/** Waits until the page says how many findings it shows. */
async function says(page: Page, words: RegExp): Promise<void> {
  await expect.poll(() => text(page, STATUS), WAIT).toMatch(words);
}

/** The numbers of the findings that are shown, in their order. */
async function shown(page: Page): Promise<readonly number[]> {
  return page.$$eval('.finding', (elements) =>
    elements.filter((one) => one.checkVisibility()).map(({ id }) => Number(id.slice(1))),
  );
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  const [select] = await page.$$(`xpath/.//label[span="${label}"]/select`);
  const value = await select?.$$eval(
    'option',
    (options, wanted) => options.find(({ label: own }) => own.startsWith(wanted))?.value,
    option,
  );
  await select?.select(value ?? 'none');
}

function numbersWhere(
  given: readonly Finding[],
  test: (finding: Finding) => boolean,
): readonly number[] {
  return given.flatMap((one, index) => (test(one) ? [index + 1] : []));
}

for (const which of ['chromium', 'firefox'] as const)
  describeIn(which, `the script of a page: ${which}`, (browser) => {
    it('shows what the reader chose, and keeps it in the address', async () => {
      const { page, noticed } = await opened(browser(), short);
      await says(page, /^24 findings$/);
      await choose(page, 'region', 'eu-west-1');
      await says(page, /^8 of 24 findings$/);
      await page.type('.toolbar input', 'terraform -made-15');
      await says(page, /^1 of 24 findings$/);
      const wanted = numbersWhere(
        short,
        ({ awsRegion, userAgent }) =>
          awsRegion === 'eu-west-1' && userAgent?.includes('Terraform') === true,
      ).filter((number) => number !== 16);
      expect(await shown(page)).toEqual(wanted);
      await page.reload();
      await says(page, /^1 of 24 findings$/);
      expect(await shown(page)).toEqual(wanted);
      await page.click('xpath/.//button[.="Reset"]');
      await says(page, /^24 findings$/);
      expect(await page.evaluate(() => location.hash)).toBe('');
      expect(noticed).toEqual([]);
      await page.close();
    });

    it('sorts, and goes back to the order of the page', async () => {
      const { page } = await opened(browser(), short, '#sort=principal');
      const byName = await shown(page);
      expect(byName.slice(0, 12)).toEqual(
        numbersWhere(short, ({ actor }) => actor.name.includes('ada')),
      );
      await choose(page, 'sort by', 'time');
      expect(await shown(page)).toEqual(short.map((_, index) => index + 1));
      await page.close();
    });

    it('shows the event of a finding from the packs, and opens what the address names', async () => {
      const { page, noticed } = await opened(browser(), long, '#f280');
      const raw = '#f280 > details > .raw';
      await page.waitForSelector(raw);
      expect(
        await page.$eval('#f280', (element) => {
          const { top } = element.getBoundingClientRect();
          return top >= 0 && top < innerHeight;
        }),
      ).toBe(true);
      await page.click(`${raw} > summary`);
      await expect.poll(() => text(page, raw), WAIT).toContain('"eventID": "event-279"');
      const event = JSON.parse(await text(page, `${raw} pre`)) as Partial<Finding>;
      const { userIdentity, requestParameters } = long[279] ?? {};
      expect(event).toMatchObject({ userIdentity, requestParameters });
      expect(noticed).toEqual([]);
      await page.close();
    });
  });

describeInBrowser('the script of a page', (browser) => {
  it('searches lines and events, and not the names of files and fields', async () => {
    const { page } = await opened(browser(), long);
    for (const [words, count] of [
      ['"made-31"', 11],
      ['cloudtrail', 0],
      ['sessionCredentialFromConsole', 0],
      ['TERRAFORM accessdenied', 16],
    ] as const) {
      // The words before could still come.
      await page.click('xpath/.//button[.="Reset"]');
      await says(page, /^320 findings$/);
      await page.type('.toolbar input', words);
      await says(page, new RegExp(`^${count} of 320 findings$`));
    }
    await page.close();
  });

  it('works by keys, and says how many findings are shown', async () => {
    const { page } = await opened(browser(), short);
    await page.keyboard.press('/');
    await page.keyboard.type('ben');
    await says(page, /^12 of 24 findings$/);
    await page.keyboard.press('Escape');
    await says(page, /^24 findings$/);
    expect(await page.$eval(STATUS, (status) => status.getAttribute('aria-live'))).toBe('polite');
    await page.close();
  });

  it('takes names in tables and bars of the chart for choices, and sorts tables', async () => {
    const { page } = await opened(browser(), short);
    const names = '.breakdown[data-by=region] td:first-child button';
    const head =
      'xpath/.//table[@data-by="region"]//th/button[starts-with(., "Region") or starts-with(., "By region")]';
    const rows = () =>
      page.$$eval(names, (buttons) => buttons.map(({ textContent }) => textContent));
    await page.click(head);
    expect(await rows()).toEqual(REGIONS.toSorted());
    await page.click(head);
    expect(await rows()).toEqual(REGIONS.toSorted().toReversed());
    await page.click('.attention a[data-g]');
    const { findings: listed } = report({ findings: short });
    const flagged = numbersWhere([...listed], ({ attention }) =>
      attention.includes('made a way in'),
    );
    await says(page, /^\d+ of 24 findings$/);
    expect(await shown(page)).toEqual(flagged);
    expect(await page.evaluate(() => location.hash)).toBe('#flag=made+a+way+in');
    await page.click('.toolbar button:last-of-type');
    await says(page, /^24 findings$/);
    await page.click(names);
    await says(page, /^8 of 24 findings$/);
    await page.$eval('rect.slot', (slot) => slot.dispatchEvent(new Event('click')));
    const [since, until] = await page.$eval('rect.slot', ({ dataset }) => [
      dataset['since'],
      dataset['until'],
    ]);
    const wanted = numbersWhere(short, ({ awsRegion, eventTime }) => {
      const time = Date.parse(eventTime ?? '');
      return awsRegion === 'us-east-1' && time >= Number(since) && time < Number(until);
    });
    expect(await shown(page)).toEqual(wanted);
    expect(await page.evaluate(() => location.hash)).toMatch(
      /^#region=us-east-1&since=2026-01-12T/,
    );
    await page.close();
  });

  it('says on paper that findings are left out, and prints no controls', async () => {
    const { page } = await opened(browser(), short, '#text=ben');
    await says(page, /^12 of 24 findings$/);
    await page.emulateMediaType('print');
    expect(
      await page.$eval('.filtered', (note) => note.checkVisibility() && note.textContent),
    ).toBe('Filtered: 12 of 24 findings, text: ben');
    expect(await page.$eval('.toolbar', (toolbar) => toolbar.checkVisibility())).toBe(false);
    await page.close();
  });

  it('is not needed', async () => {
    const { page } = await opened(browser(), short);
    await page.setJavaScriptEnabled(false);
    await page.reload();
    expect(await page.$$('.toolbar')).toEqual([]);
    expect(await shown(page)).toHaveLength(24);
    await page.close();
  });
});
