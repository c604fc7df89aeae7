import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { isObject, type Json } from '../../src/cloudtrail/json.js';
import {
  beginsAsReport,
  ENDINGS,
  FORMAT_NAMES,
  formatNamed,
  formatOfFile,
  render,
  START_BYTES,
  type FormatName,
} from '../../src/report/formats.js';
import type { Finding, Findings } from '../../src/report/finding.js';
import type { Report } from '../../src/report/report.js';
import { safeJson } from '../../src/text/safe-text.js';
import { hiddenIn } from '../support/hidden-text.js';
import {
  finding,
  HOSTILE,
  report,
  reportOn,
  reportWith,
  section,
} from '../support/report-sample.js';

const PLAIN = { width: 120, color: false };
const schemaFile = new URL('../../data/hunt-report-1.schema.json', import.meta.url);
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schemaFile, 'utf8')) as object,
);
const hostile = reportOn([finding({ userAgent: HOSTILE, userIdentity: { arn: HOSTILE } })]);

async function textOf(given: Report, format: FormatName): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await render(given, format, PLAIN)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** Findings that are made while they are walked, as from a file; `taken` counts them. */
function walked(count: number, make: (n: number) => Finding) {
  const findings = {
    length: count,
    taken: 0,
    *[Symbol.iterator]() {
      for (let n = 0; n < count; n++) {
        findings.taken++;
        yield make(n);
      }
    },
  } satisfies Findings & { taken: number };
  return findings;
}

describe('formatOfFile', () => {
  it.each([
    ['a/report.txt', 'table'],
    ['ticket.md', 'markdown'],
    ['page.HTML', 'html'],
    ['report.CSV', 'csv'],
    ['./x.y.json', 'json'],
    ['r.ndjson', 'ndjson'],
    ['r.jsonl', 'ndjson'],
    ['r.XLSX', 'xlsx'],
    ['r.sarif', 'sarif'],
    ['a.b/r.OCSF.ndjson', 'ocsf'],
  ])('%s is %s', (path, format) => expect(formatOfFile(path)).toBe(format));

  it('names the known endings', () => {
    expect(() => formatOfFile('report\u001b.pdf')).toThrow(
      `the report report\\u001b.pdf: its ending must say its format; known endings: ${ENDINGS.join(', ')}`,
    );
  });
});

describe('beginsAsReport', () => {
  it.each(FORMAT_NAMES)('knows %s by its start', async (format) => {
    const many = Array.from({ length: 100 }, () => finding());
    for (const given of [report(), reportOn(many), reportOn([]), hostile])
      expect(beginsAsReport((await textOf(given, format)).slice(0, START_BYTES))).toBe(true);
  });

  it.each([
    '{"Records": [{"eventVersion": "1.08"}]}',
    '{"eventVersion":"1.08","userIdentity":{}}',
    'eventversion,useridentity,eventtime\n1.08,,',
    'eventTime,eventName,userName\n',
    'Event time,User name,Event name\n',
    '# Notes\n\nWhat we saw\n',
    'Notes\nof the incident\n',
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Notes</title>',
  ])('is not misled by %j', (start) => expect(beginsAsReport(start)).toBe(false));
});

describe('json', () => {
  it('is the report, and its schema describes it', async () => {
    const parsed: unknown = JSON.parse(await textOf(report(), 'json'));
    expect(parsed).toEqual(report());
    validate(parsed);
    expect(validate.errors).toBeNull();
  });

  it('has a schema that knows every key, needs every key, and refuses all others', async () => {
    const slack = (value: Json, path: string, put: (value: Json) => Json): readonly string[] => {
      if (Array.isArray(value))
        return value.flatMap((item: Json, i) =>
          slack(item, `${path}[${i}]`, (other) => put(value.with(i, other))),
        );
      if (!isObject(value)) return [];
      const inner = Object.entries(value).flatMap(([key, member]) => {
        const { [key]: _, ...rest } = value;
        const at = `${path}.${key}`;
        if (validate(put(rest))) return [`${at} may be absent`];
        // What a log holds has any shape.
        if (/Identity$|Parameters$|Elements$|extra$/.test(key)) return [];
        return slack(member, at, (other) => put({ ...value, [key]: other }));
      });
      return validate(put({ ...value, unknown: 1 })) ? [`${path} is open`, ...inner] : inner;
    };
    const full = JSON.parse(await textOf(report(), 'json')) as Json;
    expect(slack(full, '', (value) => value)).toEqual([]);
    expect(validate({ ...report(), window: { since: '2026-01-01', until: null } })).toBe(false);
  });

  it('keeps the value of hostile text, and prints none of it raw', async () => {
    const text = await textOf(hostile, 'json');
    expect(JSON.parse(text)).toEqual(hostile);
    expect(text).not.toMatch(/[^\n\x20-\x7e]/);
  });
});

