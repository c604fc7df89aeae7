/** Exclusions with names and reasons: `Exclusions: exclusions.yml`, from the file to the ledger of a report. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findRule } from '../../../src/rule/catalog/find.js';
import { loadRules } from '../../../src/rule/catalog/load.js';
import { explain } from '../../../src/rule/explain.js';
import { bind } from '../../../src/rule/bind.js';
import { buildQuery } from '../../../src/query/build.js';
import { findingsSql } from '../../../src/sql/statement/findings.js';
import { duckdb } from '../../../src/sql/dialect/duckdb.js';
import { LOADED_EVENTS } from '../../../src/sql/statement/table.js';
import { pageOf } from '../../../src/report/page/page.js';
import { plainText } from '../../../src/report/page/blocks/text.js';
import { huntEvents, onlySection, openedGroup } from '../../support/hunt-events.js';
import { emptyFolder } from '../../support/run-hunt.js';
import { ruleText } from '../../support/rules.js';

const LIST = `AnalysisType: exclusions
Exclusions:
  - Name: cryptography
    Reason: it changes no resource
    Calls: [kms:Encrypt, "kms:Generate*"]
  - { Name: pipelines, Reason: reviewed elsewhere, Use: by-pipeline }
  - Name: tests
    Reason: they change nothing
    Calls: "*:Test*"
`;
const SHARED = `AnalysisType: shared
Parameters: { PIPELINES: { Default: [pipeline] } }
MatchExpressions:
  by-pipeline: { KeyPath: userIdentity.arn, Condition: Contains, Values: $PIPELINES }
`;
const DETECTION = '  - { Key: readOnly, Condition: Equals, Value: "false" }';

/** The path of a rule that takes a list of exclusions from the folder above it. */
function ruleFile(list = LIST, more = 'Exclusions: exclusions.yml'): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'shared.yml'), SHARED);
  writeFileSync(join(folder, 'exclusions.yml'), list);
  mkdirSync(join(folder, 'rule'));
  writeFileSync(join(folder, 'rule', 'rule.yml'), ruleText(DETECTION, more));
  return join(folder, 'rule', 'rule.yml');
}

