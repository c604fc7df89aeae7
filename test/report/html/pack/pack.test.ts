/** The JSON report that travels inside of a page, unpacked by another implementation than the one that packs it. */
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/report/finding.js';
import type { PackedFindings } from '../../../../src/report/html/pack/pack.js';
import { renderHtml } from '../../../../src/report/html/render.js';
import { renderJson } from '../../../../src/report/json.js';
import type { Report } from '../../../../src/report/report.js';
import { finding, HOSTILE, report, reportWith } from '../../../support/report-sample.js';

const PACK =
  /<script type="text\/plain" class="pack" data-first="(\d+)">([A-Za-z0-9+/=]+)<\/script>/g;
const MODEL = /<script type="text\/plain" id="model">([A-Za-z0-9+/=]+)<\/script>/;

function unpacked(base64: string | undefined): string {
  return inflateRawSync(Buffer.from(base64 ?? '', 'base64')).toString();
}

function packsOf(given: Report) {
  const html = [...renderHtml(given)].join('');
  const packs = [...html.matchAll(PACK)].map(([, first, base64]) => ({
    first: Number(first),
    lines: unpacked(base64).split('\n').slice(0, -1),
  }));
  const model = JSON.parse(unpacked(MODEL.exec(html)?.[1])) as Omit<Report, 'findings'> & {
    readonly findings: PackedFindings;
  };
  return { html, packs, model };
}

const hostile = reportWith(`${HOSTILE}</script><script>alert(1)</script>`);
const long = report({
  findings: Array.from({ length: 250 }, (_, n) => finding({ eventID: `event-${n}` })),
});
const large = report({
  findings: Array.from({ length: 5 }, (_, n) => finding({ eventID: `${n}`.repeat(600_000) })),
});

describe('the packs of a page', () => {
  it.each([
    ['one finding', report(), [1]],
    ['no finding', report({ findings: [] }), []],
    ['hostile values', hostile, [1]],
    ['many findings', long, [1, 101, 201]],
    ['large findings', large, [1, 3, 5]],
  ])('hold the same JSON report: %s', (_, given, firsts) => {
    const { packs, model } = packsOf(given);
    expect(packs.map(({ first }) => first)).toEqual(firsts);
    const findings = packs.flatMap(({ lines }) => lines.map((line) => JSON.parse(line) as Finding));
    expect(findings.length).toBe(model.findings.length);
    expect([...renderJson({ ...model, findings })].join('')).toBe([...renderJson(given)].join(''));
  });

  it('are the same bytes each time', () => {
    expect(packsOf(long).html).toBe(packsOf(long).html);
  });
});
