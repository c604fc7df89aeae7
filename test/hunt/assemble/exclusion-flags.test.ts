/** Which hidden events a report flags: an exclusion may have hidden them for the wrong reason. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/cli/options/hunt-yml/config.js';
import { withChanges } from '../../../src/rule/exclusions/changes.js';
import { findRule } from '../../../src/rule/catalog/find.js';
import { readRule } from '../../../src/rule/catalog/read.js';
import type { Rule } from '../../../src/rule/rule.js';
import { huntEvents, onlySection, openedGroup } from '../../support/hunt-events.js';
import { emptyFolder } from '../../support/run-hunt.js';
import { ruleText, ruleWith } from '../../support/rules.js';

const TERRAFORM = 'APN/1.0 HashiCorp/1.0 Terraform/1.9.0 (+https://www.terraform.io)';

/** A change with Terraform in a session of a role. */
function change(role: string, session: string, more: Readonly<Record<string, unknown>> = {}) {
  return openedGroup({
    eventID: JSON.stringify([role, session, more]),
    userAgent: TERRAFORM,
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::112233445566:assumed-role/${role}/${session}`,
      sessionContext: { sessionIssuer: { arn: `arn:aws:iam::112233445566:role/${role}` } },
    },
    ...more,
  });
}

function warningsOf({
  warnings,
}: {
  readonly warnings: readonly { code: string; message: string }[];
}) {
  return warnings.filter(({ code }) => /SESSION_NAME|OTHER_TOOLS/.test(code));
}

test('the seed rule: a session with an allowed name, in a role without it, is named with its events', async () => {
  const section = onlySection(
    await huntEvents([
      change('Operator', 'ci'),
      change('Operator', 'Operator'),
      change('Admin', 'Operator'),
      change('Admin', 'Operator', { sourceIPAddress: '198.51.100.8' }),
      change('Admin', 'my-ContinousDeployment'),
      change('Admin', 'dana'),
    ]),
  );
  expect(section.findingCount).toBe(1);
  expect(section.exclusions.map(({ hidden, flags }) => [hidden, flags])).toEqual([
    [0, []],
    [
      5,
      [
        {
          reason: 'session name',
          principal: 'arn:aws:sts::112233445566:assumed-role/Admin/Operator',
          events: 2,
        },
        {
          reason: 'session name',
          principal: 'arn:aws:sts::112233445566:assumed-role/Admin/my-ContinousDeployment',
          events: 1,
        },
      ],
    ],
  ]);
  expect(warningsOf(section)).toEqual([
    {
      code: 'EXCLUDED_BY_SESSION_NAME',
      message:
        'an exclusion hid 3 events only because of the name of a session, which whoever assumes the role chooses, and not because of its role: arn:aws:sts::112233445566:assumed-role/Admin/Operator (2), arn:aws:sts::112233445566:assumed-role/Admin/my-ContinousDeployment (1). --no-exclusions shows them',
    },
  ]);
});

test('the path of a user that looks like a session of an allowed role is named too', async () => {
  const userOf = (arn: string) =>
    openedGroup({ eventID: arn, userAgent: TERRAFORM, userIdentity: { type: 'IAMUser', arn } });
  const disguised = 'arn:aws:iam::112233445566:user/x:assumed-role/Operator/mallory';
  const exclusion =
    '{ KeyPath: userIdentity.arn, Condition: Contains, Value: ":assumed-role/Operator/" }';
  const rule = ruleWith(`  - { Key: eventName, Condition: Exists }\n  - None: [${exclusion}]`);
  const section = onlySection(
    await huntEvents([change('Operator', 'ci'), userOf(disguised)], { rules: [rule] }),
  );
  expect(section.exclusions.map(({ hidden, flags }) => [hidden, flags])).toEqual([
    [2, [{ reason: 'session name', principal: disguised, events: 1 }]],
  ]);
});

describe('two entries of allow that cover the same events', () => {
  const ALLOW = `allow:
  - { tool: terraform, role: "arn:aws:iam::*:role/Deploy", reason: reviewed }
  - { tool: terraform, role: "arn:aws:iam::*:role/Deploy", network: 203.0.113.0/24, reason: build server }
`;
  const deploy = (more: object) =>
    change('Deploy', 'ci', { readOnly: false, sourceIPAddress: '203.0.113.7', ...more });

  async function sectionOf(events: readonly Record<string, unknown>[]) {
    const config = join(emptyFolder(), 'hunt.yml');
    writeFileSync(config, ALLOW);
    const changes = readConfig(config)?.exclusions ?? { add: [], remove: [] };
    const rule = withChanges(findRule('AWS.Any.ManualChange'), changes);
    return onlySection(await huntEvents(events, { rules: [rule] }));
  }

  test('hide what no other exclusion covers, and the ledger says whose it was', async () => {
    const section = await sectionOf([
      deploy({ eventID: '1' }),
      deploy({ eventID: '2' }),
      deploy({ eventID: '3', sourceIPAddress: '198.51.100.1' }),
      deploy({ eventID: '4', userAgent: 'aws-cli/2.15.0' }),
      // A data event would be left out without the entries too.
      deploy({ eventID: '5', eventCategory: 'Data', userAgent: TERRAFORM }),
    ]);
    const principal = 'arn:aws:sts::112233445566:assumed-role/Deploy/ci';
    expect(section.findingCount).toBe(1);
    const [alone, several] = section.exclusions.filter(({ hidden }) => hidden > 0);
    expect(alone).toMatchObject({ name: 'allowed: terraform, role Deploy', hidden: 1 });
    expect(several).toMatchObject({
      name: 'several exclusions',
      reason: expect.stringMatching(
        /most often: allowed: .* and allowed: .*; data events and allowed/,
      ),
      hidden: 3,
      by: [{ principal, userAgent: TERRAFORM, events: 3 }],
      flags: [{ reason: 'another tool', principal, events: 2 }],
    });
    expect(warningsOf(section)).toHaveLength(1);
    expect(warningsOf(section)[0]?.message).toContain(`allow hid 3 events`);
  });
});

test.each<[string, number]>([
  // The same text in another test may have hidden the event, and an exact ARN means its session.
  ['{ KeyPath: userIdentity.arn, Condition: EndsWith, Value: /Operator }', 0],
  ['{ KeyPath: userIdentity.arn, Condition: IContains, Value: OPERATOR }', 1],
  [
    '{ Any: [{ KeyPath: userIdentity.arn, Condition: Contains, Value: Operator }, { Key: awsRegion, Condition: Exists }] }',
    0,
  ],
  [
    '{ All: [{ KeyPath: userIdentity.arn, Condition: Contains, Value: Operator }, { Key: awsRegion, Condition: Exists }] }',
    1,
  ],
  [
    '{ KeyPath: userIdentity.arn, Condition: Contains, Values: [":assumed-role/Admin/", Operator] }',
    0,
  ],
])('None: [%s] has %d flags', async (exclusion, count) => {
  const rule = ruleWith(`  - { Key: eventName, Condition: Exists }\n  - None: [${exclusion}]`);
  const section = onlySection(await huntEvents([change('Admin', 'Operator')], { rules: [rule] }));
  expect(section.findingCount).toBe(0);
  expect(section.exclusions[0]?.flags).toHaveLength(count);
});

test('a tool that allow allows to a principal who also acted with another tool', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'exclusions.yml'), 'AnalysisType: exclusions\nExclusions: []\n');
  const detection = '  - { Key: eventName, Condition: Exists }';
  const rule: Rule = readRule(
    ruleText(detection, 'Exclusions: exclusions.yml'),
    join(folder, 'rule.yml'),
  );
  writeFileSync(
    join(folder, 'hunt.yml'),
    'allow: { tool: terraform, role: "arn:aws:iam::*:role/Operator", reason: plans are reviewed }',
  );
  const changes = readConfig(join(folder, 'hunt.yml'))?.exclusions ?? { add: [], remove: [] };
  const section = onlySection(
    await huntEvents(
      [
        change('Operator', 'ci'),
        change('Operator', 'mallory'),
        change('Operator', 'mallory', { userAgent: 'aws-cli/2.15.0' }),
        change('Operator', 'ci', { userAgent: TERRAFORM.replace('1.9.0', '1.9.1') }),
      ],
      { rules: [withChanges(rule, changes)] },
    ),
  );
  expect(section.exclusions.map(({ hidden, flags }) => [hidden, flags])).toEqual([
    [
      3,
      [
        {
          reason: 'another tool',
          principal: 'arn:aws:sts::112233445566:assumed-role/Operator/mallory',
          events: 1,
        },
      ],
    ],
  ]);
  expect(warningsOf(section).map(({ code }) => code)).toEqual(['ALLOWED_WITH_OTHER_TOOLS']);
});