test('the ledger counts each exclusion under its name, with its reason', async () => {
  const rule = findRule(ruleFile());
  const call = (service: string, eventName: string, user = 'dana', index = 0) =>
    openedGroup({
      eventID: `${service}-${eventName}-${user}-${index}`,
      eventSource: `${service}.amazonaws.com`,
      eventName,
      readOnly: false,
      userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::112233445566:user/${user}` },
    });
  const report = await huntEvents(
    [
      call('s3', 'CreateBucket'),
      call('kms', 'Encrypt'),
      call('kms', 'GenerateDataKey', 'lee'),
      call('kms', 'EncryptOther'),
      call('s3', 'CreateBucket', 'pipeline'),
      // Two exclusions hide it, so neither alone does.
      call('kms', 'Encrypt', 'pipeline'),
    ],
    { rules: [rule] },
  );
  const section = onlySection(report);
  expect(report.findings.map(({ eventName }) => eventName)).toEqual([
    'EncryptOther',
    'CreateBucket',
  ]);
  expect(
    section.exclusions.map(({ name, reason, hidden, applied }) => [name, reason, hidden, applied]),
  ).toEqual([
    ['cryptography', 'it changes no resource', 2, true],
    ['pipelines', 'reviewed elsewhere', 1, true],
    ['tests', 'they change nothing', 0, true],
    [
      'several exclusions',
      expect.stringContaining('most often: cryptography and pipelines'),
      1,
      true,
    ],
  ]);
  expect(section.exclusions[0]?.condition).toBe(
    'not (eventSource in ["kms.amazonaws.com"] and (eventName in ["Encrypt"] or eventName wildcard "Generate*"))',
  );
  expect(section.funnel.map(({ stage, events }) => [stage, events])).toEqual([
    ['read', 6],
    ['readOnly equals "false"', 6],
    ['in window', 6],
    ['not cryptography', 3],
    ['not pipelines', 2],
    ['not tests', 2],
    ['findings', 2],
  ]);
  const page = [...pageOf(report)].flatMap((block) => {
    if (block.kind === 'exclusion')
      return [`${plainText(block.label)} ${plainText(block.condition)}`];
    return block.kind === 'paragraph' ? [plainText(block.text)] : [];
  });
  expect(page).toEqual(
    expect.arrayContaining([
      '2 hidden by cryptography: it changes no resource',
      '0 hidden by tests',
    ]),
  );
  // Without exclusions, all are findings, and the report says which were dropped.
  const all = await huntEvents([call('kms', 'Encrypt', 'pipeline')], {
    rules: [rule],
    exclusions: false,
  });
  expect(all.findings).toHaveLength(1);
  expect(onlySection(all).exclusions.map(({ name, applied }) => [name, applied])).toEqual([
    ['cryptography', false],
    ['pipelines', false],
    ['tests', false],
  ]);
});

test('explain has a table of them, and a comment in SQL has the reason in the place of the calls', () => {
  const rule = findRule(ruleFile());
  const { condition, namedExclusions, exclusions } = explain(rule, [rule]);
  expect(condition).toEqual([
    'readOnly equals "false"',
    'not cryptography',
    'not pipelines',
    'not tests',
  ]);
  expect(namedExclusions[1]).toEqual({
    name: 'pipelines',
    reason: 'reviewed elsewhere',
    condition: 'userIdentity.arn contains "pipeline"',
  });
  expect(exclusions).toEqual([]);
  const window = { since: undefined, until: undefined };
  const query = buildQuery([bind(rule, new Map())], window, { exclusions: true, filters: [] });
  const [own] = query.rules;
  const sql =
    own === undefined ? '' : findingsSql(own, query, { dialect: duckdb, table: LOADED_EVENTS });
  expect(sql).toContain('    -- exclusions.yml:3: not cryptography: it changes no resource\n');
});

test('a folder of rules may hold the list, which is no rule', () => {
  const folder = join(ruleFile(), '..', '..');
  const { rules, refused, skipped } = loadRules({ names: [], folders: [folder] });
  expect(rules).toHaveLength(1);
  expect([refused.length, skipped.size]).toEqual([0, 0]);
});

test.each<[what: string, list: string, message: string, more?: string]>([
  ['no such list', LIST, 'rule\\.yml:5:13: .*no other\\.yml in', 'Exclusions: other.yml'],
  [
    'a path',
    LIST,
    'rule\\.yml:5:13: .*no \\.\\./exclusions\\.yml in',
    'Exclusions: ../exclusions.yml',
  ],
  ['another kind of file', SHARED, 'exclusions\\.yml:2:1: the list .* unknown key "Parameters"'],
  [
    'no reason',
    LIST.replace('    Reason: it changes no resource\n', ''),
    ':3:5: an exclusion needs Reason',
  ],
  [
    'no condition',
    LIST.replace(', Use: by-pipeline', ''),
    ':6:5: an exclusion needs a match expression',
  ],
  [
    'two conditions',
    LIST.replace('Use: by', 'Calls: a:B, Use: by'),
    ':6:64: Calls has an unknown key "Use"',
  ],
  [
    'a colon in a name',
    LIST.replace('Name: tests', 'Name: "kms:tests"'),
    ':7:11: .*"kms:tests" has other',
  ],
  [
    'a name twice',
    LIST.replace('Name: tests', 'Name: pipelines'),
    ':7:5: .*has the name "pipelines"',
  ],
  ['a typo', LIST.replace('Reason: they', 'Raeson: they'), ':7:5: an exclusion needs Reason'],
])('%s', (_, list, message, more) => {
  expect(() => findRule(ruleFile(list, more))).toThrow(new RegExp(message));
});
