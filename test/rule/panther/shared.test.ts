/** What rules share: `shared.yml`, beside a rule or in the folder above, and `Use`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bind } from '../../../src/rule/bind.js';
import { findRule } from '../../../src/rule/catalog/find.js';
import { loadRules } from '../../../src/rule/catalog/load.js';
import { conjunctsOf } from '../../../src/rule/condition/condition.js';
import { notation } from '../../../src/rule/condition/notation.js';
import type { Rule } from '../../../src/rule/rule.js';
import { buildQuery } from '../../../src/query/build.js';
import { ruleText } from '../../support/rules.js';
import { emptyFolder } from '../../support/run-hunt.js';

const SHARED = `AnalysisType: shared
Parameters:
  ACCOUNTS: { Description: Ours, Default: ["111111111111"] }
  AGENTS: { Default: [terraform*] }
  UNUSED: { Default: [] }
MatchExpressions:
  succeeded: { None: [{ Key: errorCode, Condition: IsNotNull }] }
  ours: { Key: recipientAccountId, Condition: IsIn, Values: $ACCOUNTS }
  by-hand:
    None: [{ Key: userAgent, Condition: MatchesWildcard, Values: $AGENTS }]
`;

const LEVELS = `AnalysisType: shared
Parameters: { NAMES: { Default: [PutThing] } }
MatchExpressions:
  named: { Key: eventName, Condition: IsIn, Values: $NAMES }
  writes:
    Any: [{ Use: named }, { Use: by-hand }, { Calls: [sts:*, s3:Put*] }]
`;

/** The path of a rule in a folder of its own, below the folder of the files. */
function ruleFile(
  detection: string,
  { more = '', files = { 'shared.yml': SHARED } }: RuleFiles = {},
): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'rule'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const file = join(folder, 'rule', 'rule.yml');
  writeFileSync(file, ruleText(detection, more));
  return file;
}
interface RuleFiles {
  readonly more?: string;
  readonly files?: Readonly<Record<string, string>>;
}

function conjuncts(rule: Rule): readonly string[] {
  return conjunctsOf(bind(rule, new Map()).condition).map(notation);
}

test('a rule takes expressions by name, and with them the parameters that they name', () => {
  const own = '{ Key: eventName, Condition: IsIn, Values: $NAMES }';
  const rule = findRule(
    ruleFile(`  - Use: ours\n  - ${own}\n  - Use: by-hand\n  - Use: succeeded`, {
      more: 'Parameters: { NAMES: { Default: [a] } }',
    }),
  );
  expect(rule.parameters.map(({ name }) => name)).toEqual(['ACCOUNTS', 'AGENTS', 'NAMES']);
  expect(rule.parameters[0]).toMatchObject({ description: 'Ours', default: ['111111111111'] });
  expect(conjuncts(rule)).toEqual([
    'recipientAccountId in ["111111111111"]',
    'eventName in ["a"]',
    'not (userAgent wildcard "terraform*")',
    'not (errorCode is_not_null)',
  ]);
});

test('what is shared is an exclusion like any other, with its position in the shared file', () => {
  const rule = findRule(ruleFile('  - Use: by-hand\n  - { Key: userAgent, Condition: Exists }'));
  const window = { since: undefined, until: undefined };
  const query = buildQuery([bind(rule, new Map())], window, { exclusions: false, filters: [] });
  const [dropped] = query.rules[0]?.dropped ?? [];
  expect(dropped?.at?.file).toMatch(/shared\.yml$/);
  expect(dropped?.at?.line).toBe(10);
  expect(query.rules[0]?.conjuncts.map(({ at }) => at?.file)).toEqual([rule.file]);
});

test('expressions can be used in combinators, in filters and in dynamic severities', () => {
  const more =
    'InlineFilters: [{ Use: ours }]\n' +
    'DynamicSeverities: [{ ChangeTo: High, Conditions: [{ Use: by-hand }] }]';
  const rule = findRule(ruleFile('  - Any: [{ Use: succeeded }, { Use: by-hand }]', { more }));
  expect(conjuncts(rule)).toEqual([
    '(not (errorCode is_not_null) or not (userAgent wildcard "terraform*"))',
    'recipientAccountId in ["111111111111"]',
  ]);
  expect(rule.alert?.severities).toHaveLength(1);
  expect(rule.parameters.map(({ name }) => name)).toEqual(['ACCOUNTS', 'AGENTS']);
});

test('the file beside a rule comes before the file above it', () => {
  const own = SHARED.replace('111111111111', '222222222222');
  const files = { 'shared.yml': SHARED, 'rule/shared.yml': own };
  expect(conjuncts(findRule(ruleFile('  - Use: ours', { files })))).toEqual([
    'recipientAccountId in ["222222222222"]',
  ]);
});

