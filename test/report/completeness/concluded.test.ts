import { expect, test } from 'vitest';
import { concluded, concludedForAudit } from '../../../src/report/completeness/concluded.js';
import { NO_EVIDENCE, type Evidence } from '../../../src/report/completeness/completeness.js';
import type { DigestCheck } from '../../../src/report/completeness/digest-check.js';
import type { Report } from '../../../src/report/report.js';
import { causesThree, WARNINGS, type WarningCode } from '../../../src/report/warnings.js';
import {
  ACCOUNT,
  blindSpot,
  chain,
  dana,
  deliveries,
  digestCheck,
  everyEvidence,
  problem,
} from '../../support/completeness-sample.js';
import { coveredAccount, report, section } from '../../support/report-sample.js';

/** A week with records in every hour, of which nothing is known to be missing. */
function week(fields: Partial<Report> = {}): Report {
  const plain = report();
  const hours = { covered: 168, empty: 0, gaps: [] };
  return {
    ...plain,
    window: { since: '2026-03-01T00:00:00.000Z', until: '2026-03-08T00:00:00.000Z' },
    files: { ...plain.files, unreadable: [] },
    sections: [section({ warnings: [] })],
    coverage: { ...plain.coverage, hours, accounts: [coveredAccount(ACCOUNT, { hours })] },
    ...fields,
  };
}

function concludedWeek(
  evidence: Partial<Evidence>,
  { isProofRequired = false, ...fields }: Partial<Report> & { isProofRequired?: boolean } = {},
): Report {
  return concluded(week(fields), { ...NO_EVIDENCE, ...evidence }, { isProofRequired });
}

const tail = (until: string): Partial<DigestCheck> => ({
  digestCounts: { ...digestCheck().digestCounts, unverifiedTail: 1 },
  chains: [
    chain({
      spans: [
        {
          since: '2026-02-28T23:00:00.000Z',
          until,
          begins: 'copy',
          ends: 'tail',
          provenUntil: new Date(Date.parse(until) - 3_600_000).toISOString(),
        },
      ],
    }),
  ],
});

test.each<[string, Partial<Evidence>, verdict: string, sentence: string]>([
  [
    'logs without digests',
    {},
    'complete',
    `nothing is known to be missing from 2026-03-01 00:00Z to 2026-03-08 00:00Z for account ${ACCOUNT}; digests were not checked`,
  ],
  [
    'digests that cover the window',
    { digests: digestCheck() },
    'complete and intact',
    `complete and intact from 2026-03-01 00:00Z to 2026-03-08 00:00Z for account ${ACCOUNT}`,
  ],
  [
    'late findings of which a table does not say the files',
    {
      digests: digestCheck(),
      lateFiles: {
        files: 1,
        intact: 0,
        altered: 0,
        doubted: [{ kind: 'not proven', path: null, findings: 3, message: 'no file' }],
        moreDoubted: 0,
      },
    },
    'complete',
    `nothing is known to be missing from 2026-03-01 00:00Z to 2026-03-08 00:00Z for account ${ACCOUNT}; digests prove it, but not 3 late findings, of which the table does not name the files`,
  ],
  [
    'keys that somebody may have put beside the logs',
    { digests: digestCheck({ keysBesideLogs: ['logs/keys.json'] }) },
    'complete and intact',
    `complete and intact from 2026-03-01 00:00Z to 2026-03-08 00:00Z for account ${ACCOUNT}, if the public keys that lie beside the logs are CloudTrail's`,
  ],
  [
    'a tail after the window',
    { digests: digestCheck(tail('2026-03-08T01:00:00.000Z')) },
    'complete and intact',
    `complete and intact from 2026-03-01 00:00Z to 2026-03-08 00:00Z for account ${ACCOUNT}`,
  ],
  [
    'a tail in the window',
    { digests: digestCheck(tail('2026-03-08T00:00:00.000Z')) },
    'complete',
    `nothing is known to be missing from 2026-03-01 00:00Z to 2026-03-08 00:00Z for account ${ACCOUNT}; digests prove it, but not after 2026-03-07 23:00Z: the signature of the newest is not at hand`,
  ],
  [
    'digests of another account',
    { digests: digestCheck({ chains: [chain({ account: '999988887777' })] }) },
    'in doubt',
    `perhaps not complete: digests do not prove the logs: no digest is about ${ACCOUNT}`,
  ],
  [
    'digests without their key',
    {
      digests: digestCheck({
        verdict: 'not proven',
        digestCounts: { ...digestCheck().digestCounts, withoutKey: 3 },
      }),
    },
    'in doubt',
    'perhaps not complete: digests do not prove the logs: the public key of 3 digests is not at hand',
  ],
  [
    'missing logs, and half an hour without any',
    {
      digests: digestCheck({ verdict: 'not intact', problems: [problem(), problem()] }),
      blindSpots: [blindSpot()],
    },
    'incomplete',
    'NOT COMPLETE: 2 log files are missing (digests name them); logging was switched off 2026-03-02 12:04Z to 12:31Z by role/Admin (session dana) (StopLogging main)',
  ],
  [
    'another trail that went on',
    { blindSpots: [blindSpot({ hasRecords: true })] },
    'in doubt',
    'perhaps not complete: logging was switched off 2026-03-02 12:04Z to 12:31Z by role/Admin (session dana) (StopLogging main)',
  ],
  [
    'a trail and a bucket that somebody deleted',
    {
      blindSpots: [
        blindSpot({
          cause: 'trail deleted',
          until: null,
          by: dana('DeleteTrail'),
          hasRecords: true,
        }),
        blindSpot({
          cause: 'bucket emptied or expiring',
          target: 'acme-logs',
          until: null,
          by: dana('DeleteBucket'),
        }),
      ],
    },
    'in doubt',
    'perhaps not complete: role/Admin (session dana) deleted trail main at 2026-03-02 12:04:10Z: it logs nothing after that; role/Admin (session dana) deleted bucket acme-logs, which held log files, at 2026-03-02 12:04:10Z',
  ],
  [
    'an account of the organization without a record, although that of the trail has some',
    { blindSpots: [blindSpot({ hasRecords: true, silentAccounts: ['223344556677'] })] },
    'incomplete',
    'NOT COMPLETE: logging was switched off 2026-03-02 12:04Z to 12:31Z by role/Admin (session dana) (StopLogging main), in 223344556677',
  ],
  [
    'a file whose delivery is logged',
    { deliveries: deliveries() },
    'incomplete',
    'NOT COMPLETE: 1 log file is missing (the logs have its delivery)',
  ],
  [
    'an effect without its cause',
    { hints: everyEvidence().hints },
    'in doubt',
    'perhaps not complete: a hint: EndSecretVersionDelete without DeleteSecret before it',
  ],
  [
    'a day that is expected',
    { unmet: everyEvidence().unmet },
    'incomplete',
    `NOT COMPLETE: no record of ${ACCOUNT} on 2026-03-06, which expect of hunt.yml asks for`,
  ],
])('%s', (_, evidence, verdict, sentence) => {
  const { completeness, warnings } = concludedWeek(evidence);
  expect(completeness).toMatchObject({ verdict, sentence });
  expect(warnings.some((warning) => causesThree(warning, true))).toBe(verdict === 'incomplete');
});

