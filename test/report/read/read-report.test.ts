/** Reports that are read back: laid out anew, of another version, damaged, hostile. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudtrail/json.js';
import { HuntError } from '../../../src/errors.js';
import { render } from '../../../src/report/formats.js';
import { renderHtml } from '../../../src/report/html/render.js';
import { renderJson } from '../../../src/report/json.js';
import { findingsInFile } from '../../../src/report/read/findings.js';
import { readReport } from '../../../src/report/read/read-report.js';
import type { Report } from '../../../src/report/report.js';
import { finding, HOSTILE, report, section } from '../../support/report-sample.js';

const folder = mkdtempSync(join(tmpdir(), 'hunt-test-'));
const PATH = join(folder, 'report');
afterAll(() => rmSync(folder, { recursive: true }));

const hostile = finding({
  userAgent: `${HOSTILE}</script>`,
  // Keys that JavaScript puts into another order, or takes for a prototype.
  requestParameters: JSON.parse(`{"b":1,"10":2,"9":3,"__proto__":{"x":[1]}}`) as JsonObject,
});
const given = report({
  findings: Array.from({ length: 120 }, (_, n) => ({ ...hostile, eventID: `event-${n}` })),
});

function textOf(pieces: Iterable<string>): string {
  return [...pieces].join('');
}

const JSON_TEXT = textOf(renderJson(given));
const HTML_TEXT = textOf(renderHtml(given));

/** The report in a file with this content. */
function opened(content: string | Buffer) {
  writeFileSync(PATH, content);
  return readReport(PATH, 'r');
}

/** The error for a file with this content. */
function errorFor(content: string | Buffer): string {
  try {
    opened(content).close();
  } catch (error) {
    if (error instanceof HuntError) return error.message;
    throw error;
  }
  return 'no error';
}

/** The JSON report with some of its members replaced, laid out anew. */
function changed(members: object): string {
  return JSON.stringify({ ...(JSON.parse(textOf(renderJson(report()))) as Report), ...members });
}

describe('a report that is read back', () => {
  it.each([
    ['JSON', JSON_TEXT],
    ['JSON that another program laid out', `\ufeff ${JSON.stringify(JSON.parse(JSON_TEXT))}\r\n`],
    ['HTML', HTML_TEXT],
  ])('is the same report: %s', (_, content) => {
    const read = opened(content);
    expect(textOf(renderJson(read.report))).toBe(JSON_TEXT);
    expect(textOf(renderHtml(read.report))).toBe(HTML_TEXT);
    for (const index of [0, 99, 100, 119])
      expect(read.findingAt(index).eventID).toBe(`event-${index}`);
    expect(() => read.findingAt(120)).toThrow(RangeError);
    read.close();
  });

  it('may be of a version that did not write everything yet', () => {
    const { overview: _, order: __, ...old } = JSON.parse(changed({})) as Report;
    const { outputFields: ___, ...rule } = section().rule;
    const { attention: ____, ...one } = finding();
    const { lateFiles: _____, ...completeness } = old.completeness;
    const read = opened(
      JSON.stringify({
        ...old,
        completeness,
        sections: [{ ...section(), rule }],
        summary: { ...old.summary, actors: [{ name: 'a', findings: 1 }] },
        findings: [one],
      }),
    );
    expect(read.report).toMatchObject({ order: 'time', overview: { attention: [] } });
    expect(read.report.completeness).toMatchObject({ ...completeness, lateFiles: null });
    expect(read.lacksOverview).toBe(true);
    expect(read.report.sections[0]?.rule.outputFields).toEqual([]);
    expect(read.findingAt(0).attention).toEqual([]);
    read.close();
  });

  it('may be of a later version, which adds members', () => {
    const read = opened(changed({ schema: 'hunt-report/2', more: { of: 'it' } }));
    expect(read.newerSchema).toBe('hunt-report/2');
    expect(read.report.findings.length).toBe(1);
    read.close();
    expect(errorFor(changed({ schema: 'hunt-report/2', summary: 'all' }))).toBe(
      'r is no report that hunt can read: summary is not an object: "all". It is of hunt-report/2, which is newer than this hunt: update hunt',
    );
  });
});

