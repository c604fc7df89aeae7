import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/report/finding.js';
import type { Report } from '../../src/report/report.js';
import { renderTerminal, type TerminalOptions } from '../../src/report/terminal/render.js';
import { expectLinear } from '../support/cpu.js';
import { hiddenIn } from '../support/hidden-text.js';
import {
  coveredAccount,
  finding,
  HOSTILE,
  report,
  reportOn,
  section,
  exclusion,
} from '../support/report-sample.js';

const PLAIN = { width: 120, color: false };

function tableText(given: Report, options: TerminalOptions): string {
  return [...renderTerminal(given, options)].join('');
}

describe('table', () => {
  it('is what a responder reads', () => {
    expect(tableText(report(), PLAIN)).toMatchInlineSnapshot(`
      "Look here first
        1 opened to the world: 2026-01-12 09:14:27Z opened tcp 22 to everyone (0.0.0.0/0) on sg-0abc by role/SecurityAdmin
          (session dana): not closed again in these findings

      What was changed
        1 change, 2026-01-12 09:14:27Z
        account 112233445566, us-east-1, in 112233445566_CloudTrail_us-east-1_20260112T0920Z_7yrg0qZ9zoumEFpN.json.gz, times
          are UTC; hunt show LOGS EVENT-ID prints an event
      2026-01-12
        role/SecurityAdmin (session dana) (key ASIAIOSFODNN7EXAMPLE) from 203.0.113.24, console.ec2.amazonaws.com, console
          09:14:27Z  OPEN TO everyone  opened tcp 22 to everyone (0.0.0.0/0) on sg-0abc (not closed again in these
                     findings)  93d8874c-8c86-40fc-a93d-be15c765ffa0

      AWS EC2 Manual Security Group Change
      Medium severity · AWS.EC2.ManualSecurityGroupChange · TA0005 Stealth › T1562 Impair Defenses

      Warnings
        ! X=any: its tests are true [PARAMETER_EMPTY]

      From records to findings
        40  read
        12  event names
         9  in window
         4  recipientAccountId in ["112233445566"]
         1  not (userAgent wildcard "* HashiCorp/*")
         1  findings
        (2 repeated records counted once; 1 event whose repeats differ; 1 event without a readable time)

      Exclusions, and how many events each alone hid
        3 hidden by  not (userAgent wildcard "* HashiCorp/*")
            2  arn:aws:sts::112233445566:assumed-role/Operator/lee · a
            1  unnamed principal · no user agent

      What was read
        window         2026-01-01 00:00:00Z to the end
        logs           2026-01-12 08:00:00Z to 2026-01-13 08:00:00Z
        hours          20 with records, 5 without
        gaps           2026-01-12 10:00:00Z to 2026-01-12 15:00:00Z
        accounts       1
        regions        none named (40)
        files read     3
        files skipped  2 digest
        paths          logs
        config         hunt.yml (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)

      Accounts and regions
        112233445566: 40 records in 20 of 25 hours, 2026-01-12 08:00:00Z to 2026-01-13 08:00:00Z
            region none named (40)

      1 file or record could not be read: evidence was lost
        logs/broken.json.gz: unexpected end of file

      1 warning
      NOT COMPLETE: 1 file or record could not be read; 1 more reason
      1 change by role/SecurityAdmin (session dana); 1 opened sg-0abc to everyone; 1 not closed again in these findings
      "
    `);
  });

  it('says why there is nothing', () => {
    const funnel = [
      { stage: 'read', events: 40 },
      { stage: 'event names', events: 12 },
      { stage: 'in window', events: 0 },
      { stage: 'findings', events: 0 },
    ];
    expect(
      tableText(report({ sections: [section({ funnel, findingCount: 0 })], findings: [] }), PLAIN),
    ).toContain(
      "Of 40 records in 3 log files, 12 had one of the rule's event names; of those none lay in the window. But 1 file or\n    record could not be read.",
    );
    const nothing = section({ funnel: [{ stage: 'read', events: 0 }], findingCount: 0 });
    expect(tableText(report({ sections: [nothing], findings: [] }), PLAIN)).toContain(
      'No record was read',
    );
  });

  it('lets nothing from a log act on the terminal, and keeps the width', () => {
    const long = `${HOSTILE}${'日本 e\u0301\u0301\u0301 👩‍💻 '.repeat(100)}`;
    const parts = {
      sections: [
        section({
          exclusions: [
            {
              ...exclusion(),
              condition: long,
              hidden: 1,
              by: [{ principal: long, userAgent: long, events: 1 }],
            },
          ],
          funnel: [{ stage: long, events: 1 }],
          warnings: [{ code: 'NO_RECORDS', message: long }],
        }),
      ],
      findings: [
        finding({
          eventName: long,
          eventTime: null,
          userAgent: long,
          sourceIPAddress: long,
          awsRegion: long,
          source: long,
          eventID: long,
          userIdentity: { arn: long },
          requestParameters: { groupId: long, cidrIp: long },
        }),
        finding(),
      ],
      files: {
        ...report().files,
        unreadable: Array.from({ length: 12 }, () => ({ path: long, reason: long })),
      },
    };
    for (const width of [40, 80, 120]) {
      const text = tableText(report(parts), { width, color: false });
      expect(hiddenIn(text)).toEqual([]);
      for (const line of text.split('\n'))
        expect(line.replace(/\p{M}/gu, '').length).toBeLessThanOrEqual(width);
      expect(text).toContain('and 2 more');
    }
  });

  it('loses no address to a long role session, and cuts no condition, account or option', () => {
    const arn = `arn:aws:sts::112233445566:assumed-role/${'r'.repeat(64)}/${'s'.repeat(64)}`;
    const condition = `not (userAgent wildcard "* HashiCorp/?.0 Terraform/*" and (${'userIdentity.arn contains "Operator" or '.repeat(3)}eventID exists))`;
    const ids = Array.from({ length: 12 }, (_, i) => String(100_000_000_000 + i));
    const path = `${'deep/'.repeat(40)}broken.json.gz`;
    const full = report({
      coverage: {
        ...report().coverage,
        accounts: ids.map((name) => coveredAccount(name)),
      },
      files: { ...report().files, unreadable: [{ path, reason: 'unexpected end' }] },
      warnings: [{ code: 'NO_RECORDS', message: `To hunt there: --set P=${ids.join(',')}` }],
      sections: [
        section({
          exclusions: [{ ...exclusion(), condition }],
        }),
      ],
      findings: [finding({ userIdentity: { arn, accessKeyId: 'AKIA' } })],
    });
    for (const width of [80, 120]) {
      const text = tableText(full, { width, color: false });
      const joined = text.replace(/\s+/g, '');
      for (const whole of [
        'r'.repeat(64),
        's'.repeat(64),
        condition,
        ids.join(','),
        'broken.json.gz:unexpectedend',
      ])
        expect(joined).toContain(whole.replace(/\s+/g, ''));
      for (const whole of ['203.0.113.24', ...ids]) expect(text).toContain(whole);
    }
  });

  it('keeps the address and the reason behind an endless name', () => {
    const endless = 'x'.repeat(50_000);
    const full = report({
      files: { ...report().files, unreadable: [{ path: endless, reason: 'unexpected end' }] },
      findings: [finding({ userIdentity: { arn: endless } })],
    });
    const text = tableText(full, { width: 80, color: false });
    expect(text).toContain('203.0.113.24');
    expect(text).toContain('unexpected end');
  });

  it('is not flooded', () => {
    const message = 'word '.repeat(60_000);
    const text = tableText(report({ warnings: [{ code: 'NO_RECORDS', message }] }), PLAIN);
    expect(text.split('\n').length).toBeLessThan(75);
  });

  it('says the same in colour', () => {
    const colored = tableText(report(), { width: 120, color: true });
    expect(colored).not.toBe(tableText(report(), PLAIN));
    expect(stripVTControlCharacters(colored)).toBe(tableText(report(), PLAIN));
  });

  it('never breaks or cuts a URL, an ARN or a path', () => {
    const arn = `arn:aws:iam::112233445566:role/${'a-path/'.repeat(4)}Deploy`;
    const source = `logs/AWSLogs/112233445566/CloudTrail/us-east-1/2026/01/12/${'x'.repeat(60)}.json.gz`;
    const other = { ...finding(), source: 'logs/b.json' };
    const changed = finding({ requestParameters: { groupId: arn }, source });
    const text = tableText(reportOn([changed, other]), { width: 40, color: false });
    expect(text).toContain(arn);
    expect(text).toContain(source.slice('logs/'.length));
  });

  it('has a line of counts over time where it fits, and where the terminal has the letters for it', () => {
    const at = (time: string): Finding => finding({ eventTime: `2026-01-${time}:00.000Z` });
    const given = reportOn([at('12T09:00'), at('12T09:00'), at('12T09:02'), at('20T10:00')]);
    expect(tableText(given, { width: 160, color: false })).toContain(
      '\n  █·▄…▄  a bar is 1 minute, the highest 2 findings; … is a long silence\n',
    );
    expect(tableText(given, { width: 160, color: false, isUnicode: false })).not.toContain('█');
    const often = reportOn(
      Array.from({ length: 76 }, (_, n) =>
        at(`12T${10 + Math.floor(n / 60)}:${String(n % 60).padStart(2, '0')}`),
      ),
    );
    expect(tableText(often, { width: 80, color: false })).toContain(`\n  ${'█'.repeat(76)}\n`);
    expect(tableText(often, { width: 70, color: false })).not.toContain('█');
  });

  it('uses a wide terminal', () => {
    const lines = tableText(reportOn([finding()]), { width: 200, color: false }).split('\n');
    expect(lines).toContain(
      '    09:14:27Z  OPEN TO everyone  opened tcp 22 to everyone (0.0.0.0/0) on sg-0abc (not closed again in these findings)  93d8874c-8c86-40fc-a93d-be15c765ffa0',
    );
  });

  it('keeps up with many findings', async () => {
    await expectLinear((amount) => {
      const findings = Array.from({ length: 500 * amount }, () => finding());
      tableText(reportOn(findings), PLAIN);
    }, 40);
  });
});