test('a proof that is required and not there is a loss, and says what is missing', () => {
  const { completeness, warnings } = concludedWeek({}, { isProofRequired: true });
  expect(warnings.map(({ code }) => code)).toEqual(['PROOF_MISSING']);
  expect(completeness.sentence).toBe(
    'NOT COMPLETE: the logs are not proven to be intact: digests were not checked',
  );
  const proven = concludedWeek({ digests: digestCheck() }, { isProofRequired: true });
  expect(proven.completeness.verdict).toBe('complete and intact');
});

test('the gravest reason is first, a hint is last, and neither the list nor the line grows', () => {
  const { completeness } = concludedWeek({
    ...everyEvidence(),
    blindSpots: Array.from({ length: 100 }, () =>
      blindSpot({ target: 'x'.repeat(10_000), by: dana('StopLogging', 'y'.repeat(9999)) }),
    ),
  });
  expect(completeness.because.length).toBe(6);
  expect(completeness.because[0]).toContain('digests name it');
  // Some are hints, lost files or silent days, and no warnings.
  expect(completeness.because.at(-1)).toMatch(/^\d+ more reasons, in the rest of the report$/);
  expect(completeness.sentence.length).toBeLessThan(500);
  expect(JSON.stringify(completeness.because).length).toBeLessThan(3000);
  const { because } = concludedWeek({
    hints: everyEvidence().hints,
    blindSpots: [blindSpot({ hasRecords: true })],
  }).completeness;
  expect(because.at(-1)).toMatch(/^a hint: /);
});

test('what the hunt warns of itself is not said twice', () => {
  const own = { code: 'LOGGING_SWITCHED_OFF', message: 'nobody logged for a while' } as const;
  const { warnings } = concludedWeek({ blindSpots: [blindSpot()] }, { warnings: [own] });
  expect(warnings).toEqual([own]);
});

test('each reason stands once, whatever warnings say it', () => {
  const codes = Object.keys(WARNINGS) as readonly WarningCode[];
  for (const code of codes) {
    const own = { code, message: 'PutObjectAcl is a data event' } as const;
    const { because, sentence } = concludedWeek(
      {},
      { warnings: [own], sections: [section({ warnings: [own] })] },
    ).completeness;
    expect(because.length).toBeLessThan(2);
    expect(sentence).not.toContain('; PutObjectAcl');
    expect(sentence).not.toContain('more reason');
  }
});

test('the sentence that an audit signs names every account', () => {
  const hours = { covered: 168, empty: 0, gaps: [] };
  const ids = ['112233445566', '223344556677', '334455667788'];
  const { coverage } = report();
  const accounts = ids.map((id) => coveredAccount(id, { hours }));
  const sections = [section({ warnings: [], rule: { ...section().rule, accounts: ids } })];
  const week3 = concludedWeek({}, { sections, coverage: { ...coverage, hours, accounts } });
  expect(week3.completeness.sentence).toContain('for accounts 112233445566, 223344556677, 1 more');
  expect(concludedForAudit(week3).completeness.sentence).toContain(
    'for accounts 112233445566, 223344556677, 334455667788;',
  );
});