test('an expression of an included file may use others of any file, with their parameters', () => {
  const files = {
    'shared.yml': `${SHARED}Include: [more.yml, levels.yml]\n`,
    'levels.yml': LEVELS,
  };
  const more = `AnalysisType: shared\nMatchExpressions: { not-read: { None: [{ Use: writes }] } }\n`;
  const rule = findRule(ruleFile('  - Use: writes', { files: { ...files, 'more.yml': more } }));
  expect(rule.parameters.map(({ name }) => name)).toEqual(['AGENTS', 'NAMES']);
  expect(conjuncts(rule)).toEqual([
    '(eventName in ["PutThing"] or not (userAgent wildcard "terraform*") or (eventSource in ["sts.amazonaws.com"] or (eventSource in ["s3.amazonaws.com"] and eventName wildcard "Put*")))',
  ]);
  // A file is read only where a name is in none before it.
  expect(conjuncts(findRule(ruleFile('  - Use: ours', { files })))).toHaveLength(1);
});

test('calls of services with the same names are one test', () => {
  const calls = ['b:*', 'a:*', 'kms:Decrypt', 'kms:Encrypt', 'x*:Get?', '"*:Test*"', '"*:Test*"'];
  expect(conjuncts(findRule(ruleFile(`  - Calls: [${calls.join(', ')}]`)))).toEqual([
    '(eventSource in ["a.amazonaws.com", "b.amazonaws.com"] or (eventSource in ["kms.amazonaws.com"] and eventName in ["Decrypt", "Encrypt"]) or (eventSource wildcard "x*.amazonaws.com" and eventName wildcard "Get?") or eventName wildcard "Test*")',
  ]);
});

test('a folder of rules has its shared file in it, which is not a rule', () => {
  const folder = join(ruleFile('  - Use: ours'), '..', '..');
  expect(loadRules({ names: [], folders: [folder] }).rules.map(({ rule }) => rule.id)).toEqual([
    'Test.Rule',
  ]);
  expect(() => findRule(join(folder, 'shared.yml'))).toThrow('is not a rule');
});

test('a rule that uses nothing does not read the file', () => {
  const files = { 'shared.yml': 'no: [yaml' };
  const detection = '  - { Key: userAgent, Condition: Exists }';
  expect(findRule(ruleFile(detection, { files })).parameters).toEqual([]);
  expect(() => findRule(ruleFile('  - Use: ours', { files }))).toThrow('shared.yml:1:');
});

