import { describe, expect, test } from 'vitest';
import { HuntError } from '../../../src/errors.js';
import { bind } from '../../../src/rule/bind.js';
import { DEFAULT_RULE } from '../../../src/rule/catalog/built-in.js';
import { findRule } from '../../../src/rule/catalog/find.js';
import { conjunctsOf, testsOf } from '../../../src/rule/condition/condition.js';
import { notation } from '../../../src/rule/condition/notation.js';
import { readRule } from '../../../src/rule/catalog/read.js';
import { ruleText, ruleWith } from '../../support/rules.js';

test('the seed rule reads as its page shows it', () => {
  const rule = findRule(DEFAULT_RULE);
  const conditions = conjunctsOf(bind(rule, new Map()).condition).map(notation);
  expect(conditions).toEqual([
    'not (errorCode is_not_null or errorMessage is_not_null)',
    'eventName in ["CreateSecurityGroup", "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"]',
    'recipientAccountId in ["11111111111111", "112233445566"]',
    'not (userAgent wildcard "* HashiCorp/?.0 Terraform/*" and (userIdentity.arn contains "Operator" or userIdentity.arn contains "ContinousDeployment"))',
  ]);
  expect(rule).toMatchObject({
    id: 'AWS.EC2.ManualSecurityGroupChange',
    severity: 'Medium',
    mitre: [{ tactic: 'TA0005', technique: 'T1562' }],
    outputFields: [
      'eventName',
      'eventSource',
      'awsRegion',
      'recipientAccountId',
      'sourceIPAddress',
      'userAgent',
      'userIdentity',
    ],
  });
  expect(rule.tests).toHaveLength(5);
});

test('scalars keep their source text', () => {
  const rule = ruleWith(
    '  - { KeyPath: recipientAccountId, Condition: IsIn, Values: [012345678901, 1e2, 1.50] }',
  );
  expect(notation(rule.condition)).toBe('recipientAccountId in ["012345678901", "1e2", "1.50"]');
});

test('a list may have the version of a function that is not published, which is no parameter', () => {
  const { condition } = ruleWith(
    '  - { KeyPath: requestParameters.qualifier, Condition: IsIn, Values: [$LATEST, 7] }',
  );
  expect(notation(condition)).toBe('requestParameters.qualifier in ["$LATEST", "7"]');
});

test.each([
  ['requestParameters', 'Contains', ['"a"', '\\"a\\"'], true],
  ['requestParameters', 'Equals', ['"a"'], true],
  ['requestParameters.a', 'Contains', ['"a"'], undefined],
  ['userAgent', 'Contains', ['"a"'], undefined],
] as const)('a test of %s, %s, and its JSON', (path, word, values, spread) => {
  const { condition } = ruleWith(`  - { KeyPath: ${path}, Condition: ${word}, Value: '"a"' }`);
  const [read] = testsOf(condition);
  expect({ values: read?.values, spread: read?.spread }).toEqual({ values, spread });
});

test('booleans without quotes are as logs have them', () => {
  const rule = ruleWith(
    '  - { KeyPath: readOnly, Condition: IsIn, Values: [False, "True", TRUE] }',
  );
  expect(notation(rule.condition)).toBe('readOnly in ["false", "True", "true"]');
});

test('labels of ATT&CK are tactics, techniques, or both', () => {
  const labels = '[TA0005, T1098.001, "TA0005:T1562", ta0003:t1098]';
  const reports = `Reports: { MITRE ATT&CK: ${labels} }`;
  expect(ruleWith('  - { KeyPath: userAgent, Condition: IsNull }', reports).mitre).toEqual([
    { tactic: 'TA0005', technique: undefined },
    { tactic: undefined, technique: 'T1098.001' },
    { tactic: 'TA0005', technique: 'T1562' },
    { tactic: 'TA0003', technique: 'T1098' },
  ]);
});