describe('what is no report is refused with a reason', () => {
  const wrong = (fields: object) => changed({ findings: [finding(), { ...finding(), ...fields }] });

  it.each([
    ['', 'it is empty'],
    ['[]', 'it is a list'],
    ['"a"', 'it is a text'],
    ['7', 'it has no findings'],
    ['{"findings":[]} trailing', 'it is not JSON'],
    [Buffer.from('\ufeff{}', 'utf16le'), 'it is no UTF-8 text'],
    ['<p>a page</p>', 'it is a page without a whole JSON report in it'],
    ['{"schema":"hunt-report/1"}', 'it has no findings'],
    ['{"schema":"other","findings":[]}', 'its schema is not hunt-report/1'],
    ['{"schema":"hunt-report/1","findings":[],"find\\u0069ngs":[]}', 'it has findings twice'],
    ['{"schema":"hunt-report/1","findings":[{}, 5]}', 'findings[1] is no object'],
    ['{"schema":"hunt-report/1","findings":[{}, {"a":}]}', 'tool is missing'],
    [JSON_TEXT.slice(0, -9), 'it ends in the middle'],
    [`{"findings":${'['.repeat(5000)}`, 'findings[0] is no object'],
    [`{"a":${'['.repeat(5000)}`, 'it nests deeper than 2000 levels'],
    [changed({ findings: { length: 1 } }), 'it has no findings'],
    [
      changed({ window: { since: '2026-02-30T00:00:00.000Z', until: null } }),
      'window.since is no time: "2026-02-30T00:00:00.000Z"',
    ],
    [wrong({ eventTime: 'soon' }), 'findings[1].eventTime is not like'],
    [wrong({ rules: [] }), 'findings[1].rules has fewer than 1 items'],
    [changed({ gone: Array(1001).fill(0) }), 'gone has more than 1000 items'],
    [
      wrong({ rules: [{ id: 7, severity: 'High', alert: null }] }),
      'findings[1].rules[0].id is not a text',
    ],
    [
      wrong({ rules: [{ id: 'A', severity: 'informational', alert: null }] }),
      'findings[1].rules[0].severity is none of "Info", "Low", "Medium", "High", "Critical": "informational"',
    ],
    [
      changed({ sections: [{ ...section(), rule: { ...section().rule, severity: 'high' } }] }),
      'sections[0].rule.severity is none of "Info", "Low", "Medium", "High", "Critical": "high"',
    ],
    [
      wrong({ outcome: '\u001b[31mperhaps' }),
      'findings[1].outcome is none of "succeeded", "failed": "\\u001b[31mperhaps"',
    ],
  ])('%s', (content, reason) => {
    expect(errorFor(content)).toContain(`r is no report that hunt can read: ${reason}`);
  });

  it.each([
    [
      'a pack is damaged',
      HTML_TEXT.replace('data-first="101">', 'data-first="101">AAAA'),
      'the pack of its findings from 101 on is damaged',
    ],
    [
      'a pack is missing',
      HTML_TEXT.replace(/<script type="text\/plain" class="pack" data-first="101">[^<]*/, '<b>'),
      'the pack of its findings from 1 on is damaged',
    ],
    ['the model is missing', HTML_TEXT.replace('id="model"', 'id="other"'), 'it is a page without'],
    ['there are two models', HTML_TEXT + HTML_TEXT, 'the pack of finding 1 is in the wrong place'],
  ])('a page: %s', (_, content, reason) => {
    expect(errorFor(content)).toContain(reason);
  });

  it('is refused when it is changed while it is read', () => {
    const { report: read, close } = opened(JSON_TEXT);
    writeFileSync(PATH, JSON_TEXT.replaceAll('event-', 'other'));
    expect(() => [...read.findings]).toThrow('r was changed while it was read');
    close();
  });
});

it('the check knows every word of the schema', () => {
  const words = new Set<string>();
  const collect = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, value] of Object.entries(part)) {
      words.add(key);
      if (key === 'properties' || key === 'definitions')
        Object.values(value as object).forEach(collect);
      else if (!['const', 'enum', 'required'].includes(key)) collect(value);
    }
  };
  const text = readFileSync(
    new URL('../../../data/hunt-report-1.schema.json', import.meta.url),
    'utf8',
  );
  collect(JSON.parse(text));
  // Those that a reader of reports need not check: what others have is no harm, and these only describe.
  const others = ['$schema', '$id', 'title', 'description', 'additionalProperties', 'definitions'];
  const checked = [
    'type',
    '$ref',
    'const',
    'enum',
    'pattern',
    'minimum',
    'minItems',
    'maxItems',
    'items',
    'anyOf',
    'oneOf',
    'required',
    'properties',
  ];
  const known = new Set([...others, ...checked]);
  expect([...words].filter((word) => !known.has(word) && !/^[0-9]+$/.test(word))).toEqual([]);
});

it('findings of any version are read one by one', () => {
  writeFileSync(PATH, '{"schema":"hunt-report/1","findings":[{"eventID":1},{"eventID":"b"}]}');
  expect([...findingsInFile(PATH)]).toEqual([{ eventID: 1 }, { eventID: 'b' }]);
});

it('ndjson that is printed again keeps the order of keys', async () => {
  const read = opened(JSON_TEXT);
  const lines: string[] = [];
  for await (const chunk of await render(read.report, 'ndjson', { width: 80, color: false }))
    lines.push(String(chunk));
  expect(lines.join('').split('\n')[0]).toContain('{"9":3,"10":2,"b":1,"__proto__":{"x":[1]}}');
  read.close();
});
