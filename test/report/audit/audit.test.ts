/** A report for an audit, in the formats that have it. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, test } from 'vitest';
import type { Disposition, ExceptionUse } from '../../../src/report/disposition.js';
import { withAudit, type AuditSettings } from '../../../src/report/audit/with-audit.js';
import type { Finding, Findings } from '../../../src/report/finding.js';
import {
  beginsAsReport,
  render,
  START_BYTES,
  type FormatName,
} from '../../../src/report/formats.js';
import type { Report } from '../../../src/report/report.js';
import { coveredAccount, finding, HOSTILE, report, section } from '../../support/report-sample.js';

const SETTINGS: AuditSettings = {
  controls: ['SOC 2 CC8.1'],
  timeZone: 'Europe/Berlin',
  accountNames: new Map([['112233445566', 'prod-web']]),
  manifest: 'changes.manifest.json',
  signature: null,
  sha256Of: (source) => (source.startsWith('logs/') ? 'c'.repeat(64) : undefined),
};

const NEW: Disposition = {
  status: 'new',
  late: null,
  exception: null,
  ticket: null,
  ownApproval: false,
  unexplained: true,
};
const TICKET = { id: 'CHG-7', approver: 'kim', written: 'before' } as const;

/** A finding with its disposition, which is not part of the event. */
function disposed(disposition: Disposition | null, fields: Partial<Finding> = {}): Finding {
  return { ...finding(fields), disposition };
}

/** One of each kind. */
const FINDINGS: readonly Finding[] = [
  disposed({ ...NEW, unexplained: false, ticket: TICKET }),
  disposed({ ...NEW, late: '2026-01-11' }, { eventID: 'unexplained' }),
  disposed({ ...NEW, status: 'accepted', exception: 'EX-1', unexplained: false }),
  disposed({ ...NEW, unexplained: false, ticket: { ...TICKET, approver: null } }),
  disposed({
    ...NEW,
    status: 'expired',
    exception: 'EX-0',
    ticket: { ...TICKET, written: 'after' },
  }),
  disposed({ ...NEW, unexplained: false, ticket: TICKET, ownApproval: true }),
  disposed({ ...NEW, unexplained: false }, { errorCode: 'AccessDenied', outcome: 'failed' }),
  disposed({ ...NEW, unexplained: false }, { readOnly: 'true' }),
];

const EXCEPTION: ExceptionUse = {
  id: 'EX-1',
  reason: 'The firewall team tests on Mondays',
  owner: 'net-team',
  approver: 'dana',
  ticket: null,
  expires: '2026-12-31',
  isExpired: false,
  findings: 1,
  expired: 0,
  by: [{ actor: 'role/SecurityAdmin (session dana)', findings: 1 }],
  ownApproval: 1,
  isUnused: false,
};

function audited(fields: Partial<Report> = {}, settings: Partial<AuditSettings> = {}): Report {
  const { findings = FINDINGS, ...rest } = fields;
  const base: Report = {
    ...report(),
    dispositions: {
      new: 5,
      known: 0,
      accepted: 1,
      expired: 1,
      late: 1,
      tickets: { before: 2, after: 1, none: 2 },
      unexplained: 2,
    },
    exceptions: [EXCEPTION],
    ...rest,
    findings,
  };
  return withAudit(base, { ...SETTINGS, ...settings });
}

async function textOf(of: Report, format: FormatName): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await render(of, format, { width: 140, color: false }))
    chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