describe('a mistake names its position and what to do', () => {
  test.each<{ what: string; detection: string; message: string } & RuleFiles>([
    {
      what: 'an unknown name',
      detection: '  - Use: byhand',
      message:
        /rule\.yml:7:5: \S+shared\.yml has no match expression "byhand"\. Did you mean "by-hand"\?$/
          .source,
    },
    {
      what: 'no shared file',
      detection: '  - Use: ours',
      files: {},
      message: 'rule\\.yml:7:5: Use: ours: there is no shared\\.yml in the folder of the rule',
    },
    {
      what: 'more beside Use',
      detection: '  - { Use: ours, Key: a }',
      message: 'rule\\.yml:7:18: Use has an unknown key "Key"',
    },
    {
      what: 'Use in the elements of a list',
      detection: '  - { Key: resources, Condition: AnyElement, Expressions: [{ Use: ours }] }',
      message: 'rule\\.yml:7:60: Use cannot be here',
    },
    {
      what: 'a parameter with the name of a shared one',
      detection: '  - Use: ours',
      more: 'Parameters: { ACCOUNTS: { Default: [a] } }',
      message: 'rule\\.yml:5:15: parameter ACCOUNTS comes with a shared expression',
    },
    {
      what: 'a shared parameter that came with no expression',
      detection: '  - Use: ours\n  - { Key: userAgent, Condition: IsIn, Values: $AGENTS }',
      message: 'rule\\.yml:8:5: \\$AGENTS is not among the Parameters of the rule',
    },
    {
      what: 'a shared expression with a parameter that is not shared',
      detection: '  - Use: ours',
      files: { 'shared.yml': SHARED.replace('$AGENTS', '$AGENT') },
      message:
        'shared\\.yml:10:12: \\$AGENT is not among the Parameters of shared\\.yml\\. Did you mean "AGENTS"',
    },
    {
      what: 'an included expression with a parameter of the file that includes it',
      detection: '  - Use: named',
      files: {
        'shared.yml': `${SHARED}Include: levels.yml\n`,
        'levels.yml': LEVELS.replace('$NAMES', '$ACCOUNTS'),
      },
      message: 'levels\\.yml:4:10: \\$ACCOUNTS is not among the Parameters of levels\\.yml\\.',
    },
    {
      what: 'a shared expression that uses itself',
      detection: '  - Use: ours',
      files: {
        'shared.yml': `${SHARED}  a: { All: [{ Use: ours }, { Use: b }] }\n  b: { Use: a }\n`,
      },
      message: 'shared\\.yml:12:6: Use: a: an expression cannot use itself: a uses b uses a$',
    },
    {
      what: 'expressions that grow without limit',
      detection: '  - Use: e40',
      files: {
        'shared.yml': `${SHARED}${Array.from({ length: 40 }, (_, i) => `  e${i + 1}: { Any: [{ Use: ${i === 0 ? 'ours' : `e${i}`} }, { Use: by-hand }, { Use: ${i === 0 ? 'ours' : `e${i}`} }] }\n`).join('')}`,
      },
      message: 'shared\\.yml:23:8: e13 has more than 10000 tests',
    },
    {
      what: 'an included file that is not there',
      detection: '  - Use: writes',
      files: { 'shared.yml': `${SHARED}Include: [levels.yml]\n` },
      message: 'shared\\.yml:11:11: Include: cannot read the rule .*levels\\.yml',
    },
    {
      what: 'an included file that does not lie beside',
      detection: '  - Use: ours',
      files: { 'shared.yml': `${SHARED}Include: ../levels.yml\n` },
      message: 'shared\\.yml:11:10: Include: "../levels.yml" must be the name of a',
    },
    {
      what: 'a name that no file has',
      detection: '  - Use: wriets',
      files: { 'shared.yml': `${SHARED}Include: levels.yml\n`, 'levels.yml': LEVELS },
      message:
        'rule\\.yml:7:5: neither .* nor a file that it includes has .* Did you mean "writes"',
    },
    {
      what: 'a mistake in an included file',
      detection: '  - Use: writes',
      files: {
        'shared.yml': `${SHARED}Include: levels.yml\n`,
        'levels.yml': LEVELS.replace('Use: named', 'Use: nmaed'),
      },
      message: 'levels\\.yml:6:11: neither .* "nmaed". Did you mean "named"',
    },
    ...['ec2', 'EC2:RunInstances', 'ec2.amazonaws.com:RunInstances', '*:*'].map((call) => ({
      what: `the call ${call}`,
      detection: `  - Calls: [sts:*, "${call}"]`,
      message: 'rule\\.yml:7:20: ".*" (is no call|needs|stands for every call)',
    })),
    {
      what: 'no call',
      detection: '  - Calls: []',
      message: 'rule\\.yml:7:12: Calls is empty',
    },
    {
      what: 'calls in the elements of a list',
      detection: '  - { Key: resources, Condition: AnyElement, Expressions: [{ Calls: sts:* }] }',
      message: 'rule\\.yml:7:60: Calls cannot be here',
    },
    {
      what: 'an unknown key of the shared file',
      detection: '  - Use: ours',
      files: { 'shared.yml': SHARED.replace('MatchExpressions', 'MatchExpresions') },
      message: 'shared\\.yml:6:1: .* "MatchExpresions"\\. Did you mean "MatchExpressions"\\?',
    },
    {
      what: 'a rule in place of the shared file',
      detection: '  - Use: ours',
      files: { 'shared.yml': SHARED.replace('AnalysisType: shared\n', '') },
      message: 'shared\\.yml:1:1: AnalysisType must be shared',
    },
  ])('$what', ({ detection, message, ...files }) => {
    const file = ruleFile(detection, files);
    expect(() => findRule(file)).toThrow(new RegExp(message));
  });
});

test('a report calls a shared expression by its words', () => {
  const files = {
    'shared.yml': `AnalysisType: shared
MatchExpressions:
  put: { Name: writes to S3 or takes a role, Calls: ["s3:Put*", "sts:*"] }
`,
  };
  expect(() => conjuncts(findRule(ruleFile('  - Use: put', { files })))).toThrow(/a few words/);
  const named = { 'shared.yml': files['shared.yml'].replace('to S3 ', 'objects ') };
  expect(conjuncts(findRule(ruleFile('  - Use: put', { files: named })))).toEqual([
    'writes objects or takes a role',
  ]);
  const one = {
    'shared.yml': named['shared.yml'].replace(
      'Calls: ["s3:Put*", "sts:*"]',
      'All: [{ Calls: ["sts:*"] }]',
    ),
  };
  expect(() => conjuncts(findRule(ruleFile('  - Use: put', { files: one })))).toThrow(/Name needs/);
});
