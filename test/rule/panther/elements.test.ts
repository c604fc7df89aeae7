/** Lists: paths through them, and tests of their elements. */
import { describe, expect, test } from 'vitest';
import { notation } from '../../../src/rule/condition/notation.js';
import { huntEvents, onlySection, openedGroup } from '../../support/hunt-events.js';
import { ruleWith } from '../../support/rules.js';

const matches = async (detection: string, list: unknown): Promise<boolean> => {
  const event = openedGroup({ requestParameters: { list } });
  const report = await huntEvents([event], { rules: [ruleWith(detection)] });
  return onlySection(report).findings.length > 0;
};

describe('the elements themselves, where Expressions name no field', () => {
  const all =
    '  - { KeyPath: requestParameters.list, Condition: AllElements, Expressions: [{ Condition: StartsWith, Value: a }] }';
  test.each([
    [['a1', 'a2'], true],
    [['a1', 'b'], false],
    [[], true],
    [null, false],
    ['a1', false],
  ])('%j: %s', async (list, expected) => expect(await matches(all, list)).toBe(expected));

  test('Has is any of them', async () => {
    const has = '  - { KeyPath: requestParameters.list, Condition: Has, Value: all }';
    expect(await matches(has, ['some', 'all'])).toBe(true);
    expect(await matches(has, ['allow'])).toBe(false);
  });
});