describe('the page', () => {
  it('says what the changes come to, which rules looked for them, and whether the evidence is complete', async () => {
    const page = (await textOf(audited(), 'table')).replaceAll(/\s+/g, ' ');
    expect(page).toContain(
      'Conclusion 6 changes (1 of them of an earlier period): 1 with a ticket and an approver, 1 with a ticket that names no approver, 1 accepted, 1 APPROVED BY WHO MADE IT, 2 UNEXPLAINED; 1 read; 1 failed attempt, which changed nothing. 1 rule was applied: AWS.EC2.ManualSecurityGroupChange. The evidence is NOT COMPLETE, because: 1 file or record could not be read',
    );
  });

  it('has the parts that an auditor asks for, in order', async () => {
    const titles = (await textOf(audited(), 'markdown')).match(/^# .*$/gm);
    expect(titles).toEqual([
      '# Audit report of hunt',
      '# Conclusion',
      '# Population and completeness',
      '# The changes',
      '# What explains the changes',
      '# What the exclusions hid',
      '# Since the last report',
      '# Sign-off',
    ]);
  });

  it('says of a manifest that it proves something only where it is signed', async () => {
    const lastOf = async (signature: string | null): Promise<string | undefined> =>
      (await textOf(withAudit(report({}), { ...SETTINGS, signature }), 'markdown'))
        .trim()
        .split('\n')
        .at(-1)
        ?.replaceAll('`', '');
    expect(await lastOf(null)).toBe(
      'The manifest changes.manifest.json has the SHA-256 of each file. Without a signature, whoever can write here can replace it.',
    );
    expect(await lastOf('changes.manifest.sig')).toBe(
      'The manifest changes.manifest.json has the SHA-256 of each file. Its signature is changes.manifest.sig. Check both: hunt prove with --public-key.',
    );
  });

  it('shows a change with the fields of AU-3, its explanation and its evidence, the unexplained ones first', async () => {
    const page = await textOf(audited(), 'markdown');
    const changes = page.slice(page.indexOf('# The changes'), page.indexOf('# What explains'));
    expect(changes.match(/^## .*$/gm)).toEqual([
      '## Unexplained changes: 2',
      '## Changes that were approved by who made them: 1',
      '## Changes with a ticket that names no approver: 1',
      '## Changes with a ticket and an approver: 1',
      '## Accepted changes: 1',
      '## Reads, which changed nothing: 1',
      '## Failed attempts, which changed nothing: 1',
    ]);
    const [, first = ''] = changes.split(/^- \*\*`#/m);
    expect(
      first
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    ).toEqual([
      '2`** **OPEN TO everyone** `opened tcp 22 to everyone (0.0.0.0/0) on sg-0abc`',
      '- what: `AuthorizeSecurityGroupIngress` of `ec2.amazonaws.com`; found by `AWS.EC2.ManualSecurityGroupChange` (Medium)',
      '- when: `2026-01-12 09:14:27Z (2026-01-12 10:14:27 +01:00)`',
      '- where: account `prod-web` (`112233445566`), `us-east-1`, security group `sg-0abc`',
      '- source: `203.0.113.24`, `console.ec2.amazonaws.com`, console',
      '- outcome: `succeeded`',
      '- identity: `role/SecurityAdmin (session dana)`, `arn:aws:sts::112233445566:assumed-role/SecurityAdmin/dana`, key `ASIAIOSFODNN7EXAMPLE`',
      '- disposition: UNEXPLAINED, new, late: it belongs to `2026-01-11`',
      `- evidence: event \`unexplained\` in \`112233445566_CloudTrail_us-east-1_20260112T0920Z_7yrg0qZ9zoumEFpN.json.gz\`, \`SHA-256\` \`${'c'.repeat(64)}\``,
    ]);
    expect(changes).toContain(
      'its exception `EX-0` has expired, ticket `CHG-7` WRITTEN AFTER THE CHANGE',
    );
    expect(changes).toContain('outcome: FAILED: it changed nothing, `AccessDenied`');
  });

  it('names the accounts in scope, those without records, and those that nobody looked at', async () => {
    const of = audited({
      sections: [
        section({ rule: { ...section().rule, accounts: ['112233445566', '111111111111'] } }),
      ],
      coverage: {
        ...report().coverage,
        accounts: [coveredAccount('112233445566'), coveredAccount('999988887777')],
      },
    });
    const page = await textOf(of, 'table');
    expect(page).toMatch(/accounts +prod-web \(112233445566\), 111111111111 WITHOUT RECORDS\n/);
    expect(page).toMatch(/not looked at +999988887777 \(40 records\)\n/);
  });

  it('points out who approved their own changes, and who made what exclusions hid', async () => {
    const page = await textOf(audited(), 'table');
    expect(page).toContain('1 MADE BY THE APPROVER');
    expect(page).toMatch(/3 hidden by {2}not \(userAgent/);
    expect(page).toContain('2  arn:aws:sts::112233445566:assumed-role/Operator/lee');
  });

  it('says for which rules its numbers hold', async () => {
    const named = (id: string): ReturnType<typeof section> => {
      const base = section();
      return { ...base, rule: { ...base.rule, id } };
    };
    const of = (...ids: readonly string[]): Promise<string> =>
      textOf(audited({ dispositions: null, sections: ids.map(named) }), 'markdown');
    expect(await of('A.One')).toContain('. 1 rule was applied: `A.One`. ');
    expect(await of('A.One', 'A.Two', 'A.Three', 'A.Four')).toContain(
      '. 4 rules were applied: `A.One`, `A.Two`, `A.Three` and 1 more. ',
    );
  });

  it('says what the rules read beyond the population', async () => {
    const base = report();
    const coverage = { ...base.coverage, uncounted: 0 };
    const withRead = (events: number) =>
      textOf(
        audited({ coverage, sections: [section({ funnel: [{ stage: 'read', events }] })] }),
        'table',
      );
    const records = coverage.accounts.reduce((sum, account) => sum + account.events, 0);
    const page = await withRead(records + 2);
    expect(page).toContain(`every record of the period that was read: ${records} record`);
    expect(page).toContain(`${records + 2} read (2 outside the period or without a readable time)`);
    expect(await withRead(records)).not.toContain('outside the period or');
  });

  it('does not call a change unexplained where nothing could explain it', async () => {
    const page = await textOf(audited({ dispositions: null, findings: [finding()] }), 'table');
    expect(page).toContain('1 change was not assessed: this hunt had no tickets and no exceptions');
    expect(page).not.toMatch(/UNEXPLAINED/);
  });

  it('says what is different from the last report', async () => {
    const page = await textOf(
      audited({
        run: {
          report: 'daily',
          number: 4,
          period: {
            name: '2026-01-12',
            kind: 'day',
            since: '2026-01-12T00:00:00.000Z',
            until: '2026-01-13T00:00:00.000Z',
          },
          previous: { number: 3, period: '2026-01-11' },
          lookback: '2025-12-12T00:00:00.000Z',
          alreadyReported: 6,
        },
        gone: [
          {
            eventID: 'g-1',
            eventTime: '2026-01-10T00:00:00.000Z',
            eventName: 'X',
            account: '112233445566',
            sentence: 'opened everything',
          },
        ],
      }),
      'table',
    );
    expect(page).toMatch(/^Audit report of hunt: daily, 2026-01-12\n/);
    expect(page).toMatch(/run +4, after run 3 of 2026-01-11\n/);
    expect(page).toMatch(/told before +6 of earlier periods/);
    expect(page).toContain(
      '2026-01-10 00:00:00Z (2026-01-10 01:00:00 +01:00) opened everything, account prod-web (112233445566), event g-1',
    );
  });
});

test('csv has a column for each field of AU-3', async () => {
  const rows = parse(await textOf(audited(), 'csv'), { columns: true }) as Record<string, string>[];
  expect(rows[1]).toMatchObject({
    no: '2',
    what: 'opened tcp 22 to everyone (0.0.0.0/0) on sg-0abc',
    whenUtc: '2026-01-12T09:14:27.000Z',
    whenLocal: '2026-01-12T10:14:27.000+01:00',
    account: '112233445566',
    accountName: 'prod-web',
    region: 'us-east-1',
    sourceIPAddress: '203.0.113.24',
    outcome: 'succeeded',
    identity: 'role/SecurityAdmin (session dana)',
    explanation: 'unexplained',
    status: 'new',
    late: '2026-01-11',
    eventID: 'unexplained',
    fileSha256: 'c'.repeat(64),
  });
  expect(rows.map(({ explanation }) => explanation)).toEqual([
    'ticket and approver',
    'unexplained',
    'accepted',
    'ticket without approver',
    'unexplained',
    'approved by who made it',
    'failed attempt',
    'read',
  ]);
});

test('json has the scope and the conclusion, and its schema describes them', async () => {
  const schema = new URL('../../../data/hunt-report-1.schema.json', import.meta.url);
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(schema, 'utf8')) as object,
  );
  const parsed = JSON.parse(await textOf(audited(), 'json')) as Report;
  validate(parsed);
  expect(validate.errors).toBeNull();
  expect(parsed.audit).toMatchObject({
    controls: ['SOC 2 CC8.1'],
    timeZone: 'Europe/Berlin',
    isEveryAccount: false,
    accounts: [{ id: '112233445566', name: 'prod-web', records: 40 }],
    conclusion: {
      changes: 6,
      late: 1,
      explanations: { approved: 1, selfApproved: 1, ticketed: 1, accepted: 1, unexplained: 2 },
      sessions: 0,
      reads: 1,
      failed: 1,
    },
    manifest: 'changes.manifest.json',
  });
});

