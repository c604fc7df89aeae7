/** A small report with one of everything, for tests of formats. */
import { evidenceWith } from './completeness-sample.js';
import { NO_EVIDENCE, type Evidence } from '../../src/report/completeness/completeness.js';
import { concluded } from '../../src/report/completeness/concluded.js';
import { withDispositions } from '../../src/disposition/disposed.js';
import { meaningOf } from '../../src/findings/meaning.js';
import { storiesOf } from '../../src/story/stories.js';
import type { EventFields, Finding, Findings, MatchedRule } from '../../src/report/finding.js';
import type { CoveredAccount, CoveredHours } from '../../src/report/coverage.js';
import type { Exclusion, Report, Section } from '../../src/report/report.js';

const FILE = 'logs/112233445566_CloudTrail_us-east-1_20260112T0920Z_7yrg0qZ9zoumEFpN.json.gz';

/** An event without any field. */
const NOTHING: EventFields = {
  eventID: null,
  eventTime: null,
  eventName: null,
  eventSource: null,
  awsRegion: null,
  recipientAccountId: null,
  sourceIPAddress: null,
  userAgent: null,
  errorCode: null,
  errorMessage: null,
  userIdentity: null,
  requestParameters: null,
  responseElements: null,
  additionalEventData: null,
  resources: null,
  readOnly: null,
  eventType: null,
  eventCategory: null,
  requestID: null,
  sharedEventID: null,
  vpcEndpointId: null,
  vpcEndpointAccountId: null,
  sessionCredentialFromConsole: null,
  tlsDetails: null,
  serviceEventDetails: null,
  addendum: null,
  edgeDeviceDetails: null,
  eventVersion: null,
  apiVersion: null,
};

/** The seed rule, without an alert. */
export const MATCH: MatchedRule = {
  id: 'AWS.EC2.ManualSecurityGroupChange',
  severity: 'Medium',
  alert: null,
};

/** A finding, with some of its fields replaced. Its meaning is that of its event. */
export function finding(fields: Partial<Finding> = {}): Finding {
  const { source = FILE, extra = null, rules = [MATCH], ...own } = fields;
  const event: EventFields = {
    ...NOTHING,
    eventID: '93d8874c-8c86-40fc-a93d-be15c765ffa0',
    eventTime: '2026-01-12T09:14:27.000Z',
    eventName: 'AuthorizeSecurityGroupIngress',
    eventSource: 'ec2.amazonaws.com',
    awsRegion: 'us-east-1',
    recipientAccountId: '112233445566',
    sourceIPAddress: '203.0.113.24',
    userAgent: 'console.ec2.amazonaws.com',
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::112233445566:assumed-role/SecurityAdmin/dana',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    },
    requestParameters: {
      groupId: 'sg-0abc',
      ipPermissions: {
        items: [
          {
            fromPort: 22,
            ipProtocol: 'tcp',
            ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
            toPort: 22,
          },
        ],
      },
    },
    responseElements: { _return: true },
    ...own,
  };
  const meaning = meaningOf(event, extra ?? null);
  return {
    rules,
    ...event,
    ...meaning,
    story: null,
    states: [],
    attention: [],
    disposition: null,
    ...own,
    source,
    extra,
  };
}

/** An exclusion that hid nothing. */
export function exclusion(): Exclusion {
  return {
    name: null,
    reason: null,
    source: 'rule',
    condition: 'c',
    applied: true,
    hidden: 0,
    flags: [],
    by: [],
  };
}

/** A section, with some of its fields replaced. */
export function section(fields: Partial<Section> = {}): Section {
  return {
    rule: {
      id: 'AWS.EC2.ManualSecurityGroupChange',
      name: 'AWS EC2 Manual Security Group Change',
      severity: 'Medium',
      sha256: 'b'.repeat(64),
      description: null,
      runbook: null,
      reference: null,
      tags: ['AWS'],
      mitre: [
        {
          tactic: { id: 'TA0005', name: 'Stealth' },
          technique: { id: 'T1562', name: 'Impair Defenses' },
        },
      ],
      parameters: [{ name: 'PROD_ACCOUNT_IDS', values: ['112233445566'], source: 'rule' }],
      accounts: ['112233445566'],
      outputFields: [],
      condition: ['recipientAccountId in ["112233445566"]'],
    },
    funnel: [
      { stage: 'read', events: 40 },
      { stage: 'event names', events: 12 },
      { stage: 'in window', events: 9 },
      { stage: 'recipientAccountId in ["112233445566"]', events: 4 },
      { stage: 'not (userAgent wildcard "* HashiCorp/*")', events: 1 },
      { stage: 'findings', events: 1 },
    ],
    repeats: { removed: 2, conflicting: 1 },
    undated: 1,
    exclusions: [
      {
        ...exclusion(),
        condition: 'not (userAgent wildcard "* HashiCorp/*")',
        hidden: 3,
        by: [
          {
            principal: 'arn:aws:sts::112233445566:assumed-role/Operator/lee',
            userAgent: 'a',
            events: 2,
          },
          { principal: null, userAgent: null, events: 1 },
        ],
      },
    ],
    warnings: [{ code: 'PARAMETER_EMPTY', message: 'X=any: its tests are true' }],
    findingCount: 1,
    ...fields,
  };
}

