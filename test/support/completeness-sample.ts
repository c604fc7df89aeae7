/** What a hunt may know of its logs beside their records, for tests: a part of each kind. */
import {
  NO_EVIDENCE,
  type BlindSpot,
  type BlindSpotEvent,
  type Deliveries,
  type Evidence,
} from '../../src/report/completeness/completeness.js';
import type {
  DigestChain,
  DigestCheck,
  DigestProblem,
  LateFiles,
} from '../../src/report/completeness/digest-check.js';

export const ACCOUNT = '112233445566';

/** A chain without a gap, of the first week of March. */
export function chain(fields: Partial<DigestChain> = {}): DigestChain {
  return {
    account: ACCOUNT,
    region: 'us-east-1',
    trail: 'main',
    organization: null,
    bucket: 'logs-of-main',
    homeRegion: 'us-east-1',
    isBackfill: false,
    unverifiedTail: null,
    spans: [
      {
        since: '2026-02-28T23:00:00.000Z',
        until: '2026-03-08T01:00:00.000Z',
        begins: 'copy',
        ends: 'signature',
        provenUntil: '2026-03-08T01:00:00.000Z',
      },
    ],
    moreSpans: 0,
    digests: 170,
    logs: 500,
    ...fields,
  };
}

/** Digests that prove everything. */
export function digestCheck(fields: Partial<DigestCheck> = {}): DigestCheck {
  return {
    verdict: 'intact',
    keys: ['keys.json'],
    keysBesideLogs: [],
    digestCounts: {
      verified: 170,
      unverifiedTail: 0,
      withoutKey: 0,
      backfill: 0,
      wrong: 0,
      missing: 0,
    },
    logCounts: {
      intact: 500,
      unproven: 0,
      altered: 0,
      missing: 0,
      extra: 0,
      uncovered: 0,
      unreadable: 0,
    },
    chains: [chain()],
    moreChains: 0,
    problems: [],
    moreProblems: 0,
    uncovered: [],
    moreUncovered: 0,
    ...fields,
  };
}

export function problem(fields: Partial<DigestProblem> = {}): DigestProblem {
  return {
    kind: 'log missing',
    path: `s3://logs-of-main/AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/2026/03/02/${ACCOUNT}_CloudTrail_us-east-1_20260302T1205Z_aB3dE5fG7hI9jK1l.json.gz`,
    account: ACCOUNT,
    region: 'us-east-1',
    since: '2026-03-02T12:00:00.000Z',
    until: '2026-03-02T13:00:00.000Z',
    message: 'a digest names it, and it is not here',
    ...fields,
  };
}

/** A call that switched logging off, or on again. */
export function dana(eventName: string, actor = 'role/Admin (session dana)'): BlindSpotEvent {
  return {
    eventID: '11111111-2222-4333-8444-555555555555',
    eventName,
    actor,
    principal: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/dana`,
    sourceIPAddress: '203.0.113.24',
  };
}

/** Half an hour without logs. */
export function blindSpot(fields: Partial<BlindSpot> = {}): BlindSpot {
  return {
    cause: 'logging stopped',
    account: ACCOUNT,
    region: 'us-east-1',
    target: 'main',
    since: '2026-03-02T12:04:10.000Z',
    until: '2026-03-02T12:31:55.000Z',
    by: dana('StopLogging'),
    undoneBy: dana('StartLogging'),
    unseen: 'every call that the trail main logs',
    hasRecords: false,
    silentAccounts: [],
    moreSilentAccounts: 0,
    deleted: null,
    ...fields,
  };
}

export function deliveries(fields: Partial<Deliveries> = {}): Deliveries {
  const key = `AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/2026/03/03/${ACCOUNT}_CloudTrail_us-east-1_20260303T0710Z_zY9xW7vU5tS3rQ1p.json.gz`;
  return {
    named: 500,
    present: 499,
    missing: [{ key, bucket: 'logs-of-main', eventTime: '2026-03-03T07:10:00.000Z' }],
    moreMissing: 0,
    twice: [{ account: ACCOUNT, region: 'us-east-1', folders: ['AWSLogs', 'second/AWSLogs'] }],
    ...fields,
  };
}

/** The same, in which every text that may come from a log or a path is the given one. */
export function evidenceWith(text: string): Evidence {
  const all = everyEvidence();
  return {
    ...all,
    digests: digestCheck({
      verdict: 'not intact',
      keys: [text],
      keysBesideLogs: [text],
      chains: [chain({ account: text, region: text, trail: text, bucket: text, spans: [] })],
      problems: [problem({ path: text, account: text, region: text, message: text })],
    }),
    lateFiles: lateFiles(text, text),
    deliveries: deliveries({
      missing: [{ key: text, bucket: text, eventTime: null }],
      twice: [{ account: text, region: text, folders: [text] }],
    }),
    blindSpots: [
      blindSpot({
        account: text,
        region: text,
        target: text,
        unseen: text,
        by: { ...dana(text, text), eventID: text, sourceIPAddress: text },
      }),
    ],
    kinds: all.kinds.map((kind) => ({ ...kind, eventSource: text })),
    hints: all.hints.map((hint) => ({
      ...hint,
      effect: text,
      cause: text,
      resource: text,
      account: text,
      eventID: text,
    })),
    unmet: [{ kind: 'account', name: text, account: text, message: text }],
  };
}

function lateFiles(path: string, message: string): LateFiles {
  return {
    files: 3,
    intact: 1,
    altered: 1,
    doubted: [
      { kind: 'altered', path, findings: 1, message },
      { kind: 'not proven', path, findings: 2, message },
    ],
    moreDoubted: 0,
  };
}

/** One of everything, so that each part of a report has something to say. */
export function everyEvidence(): Evidence {
  return {
    ...NO_EVIDENCE,
    digests: digestCheck({
      verdict: 'not intact',
      problems: [
        problem(),
        problem({
          kind: 'digest missing',
          path: null,
          message: 'digests of these hours are missing',
        }),
      ],
      moreProblems: 1,
    }),
    lateFiles: lateFiles('logs/late.json.gz', 'no digest of its time names it'),
    deliveries: deliveries(),
    blindSpots: [
      blindSpot(),
      blindSpot({
        cause: 'selectors narrowed',
        since: '2026-03-05T08:00:00.000Z',
        until: null,
        undoneBy: null,
        hasRecords: true,
        unseen: 'reads of objects in S3',
      }),
    ],
    moreBlindSpots: 1,
    kinds: [
      {
        category: 'management',
        eventSource: null,
        records: 4000,
        first: '2026-03-01T00:02:00.000Z',
        last: '2026-03-07T23:58:00.000Z',
      },
      {
        category: 'data',
        eventSource: 's3.amazonaws.com',
        records: 120,
        first: '2026-03-01T23:53:00.000Z',
        last: '2026-03-07T22:00:00.000Z',
      },
    ],
    hints: [
      {
        effect: 'EndSecretVersionDelete',
        cause: 'DeleteSecret',
        resource: 'db-password',
        account: ACCOUNT,
        region: 'us-east-1',
        eventID: '11111111-2222-4333-8444-777777777777',
        eventTime: '2026-03-04T10:00:00.000Z',
      },
    ],
    moreHints: 1,
    unmet: [
      {
        kind: 'day',
        name: '2026-03-06',
        account: ACCOUNT,
        message: `no record of ${ACCOUNT} on 2026-03-06, which expect of hunt.yml asks for`,
      },
    ],
  };
}
