/**
 * Reports in which every member attacks, or is missing, or is empty, in every format. `e2e/attack.test.ts` opens what a hunt makes
 * of hostile logs; here also what no hunt makes, for a report that is read back may have anything in it.
 */
import { describe, expect, it } from 'vitest';
import { withAudit } from '../../src/report/audit/with-audit.js';
import { FORMAT_NAMES, render, type FormatName } from '../../src/report/formats.js';
import type { Report } from '../../src/report/report.js';
import { attackedReport } from '../support/attack/model.js';
import { attackValues } from '../support/attack/values.js';
import { hiddenIn } from '../support/hidden-text.js';
import { htmlElements } from '../support/html-nodes.js';
import { markdownTokens, textsOutsideCode } from '../support/markdown-tokens.js';
import { report, reportWith } from '../support/report-sample.js';

async function textOf(given: Report, format: FormatName): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await render(given, format, { width: 100, color: true }))
    chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

const audited = withAudit(report(), {
  controls: ['SOC 2 CC8.1'],
  timeZone: 'Europe/Berlin',
  accountNames: new Map([['112233445566', 'prod-web']]),
  manifest: 'changes.manifest.json',
  signature: null,
});
const values = attackValues('http://127.0.0.1:9');
const kinds: readonly (readonly [string, Report])[] = [
  ['attacks', attackedReport(reportWith('x'), values)],
  ['attacks an auditor', attackedReport(audited, values.toReversed())],
  ['has nothing', attackedReport(report(), [null])],
  ['is empty', attackedReport(audited, [''])],
  [
    'has wrong types',
    attackedReport(reportWith('x'), [0, [], {}, true, null, [[null]], { a: [1] }, 'x']),
  ],
];

describe.each(kinds)('a report in which every member %s', (_, given) => {
  it.each(FORMAT_NAMES.filter((name) => name !== 'xlsx'))('is harmless as %s', async (format) => {
    const text = await textOf(given, format);
    const shown = text.replaceAll(/\u001b\[(?:[12]|22|3[1-69])m|\t/g, ' ');
    expect(hiddenIn(shown)).toEqual([]);
    const said = shown.replaceAll(/<script>[^]*?<\/script>/g, '');
    expect(said).not.toMatch(/\[object |\bundefined\b|\bNaN\b/);
    if (format === 'html') expect(actingIn(text)).toEqual([]);
    if (format === 'markdown') expect(linkedIn(text)).toEqual([]);
    if (/json|sarif|ocsf/.test(format)) for (const line of linesOf(text, format)) JSON.parse(line);
  });

  it('is a workbook', async () => {
    expect((await textOf(given, 'xlsx')).length).toBeGreaterThan(1000);
  });
});

function linesOf(text: string, format: FormatName): readonly string[] {
  return format === 'ndjson' ? text.split('\n').filter((line) => line !== '') : [text];
}

/** Attributes of a page that run or load something. */
function actingIn(html: string): readonly string[] {
  return htmlElements(html).flatMap(({ tagName, attrs }) =>
    attrs
      .filter(
        ({ name, value }) =>
          /^(?:on.*|style|src.*|action|formaction)$/.test(name) ||
          (name === 'href' && !/^(?:#|https?:\/\/)/.test(value)),
      )
      .map(({ name, value }) => `${tagName} ${name}="${value}"`),
  );
}

/** What is more than text in Markdown, or would be for a reader that looks into finished text. */
function linkedIn(markdown: string): readonly string[] {
  const tokens = markdownTokens(markdown).filter(({ type }) =>
    /^(?:link|image|html|def|del|em|blockquote|br)$/.test(type),
  );
  const texts = textsOutsideCode(markdown).join('\n').replaceAll('&nbsp;', '');
  return [
    ...tokens.map(({ raw }) => raw),
    ...(texts.match(/[@#<>&`|[\]]|:\/\/|www\.|\b[\da-f]{7}/gi) ?? []),
  ];
}