const covered = {
  events: 40,
  first: '2026-01-12T08:00:00.000Z',
  last: '2026-01-13T08:00:00.000Z',
};
const hours: CoveredHours = {
  covered: 20,
  empty: 5,
  gaps: [{ since: '2026-01-12T10:00:00.000Z', until: '2026-01-12T15:00:00.000Z' }],
};

/** An account with one region, with some of its fields replaced. */
export function coveredAccount(
  name: string | null,
  fields: Partial<CoveredAccount> = {},
): CoveredAccount {
  const usual = { usualGap: null, unusualGaps: [] };
  return {
    name,
    ...covered,
    hours,
    ...usual,
    regions: [{ name: null, ...covered, hours, ...usual }],
    ...fields,
  };
}

type Fields = Partial<Omit<Report, 'completeness'>> & {
  readonly completeness?: Evidence;
};

/** A report, with some of its fields replaced. Its conclusion is made from them. */
export function report({ findings = [finding()], ...fields }: Fields = {}): Report {
  // What is said of a finding together with the others.
  const { stories, summary, overview, findings: told } = storiesOf(findings, () => true);
  const disposed = withDispositions(told, undefined);
  const made = {
    schema: 'hunt-report/1',
    tool: { name: 'hunt', version: '0.0.0' },
    subject: null,
    window: { since: '2026-01-01T00:00:00.000Z', until: null },
    source: {
      engine: 'duckdb',
      paths: ['logs'],
      table: null,
      config: { path: 'hunt.yml', sha256: 'a'.repeat(64), accounts: [] },
      missingFields: [],
      execution: null,
    },
    files: {
      read: 3,
      skipped: [{ reason: 'digest', count: 2 }],
      skippedRecords: [],
      unreadable: [{ path: 'logs/broken.json.gz', reason: 'unexpected end of file' }],
      repairedSurrogates: 0,
    },
    ruleFiles: { refused: [], skipped: [] },
    coverage: {
      first: covered.first,
      last: covered.last,
      hours,
      shortestGap: 1,
      accounts: [coveredAccount('112233445566')],
      regions: [{ name: null, ...covered }],
      uncounted: 0,
    },
    warnings: [],
    sections: [section()],
    filters: [],
    calls: null,
    otherCalls: 0,
    links: [],
    callers: null,
    addresses: null,
    keys: null,
    run: null,
    dispositions: null,
    exceptions: [],
    gone: null,
    audit: null,
    order: 'time',
    history: null,
    ...fields,
    stories,
    summary,
    overview,
    findings: Array.isArray(findings) ? [...disposed] : disposed,
  } as const;
  return concluded(made, fields.completeness ?? NO_EVIDENCE, { isProofRequired: false });
}

/** A report on one rule with these findings. */
export function reportOn(findings: Findings): Report {
  return report({ sections: [section({ findingCount: findings.length })], findings });
}

/**
 * A report in which every text that may come from a log, a rule or a path is the given one. It has the same parts for every text,
 * so it does not say that some have hidden characters.
 */
export function reportWith(text: string): Report {
  const shared = report();
  const made = report({
    source: {
      ...shared.source,
      paths: [text, text],
      config: { path: text, sha256: 'a'.repeat(64), accounts: [{ id: text, name: text }] },
      missingFields: [text],
    },
    files: {
      ...shared.files,
      skipped: [{ reason: text, count: 1 }],
      unreadable: [{ path: text, reason: text }],
    },
    coverage: {
      ...shared.coverage,
      accounts: [coveredAccount(text, { events: 1, first: null, last: null })],
      regions: [{ name: text, events: 1, first: null, last: null }],
    },
    warnings: [{ code: 'NO_RECORDS', message: text }],
    completeness: evidenceWith(text),
    sections: [
      section({
        rule: {
          ...section().rule,
          id: text,
          name: text,
          runbook: text,
          reference: text,
          mitre: [{ tactic: { id: text, name: text }, technique: null }],
        },
        funnel: [
          { stage: 'read', events: 1 },
          { stage: text, events: 1 },
          { stage: 'findings', events: 1 },
        ],
        exclusions: [
          {
            ...exclusion(),
            condition: text,
            hidden: 1,
            by: [{ principal: text, userAgent: text, events: 1 }],
          },
        ],
        warnings: [{ code: 'PARAMETER_EMPTY', message: text }],
      }),
      section({
        findingCount: 0,
        funnel: [
          { stage: 'read', events: 1 },
          { stage: text, events: 0 },
          { stage: 'findings', events: 0 },
        ],
      }),
    ],
    findings: [
      finding({
        eventName: text,
        recipientAccountId: text,
        awsRegion: text,
        userAgent: text,
        sourceIPAddress: text,
        source: text,
        eventID: text,
        userIdentity: { arn: text, accessKeyId: text },
        requestParameters: { groupName: text, cidrIp: '0.0.0.0/0' },
        rules: [{ ...MATCH, alert: { title: text, context: {}, group: null } }],
      }),
    ],
  });
  const isKept = (reason: string): boolean => reason !== 'hidden characters';
  return {
    ...made,
    overview: {
      ...made.overview,
      attention: made.overview.attention.filter(({ reason }) => isKept(reason)),
    },
    findings: [...made.findings].map((one) => ({
      ...one,
      attention: one.attention.filter(isKept),
    })),
  };
}

/** What a log may hold to take over a terminal, a spreadsheet or a reader's eye. */
export const HOSTILE = '\u001b[2J\u009b31m\r\n\u202egpj.exe\u0000\u007f\ufeff\u200b\ud800';