describe('a struct has no text', () => {
  const session = 'userIdentity.sessionContext.attributes.creationDate';
  test.each([
    [
      'KeyPath: userIdentity, Condition: Contains, Value: a',
      'userIdentity is a struct',
      'userIdentity.arn',
    ],
    [
      'Key: UserIdentity, Condition: Equals, Value: a',
      'UserIdentity is a struct',
      'UserIdentity.arn',
    ],
    [
      'KeyPath: userIdentity.sessionContext, Condition: MatchesRegex, Value: a',
      'a struct',
      session,
    ],
    [
      'KeyPath: tlsDetails, Condition: DoesNotContain, Value: a',
      'a struct',
      'tlsDetails.tlsVersion',
    ],
    ['KeyPath: addendum, Condition: IsGreaterThan, Value: 1', 'a struct', 'addendum.reason'],
    ['KeyPath: resources, Condition: Contains, Value: a', 'a list of structs', 'resources[].arn'],
    [
      'KeyPath: "resources[]", Condition: Contains, Value: a',
      'a list of structs',
      'resources[].type',
    ],
    ['KeyPath: userAgent, Condition: Equals, Value: { Key: tlsDetails }', 'a struct', 'tlsVersion'],
  ])('%s', (match, what, member) => {
    const read = () => ruleWith(`  - { ${match} }`);
    expect(read).toThrow(`${what} and has no text to compare: test its members, `);
    expect(read).toThrow(member);
  });
  test.each([
    'AnyElement, Expressions: [{ Condition: Contains, Value: shop }]',
    'NoElement, Expressions: [{ Any: [{ Condition: DoesNotContain, Value: shop }] }]',
    'AllElements, Expressions: [{ Condition: Equals, Value: { EventKeyPath: userAgent } }]',
    'AnyElement, Expressions: [{ KeyPath: "[]", Condition: Contains, Value: shop }]',
    'Has, Value: shop',
    'DoesNotHave, Value: shop',
  ])('nor has an element of a list of structs: %s', (elements) =>
    expect(() => ruleWith(`  - { None: [{ Key: resources, Condition: ${elements} }] }`)).toThrow(
      'an element of resources is a struct and has no text to compare: test its members, ',
    ),
  );
  test.each([
    'KeyPath: userIdentity, Condition: IsNull',
    'KeyPath: resources, Condition: AnyElement, Expressions: [{ Condition: Exists }]',
    'KeyPath: tlsDetails, Condition: Exists',
    'KeyPath: resources, Condition: AnyElement, Expressions: [{ Key: arn, Condition: Exists }]',
    'KeyPath: "resources[].arn", Condition: Contains, Value: a',
    'KeyPath: userIdentity.sessionContext.webIdFederationData.attributes, Condition: Contains, Value: a',
  ])('but %s', (match) => expect(ruleWith(`  - { ${match} }`).condition.kind).toBe('all'));
  test.each(['IsNotNullOrEmpty', 'IsIPAddress', 'IsIPAddressPrivate'])(
    '%s asks for a text, and Exists for the whole',
    (word) => {
      const read = () => ruleWith(`  - { Key: userIdentity, Condition: ${word} }`);
      expect(read).toThrow('userIdentity is a struct and has no text to compare');
      expect(read).toThrow('; Exists and DoesNotExist ask for the whole');
    },
  );
});

describe('a test of a field that is never what the test takes it for', () => {
  const any = 'Condition: AnyElement, Expressions: [{ Key: arn, Condition: Exists }]';
  const anyOfElement = (path: string): string =>
    `Key: resources, Condition: AllElements, Expressions: [{ ${path} }]`;
  const [noElements, ofText] = ['has no elements: test its members', 'is a text and has no'];
  test.each([
    [`KeyPath: userIdentity, ${any}`, `userIdentity is a struct and ${noElements}, userIdentity`],
    [
      `KeyPath: userIdentity.sessionContext.attributes, ${any}`,
      `${noElements}, userIdentity.sessionContext.attributes.mfaAuthenticated`,
    ],
    [`Key: tlsDetails, ${any}`, `${noElements}, tlsDetails.tlsVersion`],
    [
      `KeyPath: userIdentity.sessionContext.webIdFederationData.attributes, ${any}`,
      'is a map and has no elements: test an entry of it, as userIdentity.sessionContext',
    ],
    [`Key: EventName, ${any}`, 'EventName is a text and has no elements: test the text, as {'],
    [`KeyPath: userIdentity.arn, ${any}`, ofText],
    [`KeyPath: userIdentity.sessionContext.sourceIdentity, ${any}`, ofText],
    [`KeyPath: userIdentity.sessionContext.webIdFederationData.attributes.a, ${any}`, ofText],
    ['Key: userIdentity, Condition: Has, Value: a', noElements],
    ['Key: awsRegion, Condition: DoesNotHave, Value: a', ofText],
    ['KeyPath: "userIdentity[].arn", Condition: Equals, Value: a', noElements],
    ['KeyPath: "userIdentity[].arn", Condition: Equals, Value: { Key: userAgent }', noElements],
    [anyOfElement(`Key: arn, ${any}`), `arn ${ofText}`],
    [
      anyOfElement('Key: name, Condition: Exists'),
      'an element of resources has no field name: it has arn, accountId, type',
    ],
    [
      anyOfElement('Key: arn, Condition: Equals, Value: { EventKeyPath: userAgnet }'),
      'no field userAgnet. Did you mean "userAgent"?',
    ],
    ['Key: userAgnet, Condition: Equals, Value: a', 'Did you mean "userAgent"?'],
    ['KeyPath: userIdentity.usrName, Condition: Exists', 'Did you mean "userIdentity.userName"?'],
    ['KeyPath: userIdentity.foo, Condition: Exists', 'userIdentity has type, principalId, arn, '],
    [
      'KeyPath: sessionIssuer.userName, Condition: Exists',
      'Did you mean "userIdentity.sessionContext.sessionIssuer.userName"?',
    ],
    ['Key: region, Condition: Exists', 'Did you mean "awsRegion"?'],
    ['KeyPath: detail.eventName, Condition: Exists', 'Did you mean "eventName"?'],
    [
      'KeyPath: "ipPermissions.items[0].a", Condition: Exists',
      'as requestParameters.ipPermissions.items[0].a',
    ],
    ['KeyPath: resources.ARN, Condition: Exists', 'in a condition resources[].arn for any'],
    [
      'KeyPath: "resources[0].name", Condition: Exists',
      'An element of resources has arn, accountId',
    ],
    ['KeyPath: "resources[00].arn", Condition: Exists', 'is not a path'],
    [
      'None: [{ KeyPath: userIdentity.name, Condition: Exists }]',
      'no field userIdentity.name. Did you mean "userIdentity.userName"?',
    ],
  ])('%s', (match, message) => expect(() => ruleWith(`  - { ${match} }`)).toThrow(message));
  test.each([
    `KeyPath: requestParameters.userIdentity, ${any}`,
    `KeyPath: userIdentity.inScopeOf.list, ${any}`,
    anyOfElement('Key: ARN, Condition: Exists'),
    'KeyPath: "requestParameters.a[].b[].c", Condition: Exists',
    'KeyPath: "resources[0].ARN", Condition: Exists',
  ])('but %s', (match) => expect(ruleWith(`  - { ${match} }`).condition.kind).toBe('all'));
});

