/** Rules that are nested too deeply, or very long: one of them must not end the hunt of a folder. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../../src/rule/catalog/load.js';
import { readRule } from '../../src/rule/catalog/read.js';
import { huntEvents, onlySection, openedGroup } from '../support/hunt-events.js';
import { emptyFolder } from '../support/run-hunt.js';

const EVENT = openedGroup({ eventName: 'CreateSecurityGroup', userAgent: 'console' });

const sigma = (detection: string): string => `title: T
id: t
logsource: { product: aws, service: cloudtrail }
detection:
${detection}`;
const condition = (text: string): string =>
  sigma(`  s: { eventName: CreateSecurityGroup }\n  condition: ${text}`);
const regex = (text: string): string => sigma(`  s: { eventName|re: '${text}' }\n  condition: s`);
const panther = (detection: string): string => `AnalysisType: rule
RuleID: t
Severity: High
LogTypes: [AWS.CloudTrail]
Detection:
${detection}`;
const nested = (count: number, inner: string): string =>
  `${'('.repeat(count)}${inner}${')'.repeat(count)}`;

describe('a rule that is nested too deeply', () => {
  test.each([
    ['parentheses', condition(nested(20_000, 's')), 'rule.yml:6:214: the condition has more than'],
    ['not', condition(`${'not '.repeat(1001)}s`), 'the condition has more than 200 levels'],
    ['a regular expression', regex(nested(3000, 'a')), 'a group inside 200 others'],
    [
      'lists',
      panther(`  - { KeyPath: "a${'[].a'.repeat(60)}", Condition: IsNull }`),
      'KeyPath leads through more than 10 lists',
    ],
  ])('%s', (_, text, message) => expect(() => readRule(text, 'rule.yml')).toThrow(message));

  test('is refused alone', () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'a.yml'), condition('s'));
    writeFileSync(join(folder, 'b.yml'), condition(nested(20_000, 's')));
    const { rules, refused } = loadRules({ names: [], folders: [folder] });
    expect(rules).toHaveLength(1);
    expect(refused.map(({ at }) => at?.line)).toEqual([6]);
  });
});

describe('a rule that is within the limits', () => {
  const many = (count: number, item: (index: number) => string): readonly string[] =>
    Array.from({ length: count }, (_, index) => item(index));
  test.each([
    ['200 parentheses', condition(nested(200, 's'))],
    ['200 not', condition(`${'not '.repeat(200)}s`)],
    ['200 groups', regex(nested(200, 'Create'))],
    ['a long and', condition(many(1100, () => 's').join(' and '))],
    ['a long or', condition(many(1100, () => 's').join(' or '))],
    [
      'many values that all must be there',
      sigma(
        `  s: { userAgent|contains|all: [${many(1500, (index) => 'console'.slice(0, 1 + (index % 7))).join(', ')}] }\n  condition: s`,
      ),
    ],
    [
      'a long OnlyOne',
      panther(
        `  - OnlyOne:\n${many(1100, (index) => `    - { KeyPath: userAgent, Condition: Equals, Value: ${index === 7 ? 'console' : `x${index}`} }`).join('\n')}`,
      ),
    ],
  ])('%s', async (_, text) => {
    const report = await huntEvents([EVENT], { rules: [readRule(text, 'rule.yml')] });
    expect(onlySection(report).findings).toHaveLength(1);
  });
});

test.each(['toString', 'constructor', 'valueOf', 'hasOwnProperty', '__proto__'])(
  'the Condition %s is unknown',
  (word) =>
    expect(() =>
      readRule(panther(`  - { KeyPath: eventName, Condition: ${word}, Value: x }`), 'rule.yml'),
    ).toThrow(`unknown Condition "${word}"`),
);
