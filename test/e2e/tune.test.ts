/** From accepted findings to an exclusion in hunt.yml, through the command. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, hunt, SAMPLE } from '../support/run-hunt.js';

/** The two changes of user/legacy-deploy in the sample, and one of three of dana's that look the same. */
const LEGACY = ['b70df102-5608-45ab-ad30-525249bdaba8', '5dc27af2-87fa-454a-a10f-ec9de8d724a7'];
const DANA = '25e2b6b1-0652-4880-a277-63084ffa6a07';
const SAME = 'f7a5936c-485e-4b92-af26-7d9c20243b07';

const HUNT_YML = `# Ours.
rule: AWS.EC2.ManualSecurityGroupChange   # the first
allow:
  - { user: nobody, reason: a test }

# Where they are.
exceptions: mine.yml
`;

interface JsonReport {
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly findings: readonly { readonly eventID: string }[];
}

async function findingsIn(cwd: string, args: readonly string[] = []): Promise<JsonReport> {
  const { stdout } = await hunt([SAMPLE, '--quiet', '-f', 'json', ...args], { cwd });
  return JSON.parse(stdout) as JsonReport;
}

test('hunt tune proposes what accepted findings share, writes it, and the next hunt hides just that', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'hunt.yml'), HUNT_YML);
  writeFileSync(join(cwd, 'mine.yml'), '');
  await hunt([SAMPLE, '--quiet', '-o', 'r.html'], { cwd });
  const none = await hunt(['tune', 'r.html', '--exceptions', '/dev/null'], { cwd });
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('hunt accept')]);
  const accept = (ids: readonly string[], reason: string) =>
    hunt(
      ['accept', 'r.html', ...ids, '--reason', reason, '--owner', 'lee', '--expires', '2998-01-01'],
      { cwd },
    );
  await accept(LEGACY, 'It is old');
  await accept([DANA], 'Agreed');
  const shown = await hunt(['tune', 'r.html', SAMPLE], { cwd });
  expect(shown.code).toBe(0);
  expect(shown.stdout).toContain('3 of 23 findings of r.html are accepted.');
  expect(shown.stdout).toContain('In r.html it hides 2 of 23 findings: 2 by user/legacy-deploy');
  expect(shown.stdout).toContain(`In ${SAMPLE} it hides 2 of 23 findings`);
  // Dana did the same another time, and nobody accepted that.
  expect(shown.stdout).toMatch(/No proposal for 1 accepted finding: .* that nobody accepted/);
  expect(shown.stdout).toContain(SAME);
  expect(shown.stderr).toContain('nothing is written');
  expect(readFileSync(join(cwd, 'hunt.yml'), 'utf8')).toBe(HUNT_YML);

  const before = await findingsIn(cwd);
  const written = await hunt(['tune', 'r.html', '--write', '--expires', '2999-01-01'], { cwd });
  expect(written.stderr).toContain('hunt: wrote 1 entry to allow of hunt.yml');
  const entry = `  # from 2 accepted findings: EX-1
  - user: arn:aws:iam::112233445566:user/legacy-deploy
    tool: cli
    account: "112233445566"
    network: 203.0.113.24
    call:
      - ec2:AuthorizeSecurityGroupIngress
      - ec2:CreateSecurityGroup
    rule: AWS.EC2.ManualSecurityGroupChange
    reason: It is old (EX-1)
    owner: lee
    until: 2999-01-01
`;
  expect(readFileSync(join(cwd, 'hunt.yml'), 'utf8')).toBe(
    HUNT_YML.replace('reason: a test }\n', `reason: a test }\n${entry}`),
  );
  const after = await findingsIn(cwd);
  const ids = (report: JsonReport): readonly string[] =>
    report.findings.map(({ eventID }) => eventID);
  expect(ids(after)).toEqual(ids(before).filter((id) => !LEGACY.includes(id)));
  // What an entry hides already is not proposed again.
  const again = await hunt(['tune', 'r.html', '--exception', 'EX-1', '--write'], { cwd });
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('already')]);

  // When its day is over, the findings are back, and a warning says why.
  const text = readFileSync(join(cwd, 'hunt.yml'), 'utf8');
  writeFileSync(join(cwd, 'hunt.yml'), text.replace('2999-01-01', '2020-01-01'));
  const later = await findingsIn(cwd);
  expect(ids(later)).toEqual(ids(before));
  expect(later.warnings).toMatchObject([{ code: 'EXCLUSION_EXPIRED' }]);
  expect(later.warnings[0]?.message).toMatch(/\(hunt\.yml:6, until 2020-01-01, owner lee\): over/);
  // A window that ends before that day has what was in force then.
  const early = await findingsIn(cwd, ['--until', '2019-12-31']);
  expect(early.warnings.map(({ code }) => code)).not.toContain('EXCLUSION_EXPIRED');
});

test('with a list of what is confirmed, an entry may hide more, but not that', async () => {
  const cwd = emptyFolder();
  await hunt([SAMPLE, '--quiet', '-o', 'r.json'], { cwd });
  const args = ['--reason', 'Agreed', '--expires', '2999-01-01'];
  await hunt(['accept', 'r.json', DANA, ...args], { cwd });
  const confirmed = async (id: string) => {
    writeFileSync(join(cwd, 'confirmed.txt'), `# Incidents\n${id}  INC-1\n`);
    return (await hunt(['tune', 'r.json', '--confirmed', 'confirmed.txt'], { cwd })).stdout;
  };
  expect(await confirmed(LEGACY[0] ?? '')).toContain('In r.json it hides 2 of 23 findings');
  expect(await confirmed(SAME)).toContain('No proposal for 1 accepted finding');
  expect(await confirmed(DANA)).toBe('');
});