describe('inline filters', () => {
  const readWith = (filters: string): readonly string[] =>
    conjunctsOf(
      ruleWith('  - { KeyPath: userAgent, Condition: Exists }', `InlineFilters: ${filters}`)
        .condition,
    ).map(notation);
  const own = 'userAgent is_not_null';
  test.each([
    ['none', '[]', [own]],
    ['one without a test', '[{ All: [] }]', [own]],
    ['one', '[{ KeyPath: awsRegion, Condition: IsNull }, { All: [] }]', [own, 'awsRegion is_null']],
  ])('%s', (_name, filters, conditions) => expect(readWith(filters)).toEqual(conditions));
  test('a key without a list is a mistake', () =>
    expect(() => readWith('')).toThrow('InlineFilters must be a list of match expressions'));
});

describe('a mistake in a rule names its place and what to do', () => {
  const match = (condition: string): string => ruleText(`  - { KeyPath: userAgent, ${condition} }`);
  test.each([
    [
      'a misspelt key',
      ruleText('  - { KeyPth: a, Condition: IsNull }'),
      'rule.yml:7:7: a match expression has an unknown key "KeyPth". Did you mean "KeyPath"?',
    ],
    [
      'a path as one key',
      ruleText('  - { Key: userIdentity.type, Condition: Equals, Value: Root }'),
      'rule.yml:7:12: Key is one key: for a path, write KeyPath: userIdentity.type',
    ],
    ...(
      [
        ['Or', 'Any'],
        ['and', 'All'],
        ['Not', 'None'],
      ] as const
    ).map(([word, same]): [string, string, string] => [
      `${word} for ${same}`,
      ruleText(`  - ${word}: [{ KeyPath: eventName, Condition: Equals, Value: CreateUser }]`),
      `rule.yml:7:5: "${word}" is written ${same} here, with a list of match expressions`,
    ]),
    [
      'one of several regular expressions',
      match('Condition: MatchesRegex, Values: [^a, "^b(/"]'),
      'rule.yml:7:65: regular expression "^b(/", character 5: a ( without its )',
    ],
    [
      'a misspelt condition',
      match('Condition: Contain, Value: a'),
      'rule.yml:7:38: unknown Condition "Contain". Did you mean "Contains"?',
    ],
    [
      'a missing value',
      match('Condition: Contains'),
      'rule.yml:7:5: Contains needs a Value or Values',
    ],
    [
      'a needless value',
      match('Condition: IsNull, Value: a'),
      'rule.yml:7:5: IsNull takes no Value',
    ],
    [
      'two values',
      match('Condition: Contains, Value: a, Values: [b]'),
      'give Value or Values, not both',
    ],
    [
      'text where numbers are compared',
      match('Condition: IsGreaterThan, Value: ten'),
      '"ten" is not a number',
    ],
    [
      'a parameter that the rule lacks, in the elements of a list',
      ruleText(
        '  - { KeyPath: requestParameters.roles, Condition: AnyElement, Expressions: [{ Condition: IsIn, Values: $ROLES }] }',
      ),
      '$ROLES is not among',
    ],
    [
      'a parameter in a list',
      match('Condition: IsIn, Values: [$ROLES]'),
      'a parameter stands alone: write Values: $ROLES, or put a text that begins with $ in quotes',
    ],
    [
      'a parameter in quotes',
      ruleText(
        '  - { KeyPath: userAgent, Condition: IsIn, Values: "${ROLES}" }',
        'Parameters: { ROLES: { Default: [a] } }',
      ),
      'a parameter has no quotes: write Values: $ROLES',
    ],
    ...['null', '~', '', 'NULL', '[a, ~]'].map((value): [string, string, string] => [
      `the value "${value}"`,
      match(`Condition: Equals, Value: ${value}`),
      'Equals cannot compare with nothing: use IsNull, or quote the text',
    ]),
    ...['[{ Key: a }]', '[{ Key: a }, { Key: b }, { Key: c }]'].map(
      (fields): [string, string, string] => [
        `the fields ${fields}`,
        match(`Condition: Equals, Values: ${fields}`),
        'Equals cannot compare these: give two fields as Values',
      ],
    ),
    [
      'two fields and an operator for one',
      match('Condition: IsIn, Values: [{ Key: a }, { Key: b }]'),
      'IsIn cannot compare these',
    ],
    [
      'a parameter that the rule lacks',
      match('Condition: IsIn, Values: $PARTITION_ROLES'),
      'rule.yml:7:5: $PARTITION_ROLES is not among the Parameters of the rule. Put a text that begins with $ in quotes',
    ],
    [
      'a top-level word',
      ruleText('  []', 'Sevrity: High'),
      'unknown key "Sevrity". Did you mean "Severity"?',
    ],
    [
      'a label of ATT&CK',
      ruleText(
        '  - { KeyPath: userAgent, Condition: IsNull }',
        'Reports:\n  CIS:\n    - 3.1\n  MITRE ATT&CK:\n    - TA0005\n    - Impact:T1485',
      ),
      'rule.yml:10:7: "Impact:T1485" is not a tactic or a technique of MITRE ATT&CK',
    ],
    ['a list for a mapping', '- a', 'the rule must be a mapping'],
    [
      'Python',
      ruleText('  []').replace(/Detection:[^]*/, 'Filename: rule.py'),
      'Python is not run',
    ],
    [
      'another analysis',
      ruleText('  []').replace('AnalysisType: rule', 'AnalysisType: policy'),
      'only "rule" can',
    ],
    [
      'other logs',
      ruleText('  []').replace('AWS.CloudTrail', 'AWS.ALB'),
      'LogTypes must have AWS.CloudTrail',
    ],
    ['broken YAML', 'a: [1', 'rule.yml:1:'],
    [
      'one key twice',
      `${ruleText('  []')}RuleID: b`,
      'rule.yml:8:1: the key "RuleID" is there twice',
    ],
  ])('%s', (_name, text, message) => {
    const read = (): unknown => readRule(text, 'rule.yml');
    expect(read).toThrow(HuntError);
    expect(read).toThrow(message);
  });
});

