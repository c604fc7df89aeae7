/**
 * Hunts a folder in which everything attacks whoever shows it, and opens each format as its readers do. `attack/values.ts` has the
 * values. The tests of HTML break the report on purpose too, so that they are known to see what they look for.
 */
import { createServer } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AddressInfo } from 'node:net';
import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'puppeteer-core';
import { attackFolder } from '../support/attack/folder.js';
import { harmIn, overflowIn } from '../support/attack/harm.js';
import { attackValues } from '../support/attack/values.js';
import { describeIn } from '../support/browser.js';
import { htmlElements } from '../support/html-nodes.js';
import { hiddenIn } from '../support/hidden-text.js';
import { markdownTokens, textsOutsideCode } from '../support/markdown-tokens.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.end();
});
const folder = emptyFolder();
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
let address = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { options } = attackFolder(folder, attackValues(address));
  const names = ['html', 'md', 'txt', 'csv', 'xlsx', 'json', 'ndjson', 'sarif', 'ocsf.ndjson'];
  const outputs = names.flatMap((ending) => ['--output', `report.${ending}`]);
  const run = await hunt([...options, ...outputs, '--mail-body', 'report.eml'], { cwd: folder });
  expect(run.stderr).not.toContain('internal error');
  expect(hiddenIn(run.stderr)).toEqual([]);
  expect(run.code).toBe(3);
  const audit = ['--for', 'audit', '--output', 'audit.html', '--output', 'audit.md'];
  expect((await hunt([...options, ...audit], { cwd: folder })).stderr).not.toContain(
    'internal error',
  );
});
afterAll(() => server.close());

const SHOWN_FILES =
  `report.html report.md report.txt report.csv report.json report.ndjson report.sarif report.ocsf.ndjson
  report.eml audit.html audit.md`.split(/\s+/);
/** Tokens of Markdown that do nothing. */
const INERT = new Set(
  'heading paragraph list list_item table text codespan strong space escape hr code'.split(' '),
);