describe('an element compared with a field of the event', () => {
  const found = async (detection: string, ...lists: readonly unknown[]): Promise<unknown[]> => {
    const events = lists.map((list, index) =>
      openedGroup({ eventID: String(index), requestParameters: { list }, vpcEndpointId: 'own' }),
    );
    const report = await huntEvents(events, { rules: [ruleWith(detection)] });
    return onlySection(report).findings.map(({ eventID }) => lists[Number(eventID)]);
  };
  const [own, other] = [{ userId: '112233445566' }, { userId: '999900001111' }];
  const lists = [[own], [own, other], [other], [{ group: 'all' }], [], null, 'a'];
  const inList = (quantifier: string, expression: string): string =>
    `  - { KeyPath: requestParameters.list, Condition: ${quantifier}, Expressions: [${expression}] }`;

  test.each([
    [
      'AnyElement',
      '{ Key: userId, Condition: DoesNotEqual, Value: { EventKeyPath: recipientAccountId } }, { Key: userId, Condition: IsNotNull }',
      [[own, other], [other]],
    ],
    [
      'AnyElement',
      '{ Condition: Equals, Values: [{ Key: userId }, { EventKeyPath: recipientAccountId }] }',
      [[own], [own, other]],
    ],
    [
      'OnlyOneElement',
      '{ Condition: Equals, Values: [{ EventKeyPath: recipientAccountId }, { Key: userId }] }',
      [[own], [own, other]],
    ],
    [
      'AllElements',
      '{ Key: userId, Condition: Equals, Value: { EventKeyPath: userIdentity.accountId } }',
      [[own], []],
    ],
    [
      'NoElement',
      '{ Key: userId, Condition: Equals, Value: { EventKeyPath: recipientAccountId } }',
      [[other], [{ group: 'all' }], [], null, 'a'],
    ],
    [
      'AnyElement',
      '{ Condition: AnyElement, Key: of, Expressions: [{ Condition: Equals, Value: { EventKeyPath: vpcEndpointId } }] }',
      [],
    ],
  ])('%s %s', async (quantifier, expression, expected) =>
    expect(await found(inList(quantifier, expression), ...lists)).toEqual(expected),
  );

  test('the element itself, and one in a list in the list', async () => {
    const itself = inList(
      'AnyElement',
      '{ Condition: IEquals, Value: { EventKeyPath: vpcEndpointId } }',
    );
    expect(await found(itself, ['OWN', 'a'], 'own', ['a'])).toEqual([['OWN', 'a']]);
    const deep = inList(
      'AnyElement',
      '{ KeyPath: "ids[]", Condition: StartsWith, Value: { EventKeyPath: vpcEndpointId } }',
    );
    expect(await found(deep, [{ ids: ['own-1'] }], [{ ids: 'own-1' }])).toEqual([
      [{ ids: ['own-1'] }],
    ]);
  });

  test.each([
    '{ KeyPath: "requestParameters.list[].userId", Condition: Equals, Value: { Key: recipientAccountId } }',
    '{ Condition: Equals, Values: [{ KeyPath: "requestParameters.list[].userId" }, { Key: recipientAccountId }] }',
    '{ Key: recipientAccountId, Condition: Equals, Value: { EventKeyPath: "requestParameters.list[].userId" } }',
  ])('a path through a list is of any element: %s', async (expression) =>
    expect(await found(`  - ${expression}`, ...lists)).toEqual([[own], [own, other]]),
  );

  test.each([
    [
      inList('AnyElement', '{ Key: a, Condition: Equals, Value: { EventKeyPath: awsRegion } }'),
      'any of requestParameters.list[] (a equals event field awsRegion)',
    ],
    [
      inList(
        'NoElement',
        '{ Condition: EndsWith, Values: [{ EventKeyPath: userIdentity.arn }, { Key: c }] }',
      ),
      'not (any of requestParameters.list[] (event userIdentity.arn ends_with field c))',
    ],
    [
      '  - { Key: awsRegion, Condition: Equals, Value: { KeyPath: requestParameters.region } }',
      'awsRegion equals field requestParameters.region',
    ],
  ])('%s', (detection, expected) => expect(notation(ruleWith(detection).condition)).toBe(expected));

  test.each([
    [
      '  - { Condition: Equals, Values: [{ KeyPath: "a.b[]" }, { KeyPath: "a.c[]" }] }',
      'only one of two compared fields can lead through a list',
    ],
    [
      inList('AnyElement', '{ KeyPath: "a[]", Condition: Equals, Value: { Key: b } }'),
      'can be compared with a field of the event only: use EventKeyPath',
    ],
    [
      inList('AnyElement', '{ Key: a, Condition: Equals, Value: { EventKeyPath: "a[].b" } }'),
      'EventKeyPath cannot lead through a list',
    ],
    [
      inList('AnyElement', '{ Key: a, Condition: Equals, Value: { EventKeypath: b } }'),
      'a field to compare has an unknown key "EventKeypath". Did you mean "EventKeyPath"?',
    ],
    [
      inList('AnyElement', '{ Key: a, Condition: IsIn, Value: { EventKeyPath: b } }'),
      'IsIn cannot compare these: it takes no field',
    ],
    [
      '  - { Key: awsRegion, Condition: Equals, Values: [{ Key: eventName }, { Key: eventType }] }',
      'give Key and one field as Value, or two fields as Values',
    ],
    [
      '  - { Key: awsRegion, Condition: Equals, Value: { Key: eventName }, Values: [a] }',
      'give Value or Values, not both',
    ],
  ])('%s is an error', (detection, message) => expect(() => ruleWith(detection)).toThrow(message));

  test('a field that CloudTrail does not have is an error', async () => {
    const rule = inList(
      'AnyElement',
      '{ Key: a, Condition: Equals, Value: { EventKeyPath: awsRegoin } }',
    );
    await expect(found(rule, [])).rejects.toThrow('no field awsRegoin. Did you mean "awsRegion"?');
    const panther = '  - { Key: p_any_ip_addresses, Condition: Contains, Value: 10.1.2.3 }';
    await expect(found(panther, [])).rejects.toThrow(
      'no field p_any_ip_addresses. Panther adds it',
    );
  });
});

describe('a path', () => {
  const path = (keyPath: string): string =>
    notation(ruleWith(`  - { KeyPath: "${keyPath}", Condition: Equals, Value: x }`).condition);
  test.each([
    ['requestParameters.a[0].b', 'requestParameters.a.0.b equals "x"'],
    ['requestParameters.a[].b', 'any of requestParameters.a[] (b equals "x")'],
    ['requestParameters.a[][].b', 'any of requestParameters.a[] (any of element[] (b equals "x"))'],
    ['requestParameters.a[]', 'any of requestParameters.a[] (element equals "x")'],
  ])('%s', (keyPath, expected) => expect(path(keyPath)).toBe(expected));
  test.each(['a[01]', 'a[+1]', 'a[-1]', 'a..b', 'a[', ''])('%j is none', (keyPath) =>
    expect(() => path(keyPath)).toThrow(/rule\.yml:7:/),
  );
});