describe('json in pieces', () => {
  it.each([
    ['a report with one of everything', report()],
    ['hostile text', hostile],
    ['no section', report({ sections: [] })],
    ['a section without findings', reportOn([])],
    [
      'several sections and findings',
      report({
        sections: [section({ findingCount: 2 }), section({ findingCount: 0 })],
        findings: [
          finding(),
          finding({ requestParameters: ['\n', { a: [] }, {}] }),
          finding({ extra: { deep: [[[1, 'x\u2028']]] } }),
        ],
      }),
    ],
  ])('is the text that it would be in one: %s', async (_, given) => {
    expect(await textOf(given, 'json')).toBe(`${safeJson(JSON.stringify(given, null, 2))}\n`);
  });

  it.each([
    ['nests deeply', '['.repeat(900) + '1,'.repeat(5000) + '1' + ']'.repeat(900)],
    ['has very many values', `[${'1,'.repeat(20_000)}1]`],
  ])('is not many times as long as an event that %s', async (_, json) => {
    const given = finding({ requestParameters: JSON.parse(json) as Json });
    const text = await textOf(reportOn([given]), 'json');
    const usual = await textOf(reportOn([finding()]), 'json');
    expect(text.length).toBeLessThan(json.length + usual.length);
    expect(JSON.parse(text)).toMatchObject({
      findings: [{ requestParameters: given.requestParameters }],
    });
  });

  it('takes any findings that can be walked for the list that they are', async () => {
    const make = (n: number): Finding => finding({ eventID: String(n), userAgent: HOSTILE });
    const list = Array.from({ length: 3 }, (_, n) => make(n));
    const of = (findings: Findings): Report => reportOn(findings);
    for (const format of FORMAT_NAMES)
      expect(await textOf(of(walked(3, make)), format)).toBe(await textOf(of(list), format));
  });
});

describe('ndjson', () => {
  it('has a finding a line', async () => {
    const lines = (await textOf(report(), 'ndjson')).trimEnd().split('\n');
    const states: Finding['states'] = [
      { resource: 'sg-0abc', what: 'tcp 22 open to 0.0.0.0/0', end: 'not seen', until: null },
    ];
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      finding({ states, attention: ['opened to the world'] }),
    ]);
    const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as { readonly definitions: object };
    const { definitions } = schema;
    const check = new Ajv({ allowUnionTypes: true }).compile({
      definitions,
      $ref: '#/definitions/finding',
    });
    for (const given of [report(), hostile])
      for (const line of (await textOf(given, 'ndjson')).trimEnd().split('\n')) {
        check(JSON.parse(line));
        expect(check.errors).toBeNull();
      }
    expect(check({ ...finding(), unknown: 1 })).toBe(false);
    expect(await textOf(reportOn([]), 'ndjson')).toBe('');
    expect(await textOf(hostile, 'ndjson')).not.toMatch(/[^\n\x20-\x7e]/);
  });
});

it.each(FORMAT_NAMES.filter((name) => name !== 'xlsx'))(
  '%s shows what hides, even where a part of it was not made safe',
  async (format) => {
    const name = 'a\u3164\u00a0\u2800e\u0301\u0301\u0301\u{e0041}z';
    const text = await textOf(reportWith(name), format);
    expect(hiddenIn(text)).toEqual([]);
    expect(text).toContain('a\\u3164\\u00a0\\u2800e\u0301\u0301\\u0301\\udb40\\udc41z');
  },
);

it.each(FORMAT_NAMES)('%s gives the same bytes for the same report', async (format) => {
  expect(await textOf(report(), format)).toBe(await textOf(report(), format));
});

// A workbook is compressed, so its chunks are fewer: `xlsx.test.ts` has its own test.
it.each(FORMAT_NAMES.filter((name) => name !== 'table' && name !== 'xlsx'))(
  '%s has no chunk that grows with the findings, and makes none before it is asked for',
  async (format) => {
    const findings = walked(2000, () => finding());
    const given = reportOn(findings);
    const before = findings.taken;
    const chunks = await render(given, format, PLAIN);
    expect(findings.taken).toBe(before);
    let longest = 0;
    let count = 0;
    for await (const chunk of chunks) {
      // A format for people walks over all of them once before, to say what they have in common.
      const survey = formatNamed(format).forPeople ? findings.length : 0;
      if (count === 0) expect(findings.taken - before - survey).toBeLessThan(1000);
      longest = Math.max(longest, chunk.length);
      count++;
    }
    expect(count).toBeGreaterThan(3);
    expect(longest).toBeLessThan(80_000);
  },
);

it('a table has no chunk that grows with the findings', async () => {
  const findings = walked(2000, () => finding());
  const lengths: number[] = [];
  for await (const chunk of await render(reportOn(findings), 'table', PLAIN))
    lengths.push(chunk.length);
  expect(Math.max(...lengths)).toBeLessThan(80_000);
  expect(lengths.length).toBeGreaterThan(2);
});
