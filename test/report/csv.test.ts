import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FindingState, StateEnd } from '../../src/report/story.js';
import type { Audit } from '../../src/report/audit/audit.js';
import { renderCsv } from '../../src/report/csv.js';
import type { Finding } from '../../src/report/finding.js';
import type { Report } from '../../src/report/report.js';
import { finding, HOSTILE, MATCH, report, reportOn, section } from '../support/report-sample.js';

function csvText(given: Report): string {
  return [...renderCsv(given)].join('');
}

function rowsOf(text: string): readonly string[][] {
  return parse(text);
}

/** The cell of the first row in a column. */
function cellIn(column: string, text: string): string {
  const [names = [], row = []] = rowsOf(text);
  return row[names.indexOf(column)] ?? 'no cell';
}

const AUDIT: Audit = {
  controls: [],
  timeZone: 'UTC',
  isEveryAccount: true,
  accounts: [],
  otherAccounts: [],
  conclusion: {
    changes: 1,
    late: 0,
    explanations: null,
    sessions: 0,
    reads: 0,
    networkActivity: 0,
    failed: 0,
  },
  manifest: null,
  signature: null,
  evidence: [],
};

/** The cell that a user agent becomes. */
function cellOf(userAgent: string | null): string {
  return cellIn('userAgent', csvText(reportOn([finding({ userAgent })])));
}

const FIRST = ['time', 'result', 'change', 'who', 'how', 'account', 'region', 'resource'];
const REST = [
  'exposure',
  'severity',
  'rules',
  'status',
  'late',
  'exception',
  'ticket',
  'unexplained',
  'kinds',
  'eventName',
  'eventSource',
  'errorCode',
  'errorMessage',
  'principal',
  'role',
  'session',
  'accessKey',
  'mfa',
  'origin',
  'carrier',
  'tool',
  'sourceIPAddress',
  'userAgent',
  'eventID',
  'requestParameters',
  'responseElements',
  'source',
  'end',
  'until',
  'attention',
];

describe('csv', () => {
  it('says first what happened, who did it and where, and a finding is a row', () => {
    const [names, row] = rowsOf(csvText(report()));
    expect(names).toEqual([...FIRST, ...REST]);
    expect(row?.slice(0, FIRST.length)).toEqual([
      '2026-01-12T09:14:27.000Z',
      'succeeded',
      'opened tcp 22 to everyone (0.0.0.0/0) on sg-0abc',
      'role/SecurityAdmin (session dana)',
      'console',
      '112233445566',
      'us-east-1',
      'sg-0abc',
    ]);
  });

  it('says how and when a change ended, and why to look at it first', () => {
    const state = (end: StateEnd, until: string | null, what = 'tcp 22 open to 0.0.0.0/0') => ({
      resource: 'sg-0abc',
      what,
      end,
      until,
    });
    const [first, last] = ['2026-01-12T10:00:00.000Z', '2026-01-12T11:00:00.000Z'];
    const cells = (...states: readonly FindingState[]): readonly (string | undefined)[] => {
      const one = finding({ states, attention: ['opened to the world', 'made a way in'] });
      const text = csvText({ ...report(), findings: [one] });
      return ['end', 'until', 'attention'].map((name) => cellIn(name, text));
    };
    const why = 'opened to the world; made a way in';
    expect(cells()).toEqual(['', '', why]);
    expect(cells(state('seen', last), state('deleted', first))).toEqual(['seen', last, why]);
    expect(cells(state('seen', last), state('not seen', null))).toEqual(['not seen', '', why]);
    expect(cells(state('not looked for', null))).toEqual(['not looked for', '', why]);
    // The group still exists, and what it opened is closed.
    expect(cells(state('seen', first), state('not seen', null, 'exists'))).toEqual([
      'seen',
      first,
      why,
    ]);
  });

  it('names the rules that matched, and the highest of their severities', () => {
    const rules = (['Low', 'High', 'Info'] as const).map((severity, n) => ({
      ...MATCH,
      id: `R${n}`,
      severity,
    }));
    const text = csvText(reportOn([finding({ rules })]));
    expect(cellIn('rules', text)).toBe('R0 R1 R2');
    expect(cellIn('severity', text)).toBe('High');
  });

  it.each([
    ['called AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupIngress'],
    ['a call without a name', null],
  ])('says of a call without a sentence what other formats say: %s', (words, eventName) => {
    const given = reportOn([finding({ change: null, eventName })]);
    expect(cellIn('change', csvText(given))).toBe(words);
    expect(cellIn('what', csvText({ ...given, audit: AUDIT }))).toBe(words);
  });

  describe('with OutputFields', () => {
    /** The rows for a finding that has these fields, and the fields of each rule. */
    const rowsFor = (
      own: Partial<Finding>,
      ...outputFields: readonly (readonly string[])[]
    ): readonly string[][] => {
      const found = [finding({ extra: { 'userIdentity.odd': 'o' }, ...own })];
      const sections = outputFields.map((fields) =>
        section({ rule: { ...section().rule, outputFields: fields } }),
      );
      return rowsOf(csvText({ ...reportOn(found), sections }));
    };

    it('has these columns after the first, in their order', () => {
      const [names, row] = rowsFor({}, ['userIdentity.type', 'requestParameters.groupId']);
      expect(names).toEqual([...FIRST, 'userIdentity.type', 'requestParameters.groupId', ...REST]);
      expect(row?.slice(8, 10)).toEqual(['AssumedRole', 'sg-0abc']);
    });

    it('has no column twice, however it is spelt', () => {
      const [names = []] = rowsFor({}, ['eventid', 'USERIDENTITY.ARN', 'eventID', 'time']);
      expect(names).toEqual([
        ...FIRST,
        'eventID',
        'userIdentity.arn',
        ...REST.filter((name) => name !== 'eventID'),
      ]);
    });

    it('looks into a text that holds JSON, as the tests of a rule do', () => {
      const document = '{"Statement":[{"Effect":"Allow"}]}';
      const [names = [], row = []] = rowsFor({ requestParameters: { document } }, [
        'requestParameters.document.Statement.0.Effect',
      ]);
      expect(row[names.indexOf('requestParameters.document.Statement.0.Effect')]).toBe('Allow');
    });

    it('never takes a key of the record for a field of the event', () => {
      const forged = {
        userIdentity: { type: 'AWSAccount' },
        eventTime: null,
        extra: { 'userIdentity.arn': 'arn:forged', eventTime: 'soon' },
      };
      const [names = [], row = []] = rowsFor(forged, ['userIdentity.arn', 'eventTime']);
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
      expect(rowsFor(others, fields)[1]?.slice(8, 8 + fields.length)).toEqual([
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
      expect(names.slice(8, 11)).toEqual(['awsRegion', 'userAgent', 'vpcEndpointId']);
      expect(row?.[10]).toBe('vpce-1');
    });

    it('names no column that a spreadsheet takes for a formula', () => {
      expect(rowsFor({}, ['=cmd|x'])[0]?.[8]).toBe("'=cmd|x");
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
      'a\\u001b[2J\\u009b31m\\u000d\n\\u202egpj.exe\\u0000\\u007f\\ufeff\\u200b',
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
