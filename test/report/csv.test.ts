import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCsv } from '../../src/report/csv.js';
import type { Report } from '../../src/report/report.js';
import { finding, HOSTILE, report, section } from '../support/report-sample.js';

function csvText(given: Report): string {
  return [...renderCsv(given)].join('');
}

function rowsOf(text: string): readonly string[][] {
  return parse(text);
}

/** The cell that a user agent becomes. */
function cellOf(userAgent: string | null): string {
  const text = csvText(report({ sections: [section({ findings: [finding({ userAgent })] })] }));
  return rowsOf(text)[1]?.[6] ?? 'no cell';
}

describe('csv', () => {
  it('has the columns in their order, and a finding a row', () => {
    expect(csvText(report())).toBe(
      [
        'eventTime,eventName,eventSource,awsRegion,recipientAccountId,sourceIPAddress,userAgent,userIdentity,userIdentity.type,userIdentity.arn,eventID,requestParameters,source',
        '2026-01-12T09:14:27.000Z,AuthorizeSecurityGroupIngress,ec2.amazonaws.com,us-east-1,112233445566,203.0.113.24,console.ec2.amazonaws.com,"{""type"":""AssumedRole"",""arn"":""arn:aws:sts::112233445566:assumed-role/SecurityAdmin/dana"",""accessKeyId"":""ASIAIOSFODNN7EXAMPLE""}",AssumedRole,arn:aws:sts::112233445566:assumed-role/SecurityAdmin/dana,93d8874c-8c86-40fc-a93d-be15c765ffa0,"{""groupId"":""sg-0abc"",""ipPermissions"":{""items"":[{""fromPort"":22,""ipProtocol"":""tcp"",""ipRanges"":{""items"":[{""cidrIp"":""0.0.0.0/0""}]},""toPort"":22}]}}",logs/112233445566_CloudTrail_us-east-1_20260112T0920Z_7yrg0qZ9zoumEFpN.json.gz',
        '',
      ].join('\n'),
    );
  });

  it('names the rule only where there are several', () => {
    const rows = rowsOf(csvText(report({ sections: [section(), section()] })));
    expect(rows.map((row) => row[0])).toEqual(['rule', ...Array(2).fill(section().rule.id)]);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([14]));
  });

  it('has a header alone where nothing was found, and an empty cell for null', () => {
    expect(rowsOf(csvText(report({ sections: [section({ findings: [] })] })))).toHaveLength(1);
    expect(cellOf(null)).toBe('');
  });

  it.each(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠', '｜', '％'])(
    'neutralises %s, hidden or not',
    (start) => {
      for (const before of [
        '',
        ' ',
        '\n',
        '\u0000',
        '\ufeff',
        '\u200b\u00a0',
        '\u0085',
        '\u034f',
        '\ufe0f',
      ])
        expect(cellOf(`${before}${start}cmd`)).toMatch(/^'/);
    },
  );

  it('neutralises a leading tab and carriage return', () => {
    expect(cellOf('\tx')).toBe("'\tx");
    expect(cellOf('\rx')).toBe("'\\u000dx");
  });

  it.each(['-1', '+1.5', '12', 'a=b', 'Mozilla/5.0 (+x)', "'quoted", 'a\tb\nc'])(
    'leaves %j as it is',
    (text) => expect(cellOf(text)).toBe(text),
  );

  it('shows controls and bidirectional overrides as escapes', () => {
    expect(cellOf(`a${HOSTILE.slice(0, -1)}`)).toBe(
      'a\\u001b[2J\\u009b31m\\u000d\n\\u202egpj.exe\\u0000\\u007f\\ufeff\u200b',
    );
  });

  it('parses back to the text it was, and starts no formula', () => {
    const starts = fc.constantFrom(
      '',
      '=',
      '+',
      '-',
      '@',
      '%',
      '|',
      '\t',
      '\r',
      '"',
      ',',
      ' ',
      '＝',
    );
    const text = fc.tuple(starts, fc.string({ unit: 'binary' })).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (original) => {
        const cell = cellOf(original);
        expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05]/u);
        if (/^[\s\p{Cc}\p{Cf}]*[+-]/u.test(cell)) expect(cell).toMatch(/^(?:[+-]\d+(\.\d+)?|-)$/);
        const kept = cell.startsWith("'") && !original.startsWith("'") ? cell.slice(1) : cell;
        if (!original.includes('\\u')) expect(unescaped(kept)).toBe(original);
      }),
      { numRuns: 500 },
    );
  });
});

function unescaped(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
