import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { isObject, type Json } from '../../src/cloudtrail/json.js';
import { FORMAT_NAMES, formatOf, render } from '../../src/report/formats.js';
import { finding, HOSTILE, report, section } from '../support/report-sample.js';

const PLAIN = { width: 120, color: false };
const schemaFile = new URL('../../data/hunt-report-1.schema.json', import.meta.url);
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schemaFile, 'utf8')) as object,
);
const hostile = report({
  sections: [
    section({ findings: [finding({ userAgent: HOSTILE, userIdentity: { arn: HOSTILE } })] }),
  ],
});

describe('formatOf', () => {
  it.each([
    ['a/report.txt', 'table'],
    ['report.CSV', 'csv'],
    ['./x.y.json', 'json'],
    ['r.ndjson', 'ndjson'],
    ['r.jsonl', 'ndjson'],
  ])('%s is %s', (path, format) => expect(formatOf(path)).toBe(format));

  it('names the known endings', () => {
    expect(() => formatOf('report\u001b.pdf')).toThrow(
      /report\\u001b\.pdf.*\.txt, \.csv, \.json, \.ndjson/,
    );
  });
});

describe('json', () => {
  it('is the report, and its schema describes it', () => {
    const parsed: unknown = JSON.parse(render(report(), 'json', PLAIN));
    expect(parsed).toEqual(report());
    validate(parsed);
    expect(validate.errors).toBeNull();
  });

  it('has a schema that knows every key, needs every key, and refuses all others', () => {
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
    const full = JSON.parse(render(report(), 'json', PLAIN)) as Json;
    expect(slack(full, '', (value) => value)).toEqual([]);
    expect(validate({ ...report(), window: { since: '2026-01-01', until: null } })).toBe(false);
  });

  it('keeps the value of hostile text, and prints none of it raw', () => {
    const text = render(hostile, 'json', PLAIN);
    expect(JSON.parse(text)).toEqual(hostile);
    expect(text).not.toMatch(/[^\n\x20-\x7e]/);
  });
});

describe('ndjson', () => {
  it('has a finding a line, with its rule', () => {
    const lines = render(report(), 'ndjson', PLAIN).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { rule: 'AWS.EC2.ManualSecurityGroupChange', ...finding() },
    ]);
    expect(render(report({ sections: [section({ findings: [] })] }), 'ndjson', PLAIN)).toBe('');
    expect(render(hostile, 'ndjson', PLAIN)).not.toMatch(/[^\n\x20-\x7e]/);
  });
});

it.each(FORMAT_NAMES)('%s gives the same bytes for the same report', (format) => {
  expect(render(report(), format, PLAIN)).toBe(render(report(), format, PLAIN));
});