test('what the summary counts as no change is none for an auditor', async () => {
  const kept = { ...NEW, unexplained: false };
  const findings = [
    disposed(kept, {
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      readOnly: 'false',
    }),
    disposed(kept, {
      eventSource: 'sts.amazonaws.com',
      eventName: 'GetSessionToken',
      readOnly: 'true',
    }),
    // Old records do not say whether a call only reads.
    disposed(kept, { eventSource: 'ec2.amazonaws.com', eventName: 'DescribeInstances' }),
  ];
  const of = audited({ findings });
  expect(of.audit?.conclusion).toMatchObject({ changes: 0, sessions: 2, reads: 1, failed: 0 });
  const page = await textOf(of, 'markdown');
  expect(page).toContain('No change was found; 2 credentials or sessions; 1 read.');
  const changes = page.slice(page.indexOf('# The changes'), page.indexOf('# What explains'));
  expect(changes.match(/^## .*$/gm)).toEqual([
    '## Credentials and sessions, which changed nothing by themselves: 2',
    '## Reads, which changed nothing: 1',
  ]);
});

test('the page of a report that counted something else as a change agrees with itself', async () => {
  const kept = { ...NEW, unexplained: false };
  const findings = [
    disposed(kept, { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' }),
    disposed(NEW),
  ];
  const of = audited({ findings });
  if (of.audit === null) throw new Error('no audit');
  const explanations = { approved: 0, selfApproved: 0, ticketed: 0, accepted: 0, unexplained: 2 };
  const conclusion = { ...of.audit.conclusion, changes: 2, explanations, sessions: 0 };
  const page = await textOf({ ...of, audit: { ...of.audit, conclusion } }, 'markdown');
  expect(page).toBe(await textOf(of, 'markdown'));
  expect(page).toMatch(/1 change: .*1 UNEXPLAINED; 1 credential or session\./);
});

test.each(['table', 'markdown', 'html', 'csv', 'json', 'ndjson'] as const)(
  'a report in %s is known by its start, and hostile text in it is harmless',
  async (format) => {
    const hostile = disposed(
      { ...NEW, exception: HOSTILE, ticket: { ...TICKET, id: HOSTILE, approver: HOSTILE } },
      { userAgent: HOSTILE, eventName: HOSTILE, source: HOSTILE },
    );
    const settings = { controls: [HOSTILE], accountNames: new Map([['112233445566', HOSTILE]]) };
    const text = await textOf(audited({ findings: [hostile] }, settings), format);
    expect(beginsAsReport(text.slice(0, START_BYTES))).toBe(true);
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\ufeff]/);
  },
);

test('the findings are made while they are written, and never held together', async () => {
  let most = 0;
  let alive = 0;
  const findings: Findings = {
    length: 400,
    *[Symbol.iterator]() {
      for (let n = 0; n < 400; n++) {
        alive = n;
        yield disposed(NEW, { eventID: `e-${n}` });
      }
    },
  };
  const of = audited({ findings });
  const chunks = await render(of, 'markdown', { width: 140, color: false });
  for await (const chunk of chunks) {
    most = Math.max(most, chunk.length);
    if (String(chunk).includes('e-10`')) break;
  }
  expect(alive).toBeLessThan(200);
  expect(most).toBeLessThan(200_000);
});