test('aliases of aliases cannot fill the memory', () => {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
  for (const [name, above] of 'bcdefgh'
    .split('')
    .map((letter, i) => [letter, 'abcdefg'[i]] as const))
    bomb.push(`${name}: &${name} [${Array(10).fill(`*${above}`).join(',')}]`);
  expect(() => readRule(bomb.join('\n'), 'rule.yml')).toThrow('too large or too deeply nested');
});

describe('parameters', () => {
  const rule = ruleWith(
    `  - { KeyPath: recipientAccountId, Condition: IsIn, Values: $ACCOUNTS }
  - None: [{ KeyPath: userAgent, Condition: Contains, Values: $AGENTS }]`,
    'Parameters: { ACCOUNTS: { Default: ["1"] }, AGENTS: { Default: [Terraform] } }',
  );
  const bound = (name: string, values: readonly string[] | 'any'): string =>
    notation(bind(rule, new Map([[name, { values, source: 'option' }]])).condition);

  test('have their defaults', () => {
    expect(notation(bind(rule, new Map()).condition)).toBe(
      '(recipientAccountId in ["1"] and not (userAgent contains "Terraform"))',
    );
  });
  test('are replaced by settings', () =>
    expect(bound('ACCOUNTS', ['2', '3'])).toContain('in ["2", "3"]'));
  test('any makes their tests true', () =>
    expect(bound('ACCOUNTS', 'any')).toMatch(/^\(recipientAccountId in any and/));
  test('an empty list makes their tests false', () =>
    expect(bound('AGENTS', [])).toContain('not (false)'));
  test('any in an exclusion would hide everything', () =>
    expect(() => bound('AGENTS', 'any')).toThrow(
      /rule\.yml:8:\d+: AGENTS=any would hide every event/,
    ));
});
