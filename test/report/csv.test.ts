import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCsv } from '../../src/report/csv/render.js';
import type { Finding, Findings, Report } from '../../src/report/report.js';
import { finding, HOSTILE, MATCH, report, reportOn } from '../support/report-sample.js';

function csvText(given: Report): string {
  return [...renderCsv(given)].join('');
}

function rowsOf(text: string): readonly string[][] {
  return parse(text);
}

/** The cell that a user agent becomes. */
function cellOf(userAgent: string | null): string {
  const text = csvText(reportOn([finding({ userAgent })]));
  return rowsOf(text)[1]?.[8] ?? 'no cell';
}

describe('csv', () => {
  it('has the columns in their order, and a finding a row', () => {
    expect(csvText(report())).toBe(
      [
        'eventTime,outcome,rules,eventName,eventSource,awsRegion,recipientAccountId,sourceIPAddress,userAgent,userIdentity,errorCode,userIdentity.type,userIdentity.arn,eventID,requestParameters,source',
        '2026-01-12T09:14:27.000Z,succeeded,AWS.EC2.ManualSecurityGroupChange,AuthorizeSecurityGroupIngress,ec2.amazonaws.com,us-east-1,112233445566,203.0.113.24,console.ec2.amazonaws.com,"{""type"":""AssumedRole"",""arn"":""arn:aws:sts::112233445566:assumed-role/SecurityAdmin/dana"",""accessKeyId"":""ASIAIOSFODNN7EXAMPLE""}",,AssumedRole,arn:aws:sts::112233445566:assumed-role/SecurityAdmin/dana,93d8874c-8c86-40fc-a93d-be15c765ffa0,"{""groupId"":""sg-0abc"",""ipPermissions"":{""items"":[{""fromPort"":22,""ipProtocol"":""tcp"",""ipRanges"":{""items"":[{""cidrIp"":""0.0.0.0/0""}]},""toPort"":22}]}}",logs/112233445566_CloudTrail_us-east-1_20260112T0920Z_7yrg0qZ9zoumEFpN.json.gz',
        '',
      ].join('\n'),
    );
  });

  it('names the rules that matched, in one cell', () => {
    const rules = ['A', 'B.C'].map((id) => ({ ...MATCH, id }));
    const rows = rowsOf(csvText(reportOn([finding({ rules }), finding()])));
    expect(rows.map((row) => row[2])).toEqual(['rules', 'A B.C', MATCH.id]);
  });

  describe('with OutputFields', () => {
    /** The rows for a finding that has these fields, and the fields of each rule. */
    const rowsFor = (
      own: Partial<Finding>,
      ...outputFields: readonly (readonly string[])[]
    ): readonly string[][] => {
      const found = [finding({ extra: { 'userIdentity.odd': 'o' }, ...own })];
      const findings: Findings = {
        length: 1,
        outputFields,
        [Symbol.iterator]: () => found[Symbol.iterator](),
      };
      return rowsOf(csvText(reportOn(findings)));
    };

    it('has these columns in their order, and those that every row needs', () => {
      const [names, row] = rowsFor({}, ['sourceIPAddress', 'requestParameters.groupId']);
      expect(names).toEqual([
        'eventTime',
        'outcome',
        'rules',
        'sourceIPAddress',
        'requestParameters.groupId',
        'eventName',
        'errorCode',
        'recipientAccountId',
        'userIdentity.type',
        'userIdentity.arn',
        'eventID',
        'requestParameters',
        'source',
      ]);
      expect(row?.slice(0, 6)).toEqual([
        '2026-01-12T09:14:27.000Z',
        'succeeded',
        MATCH.id,
        '203.0.113.24',
        'sg-0abc',
        'AuthorizeSecurityGroupIngress',
      ]);
    });

    it('has no column twice, however it is spelt, and none twice of its own', () => {
      const [names = []] = rowsFor({}, ['eventid', 'EVENTTIME', 'USERIDENTITY.ARN', 'source']);
      expect(names).toEqual([
        'eventTime',
        'outcome',
        'rules',
        'eventID',
        'userIdentity.arn',
        'eventName',
        'errorCode',
        'recipientAccountId',
        'userIdentity.type',
        'requestParameters',
        'source',
      ]);
    });

    it('never takes a key of the record for a field of the event', () => {
      const forged = {
        userIdentity: { type: 'AWSAccount' },
        eventTime: null,
        extra: { 'userIdentity.arn': 'arn:forged', eventTime: 'soon' },
      };
      const [names = [], row = []] = rowsFor(forged, ['sourceIPAddress']);
      expect(row[names.indexOf('userIdentity.arn')]).toBe('');
      expect(row[names.indexOf('eventTime')]).toBe('');
    });

    it('has the values of all fields, empty where there is none', () => {
      const fields = [
        'errorCode',
        'resources',
        'resources.0.type',
        'requestParameters.ipPermissions.items.0.fromPort',
        'requestParameters.none.deeper',
        'responseElements',
        'userIdentity.odd',
        '__proto__.x',
      ];
      const others = { errorCode: 'AccessDenied', resources: [{ type: 'AWS::S3::Bucket' }] };
      expect(rowsFor(others, fields)[1]?.slice(3, 3 + fields.length)).toEqual([
        'AccessDenied',
        '[{"type":"AWS::S3::Bucket"}]',
        'AWS::S3::Bucket',
        '22',
        '',
        '{"_return":true}',
        'o',
        '',
      ]);
    });

    it('has the columns of all rules, each where it is named first', () => {
      const [names = [], row] = rowsFor(
        { vpcEndpointId: 'vpce-1' },
        ['awsRegion', 'userAgent'],
        ['vpcEndpointId', 'awsRegion'],
      );
      expect(names.slice(3, 6)).toEqual(['awsRegion', 'userAgent', 'vpcEndpointId']);
      expect(row?.[5]).toBe('vpce-1');
    });

    it('names no column that a spreadsheet takes for a formula', () => {
      expect(rowsFor({}, ['=cmd|x'])[0]?.[3]).toBe("'=cmd|x");
    });
  });

  it('has only a header if there are no findings, and an empty cell for null', () => {
    expect(rowsOf(csvText(reportOn([])))).toHaveLength(1);
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
