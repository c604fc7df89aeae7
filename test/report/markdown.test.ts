import * as fc from 'fast-check';
import type { Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown/render.js';
import type { Report } from '../../src/report/report.js';
import { markdownTokens, textsOutsideCode } from '../support/markdown-tokens.js';
import { hiddenIn } from '../support/hidden-text.js';
import { finding, HOSTILE, MATCH, report, reportWith, section } from '../support/report-sample.js';

function markdownOf(given: Report): string {
  return [...renderMarkdown(given)].join('');
}

/** The structure of a document: its blocks, without what stands within a line. */
function blocksOf(markdown: string): readonly string[] {
  return markdownTokens(markdown).flatMap((token) => {
    if (token.type === 'table') return [`table ${JSON.stringify(sizeOf(token))}`];
    return inLine.has(token.type) ? [] : [token.type];
  });
}

function sizeOf(table: Token): readonly number[] {
  const { rows } = table as { readonly rows: readonly (readonly unknown[])[] };
  return rows.map((cells) => cells.length);
}

const inLine = new Set(['text', 'codespan', 'strong', 'escape']);

describe('markdown', () => {
  it('is what a ticket needs', () => {
    const findings = [
      finding(),
      finding({
        eventName: 'AuthorizeSecurityGroupEgress',
        eventTime: null,
        rules: [
          {
            ...MATCH,
            severity: 'Low',
            alert: { title: 'Egress opened', context: {}, group: null },
          },
        ],
      }),
    ];
    expect(
      markdownOf(
        report({
          sections: [section({ findingCount: 2 })],
          findings,
          warnings: [{ code: 'NO_RECORDS', message: 'the logs of us-east-1 are empty' }],
        }),
      ),
    ).toMatchInlineSnapshot(`
      "# hunt report

      - **2 changes by \`role/SecurityAdmin (session dana)\`; 1 opened \`sg-0abc\` to everyone; 1 not closed again in these findings**
      - **NOT COMPLETE: 1 file or record could not be read; the logs of \`us-east-1\` are empty; 1 more reason**
      - 2 warnings

      # Look here first

      - **1 opened to the world**
        - \`2026-01-12 09:14:27Z\` \`opened tcp 22 to everyone (0.0.0.0/0) on sg-0abc\` by \`role/SecurityAdmin (session dana)\` with \`console.ec2.amazonaws.com\`: not closed again in these findings
      - **1 without a readable time**
        - \`opened outbound tcp 22 to everyone (0.0.0.0/0) on sg-0abc\` by \`role/SecurityAdmin (session dana)\` with \`console.ec2.amazonaws.com\`

      # What was changed

      2 changes, \`2026-01-12 09:14:27Z\`

      account \`112233445566\`, \`us-east-1\`, in \`112233445566_CloudTrail_us-east-1_20260112T0920Z_7yrg0qZ9zoumEFpN.json.gz\`, times are UTC; hunt show LOGS EVENT-ID prints an event

      ## \`2026-01-12\`

      \`role/SecurityAdmin (session dana)\` (key \`ASIAIOSFODNN7EXAMPLE\`) from \`203.0.113.24\`, \`console.ec2.amazonaws.com\`, console

      - \`09:14:27Z\` **OPEN TO everyone** \`opened tcp 22 to everyone (0.0.0.0/0) on sg-0abc\` (not closed again in these findings) \`93d8874c-8c86-40fc-a93d-be15c765ffa0\`

      ## no readable time

      - no time reaches everyone \`opened outbound tcp 22 to everyone (0.0.0.0/0) on sg-0abc\` \`93d8874c-8c86-40fc-a93d-be15c765ffa0\`
        - \`[\`Low\`]\` Egress opened

      | By call | Findings | Let others in | When |
      | --- | ---: | ---: | --- |
      | \`ec2:AuthorizeSecurityGroupEgress\` | 1 | 0 | no readable time |
      | \`ec2:AuthorizeSecurityGroupIngress\` | 1 | 1 | \`2026-01-12 09:14:27Z\` |

      # AWS EC2 Manual Security Group Change

      **Medium severity · \`AWS.EC2.ManualSecurityGroupChange\` · TA0005 Stealth › T1562 Impair Defenses**

      ## Warnings

      - \`PARAMETER_EMPTY\` \`X=any\`: its tests are true

      ## From records to findings

      | Remaining | Stage |
      | ---: | --- |
      | 40 | read |
      | 12 | event names |
      | 9 | in window |
      | 4 | \`recipientAccountId in ["112233445566"]\` |
      | 1 | \`not (userAgent wildcard "* HashiCorp/*")\` |
      | 1 | findings |

      (2 repeated records counted once; 1 event whose repeats differ; 1 event without a readable time)

      ## Exclusions, and how many events each alone hid

      - 3 hidden by \`not (userAgent wildcard "* HashiCorp/*")\`
        - 2: \`arn:aws:sts::112233445566:assumed-role/Operator/lee\` · \`a\`
        - 1: unnamed principal · no user agent

      # What was read

      - window: \`2026-01-01 00:00:00Z\` to the end
      - logs: \`2026-01-12 08:00:00Z\` to \`2026-01-13 08:00:00Z\`
      - hours: 20 with records, 5 without
      - gaps: \`2026-01-12 10:00:00Z\` to \`2026-01-12 15:00:00Z\`
      - accounts: 1
      - regions: none named (40)
      - files read: 3
      - files skipped: 2 digest
      - paths: \`logs\`
      - config: \`hunt.yml\` (\`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\`)

      ## Accounts and regions

      - \`112233445566\`: 40 records in 20 of 25 hours, \`2026-01-12 08:00:00Z\` to \`2026-01-13 08:00:00Z\`
        - region none named (40)

      ## 1 file or record could not be read: evidence was lost

      - \`logs/broken.json.gz\`: unexpected end of file

      ## Warnings about the logs

      - \`NO_RECORDS\` the logs of \`us-east-1\` are empty
      "
    `);
  });

  it.each([
    [
      'recipientAccountId in ["1"]',
      '4 events passed all tests before `recipientAccountId in ["1"]`, none passed this one.',
    ],
    [
      'not (userAgent matches_wildcard ["*terraform*"])',
      '4 events passed all tests before this exclusion, which hid the last of them: `not (userAgent matches_wildcard ["*terraform*"])`.',
    ],
  ])('says which test or exclusion left nothing: %s', (stage, words) => {
    const funnel = [
      { stage: 'read', events: 40 },
      { stage: 'eventSource = "ec2.amazonaws.com"', events: 4 },
      { stage, events: 0 },
      { stage: 'findings', events: 0 },
    ];
    expect(
      markdownOf(report({ sections: [section({ funnel, findingCount: 0 })], findings: [] })),
    ).toContain(`Of 40 records in 3 log files, ${words}`);
  });

  it('says why there is nothing', () => {
    const funnel = [
      { stage: 'read', events: 40 },
      { stage: 'recipientAccountId in ["1"]', events: 0 },
      { stage: 'findings', events: 0 },
    ];
    expect(
      markdownOf(report({ sections: [section({ funnel, findingCount: 0 })], findings: [] })),
    ).toContain(
      'Of 40 records in 3 log files, none passed: `recipientAccountId in ["1"]`. But 1 file or record could not be read.',
    );
  });

  it.each([
    ['HTML', '<img src=x onerror=alert(1)> <!-- </details>'],
    ['an image and a link', '![x](http://evil.com/?log) [x](http://evil.com) [x]: http://evil.com'],
    ['bare addresses', 'https://evil.com www.evil.com a@evil.com mailto:a@evil.com'],
    ['mentions and references', '@everyone @org/team #1 GH-1 org/repo#1 deadbeefdeadbeef'],
    ['pipes', 'a | b || c \\| d \\\\| e |'],
    ['backticks', '` `` ``` a ` b `'],
    ['blocks', '# a\n\n- b\n\n> c\n\n```\nd\n---\n1. e\n\n| f |\n|---|'],
    ['characters that act on a terminal or an eye', HOSTILE],
    ['spaces', '    x    '],
  ])('shows %s as text', (_, text) => {
    const markdown = markdownOf(reportWith(text));
    expect(blocksOf(markdown)).toEqual(blocksOf(markdownOf(reportWith('plain'))));
    expect(hiddenIn(markdown)).toEqual([]);
    for (const outside of textsOutsideCode(markdown))
      expect(outside).not.toMatch(/[@#<>&`|]|:\/\/|www\.|evil\.|[\da-f]{7}/i);
  });

  it('keeps its structure whatever a log holds', () => {
    const structure = blocksOf(markdownOf(reportWith('plain')));
    const piece = fc.oneof(
      fc.constantFrom('`', '|', '\\', '\n', '*', '_', '<b>', '](', '![', '#', '~~~', '    ', '-'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (hostile) => {
        expect(blocksOf(markdownOf(reportWith(`${hostile}x`)))).toEqual(structure);
      }),
      { numRuns: 40 },
    );
  });

  it('is not flooded', () => {
    expect(markdownOf(reportWith('word '.repeat(100_000))).length).toBeLessThan(60_000);
  });
});