describe('a report on attacks', () => {
  it.each(SHOWN_FILES)('shows in %s what hides', (name) => {
    expect(hiddenIn(read(name).replaceAll(/\t|\r\n/g, ' '))).toEqual([]);
  });

  it.each(['report.md', 'audit.md'])(
    'has in %s no link, image or HTML of a log, and no mention',
    (name) => {
      const markdown = read(name);
      const kinds = new Set(markdownTokens(markdown).map(({ type }) => type));
      expect([...kinds].filter((kind) => !INERT.has(kind))).toEqual([]);
      const outside = textsOutsideCode(markdown).join('\n').replaceAll('&nbsp;', '');
      expect(outside.match(/[@#<>&`|[\]]|:\/\/|www\.|127\.0|[\da-f]{7}/gi) ?? []).toEqual([]);
    },
  );

  it('has in CSV the same columns in each row, and no formula', () => {
    const rows: readonly string[][] = parse(read('report.csv'));
    expect(rows.length).toBeGreaterThan(100);
    const formulas = rows
      .flat()
      .filter((cell) => /^\s*[=+\-@|%\t\r]/.test(cell) && !/^-?\d*$/.test(cell));
    expect(formulas).toEqual([]);
  });

  it('has in XLSX no formula, and findings as texts only', async () => {
    const { sheets } = await readXlsx(readFileSync(join(folder, 'report.xlsx')), {
      readStyles: true,
    });
    const [findings = [], ...others] = sheets.map(({ rows }) => rows.flat());
    expect(findings).toContain("=cmd|' /C calc'!A0");
    expect(findings.filter((cell) => typeof cell !== 'string' && cell !== null)).toEqual([]);
    const texts = [...findings, ...others.flat()].filter((cell) => typeof cell === 'string');
    expect(hiddenIn(texts.join(' ').replaceAll('\t', ' '))).toEqual([]);
    expect(
      sheets
        .flatMap(({ cells }) => [...(cells ?? [])])
        .filter(([, cell]) => cell.formula !== undefined),
    ).toEqual([]);
  });

  it.each(['report.json', 'report.ndjson', 'report.sarif', 'report.ocsf.ndjson'])(
    'is JSON in %s, with the values as they are',
    (name) => {
      const lines = name.endsWith('ndjson') ? read(name).trim().split('\n') : [read(name)];
      const texts = new Set<string>();
      for (const line of lines)
        JSON.parse(
          line,
          (_, value: unknown) => (typeof value === 'string' && texts.add(value), value),
        );
      const missing = attackValues(address).filter(
        (text) => text.length < 300 && !texts.has(text.toWellFormed()),
      );
      if (name !== 'report.sarif') expect(missing).toEqual([]);
    },
  );

  it('is the same when it is read back from its page', async () => {
    const outputs = ['html', 'json', 'md'].flatMap((ending) => ['--output', `viewed.${ending}`]);
    const { code, stderr } = await hunt(['view', 'report.html', ...outputs], { cwd: folder });
    expect(hiddenIn(stderr)).toEqual([]);
    expect(code).toBe(0);
    for (const ending of ['html', 'json', 'md'])
      expect(read(`viewed.${ending}`) === read(`report.${ending}`), ending).toBe(true);
  });

  it('cannot leave its place in a template', async () => {
    const fields = [
      'eventName',
      'userAgent',
      'actor.name',
      'requestParameters',
      'said.change',
      'said.actor',
    ];
    const rows = (around: (tag: string) => string, after: string): string =>
      `{{#findings}}${fields.map((name) => around(`{{${name}}}`)).join(after)}\n{{/findings}}`;
    const templates = {
      'ticket.json': `[${rows((tag) => `"${tag}"`, ',').replace('\n', '{{^isLast}},{{/isLast}}')}]`,
      'ticket.html': `<!doctype html><title>{{said.title}}</title><table>${rows(
        (tag) => `<td title="${tag}">${tag}</td>`,
        '',
      )
        .replace('{{#findings}}', '{{#findings}}<tr>')
        .replace('\n', '</tr>')}</table>`,
      'ticket.md': `| a | b | c | d | e | f |\n|---|---|---|---|---|---|\n${rows((tag) => `| ${tag} `, '')}`,
    };
    const count = read('report.ndjson').trim().split('\n').length;
    for (const [name, text] of Object.entries(templates)) {
      writeFileSync(join(folder, name), text);
      const run = await hunt(['view', 'report.json', '--template', name], { cwd: folder });
      expect(run.code, run.stderr).toBe(0);
      expect(hiddenIn(run.stdout)).toEqual([]);
      if (name === 'ticket.json')
        expect(JSON.parse(run.stdout)).toHaveLength(count * fields.length);
      if (name === 'ticket.html')
        expect(new Set(htmlElements(run.stdout).map(({ tagName }) => tagName))).toEqual(
          new Set('html head title body table tbody tr td'.split(' ')),
        );
      if (name === 'ticket.md') {
        const [table, ...others] = markdownTokens(run.stdout).filter(
          ({ type }) => !['text', 'codespan', 'escape', 'space'].includes(type),
        );
        expect(others).toEqual([]);
        expect(table).toMatchObject({ type: 'table' });
      }
    }
  });

  it('is a mail with the headers of hunt, and no element of a log', () => {
    const [head = '', ...body] = read('report.eml').split('\r\n\r\n');
    const names = head
      .replaceAll(/\r\n[ \t]/g, '')
      .split('\r\n')
      .map((line) => line.split(':')[0]);
    expect(new Set(names)).toEqual(
      new Set(['Content-Type', 'Subject', 'Message-ID', 'Date', 'MIME-Version']),
    );
    const [, html = ''] = body.join('').replaceAll(/=\r\n/g, '').split('<!doctype html>');
    expect(html).toContain('<body');
    expect([
      ...html.matchAll(/<(?!\/?(?:html|head|meta|title|body|p|ul|li|!doctype)\b)[a-z!/]/g),
    ]).toEqual([]);
  });
});

/** A page as a reader opens it, and what it tried. */
async function opened(
  browser: Browser,
  html: string,
  { scripts }: { readonly scripts: boolean },
): Promise<{ page: Page; tried: string[] }> {
  const path = join(emptyFolder(), 'report.html');
  writeFileSync(path, html);
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  const tried: string[] = [];
  page.on('console', (message) => tried.push(message.text()));
  page.on('pageerror', (error) => tried.push(String(error)));
  if (!scripts) await page.setJavaScriptEnabled(false);
  asked.length = 0;
  await page.goto(pathToFileURL(path).href, { waitUntil: 'load' });
  return { page, tried };
}

describe.each(['chromium', 'firefox'] as const)('%s', (which) => {
  describeIn(which, `attacks in ${which}`, (browser) => {
    const ways = which === 'chromium' ? [true, false] : [true];
    it.each(
      ['report.html', 'audit.html'].flatMap((name) =>
        ways.map((scripts) => [name, scripts] as const),
      ),
    )('nothing of a log acts in %s, scripts %s', async (name, scripts) => {
      const { page, tried } = await opened(browser(), read(name), { scripts });
      expect(await harmIn(page)).toEqual([]);
      expect(await overflowIn(page, [320, 390, 768, 1280])).toEqual([]);
      expect(tried).toEqual([]);
      expect(asked).toEqual([]);
      await page.close();
    });

    it('nothing of a log acts when a reader uses every control', async () => {
      const { page, tried } = await opened(browser(), read('report.html'), { scripts: true });
      const findings = read('report.ndjson').trim().split('\n').length;
      expect(await page.evaluate(SHOWN)).toBe(findings);
      for (const text of [
        '#<img src=x onerror=window.harmedByLog=1>',
        '#__proto__',
        '#who=__proto__&text=\u202e%22%3E%3Cimg%3E&since=x&sort=y',
      ])
        await page.evaluate(`location.hash = ${JSON.stringify(text)}`);
      await page.evaluate(USE_ALL);
      await expect.poll(() => page.evaluate(WAITING)).toBe(0);
      expect(await harmIn(page)).toEqual([]);
      expect(await overflowIn(page, [320, 1280])).toEqual([]);
      expect(tried).toEqual([]);
      expect(asked).toEqual([]);
      await page.close();
    });

    it('is seen where a value is not escaped, and stopped by the policy alone', async () => {
      const broken = unescaped(read('report.html'));
      const { page, tried } = await opened(browser(), broken, { scripts: true });
      const harm = (await harmIn(page)).join('\n');
      expect(harm).toMatch(/element img/);
      expect(harm).toMatch(/attribute onerror/);
      expect(harm).not.toContain('ran');
      expect(tried.join('\n')).toContain('Content');
      expect(asked).toEqual([]);
      await page.close();
    });

    it('would act without escapes and policy', async () => {
      const open = unescaped(read('report.html')).replace(/<meta http-equiv[^>]*>/, '');
      const { page } = await opened(browser(), open, { scripts: true });
      await expect.poll(() => harmIn(page)).toContain('a script of a log ran');
      await expect.poll(() => asked).toContain('/img');
      await page.close();
    });
  });
});

/** How many findings the page shows. */
const SHOWN = `[...document.querySelectorAll('.finding')].filter((one) => one.closest('[hidden]') === null).length`;

/**
 * Chooses every value of every list, presses every button, clicks every slot, searches for names, and opens every fold. None of the
 * hundreds of clicks scrolls: before it scrolls, a browser lays out all findings.
 */
const USE_ALL = `(() => {
  Element.prototype.scrollIntoView = () => undefined;
  for (const select of document.querySelectorAll('select'))
    for (const { value } of [...select.options, { value: '' }]) {
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }
  for (const one of document.querySelectorAll('button, rect.slot')) one.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  for (const input of document.querySelectorAll('input'))
    for (const text of ['"><img src=x>', '__proto__', '-', '']) {
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  for (let times = 0; times < 3; times++)
    for (const details of document.querySelectorAll('details')) details.open = true;
})()`;

/** Events that are still being unpacked. */
const WAITING = `(() => {
  for (const details of document.querySelectorAll('details:not([open])')) details.open = true;
  return [...document.querySelectorAll('.raw')].filter((raw) => (raw.querySelector('pre')?.textContent ?? '…') === '…').length;
})()`;

/** The report of a `hunt` that forgot to escape one value. */
function unescaped(html: string): string {
  const value = `<img src="${address}/img" onerror="window.harmedByLog=1">`;
  const escaped = value.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const shown = [escaped, escaped.replaceAll('&gt;', '>')].find((one) =>
    html.includes(`<bdi>${one}`),
  );
  if (shown === undefined) throw new Error('the report does not show the value');
  return html.replace(`<bdi>${shown}`, `<bdi>${value}`);
}
