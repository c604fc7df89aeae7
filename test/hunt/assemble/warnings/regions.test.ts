/** A region that is asked for and has no record is a zero that says nothing. */
import { describe, expect, test } from 'vitest';
import { readRule } from '../../../../src/rule/catalog/read.js';
import { filterConditions } from '../../../../src/rule/filters.js';
import type { Rule } from '../../../../src/rule/rule.js';
import { huntEvents, onlySection, openedGroup } from '../../../support/hunt-events.js';
import { exitCodeOf } from '../../../../src/cli/reports/report-exit-code.js';

const asking = (...region: readonly string[]) =>
  huntEvents([openedGroup()], {
    set: { PROD_ACCOUNT_IDS: ['112233445566'] },
    filters: filterConditions({ region }),
  });

test('a region without a record is warned of', async () => {
  const { warnings } = onlySection(await asking('eu-west-1', 'eu-wst-1'));
  expect(warnings).toContainEqual({
    code: 'REGION_WITHOUT_RECORDS',
    message: 'eu-wst-1 has no record in the window: is the name right? The logs have eu-west-1',
  });
});

test('where no region has a record, nothing was looked at', async () => {
  const report = await asking('eu-wst-1');
  expect(onlySection(report).warnings).toContainEqual({
    code: 'NO_REGION_MATCHES',
    message: 'eu-wst-1 has no record in the window: is the name right? The logs have eu-west-1',
  });
  expect(report.completeness.verdict).toBe('incomplete');
  expect(exitCodeOf(report, { allowEmpty: false, failOnFindings: false })).toBe(3);
});

test('a region with records is not', async () => {
  const { warnings, findings } = onlySection(await asking('eu-west-1'));
  expect(warnings.map(({ code }) => code)).not.toContain('REGION_WITHOUT_RECORDS');
  expect(findings).toHaveLength(1);
});

test.each([{ region: ['eu-west-1,us-east-1'] }, { account: ['112233445566 210987654321'] }])(
  'several in one are refused: %o',
  (filters) => {
    expect(() => filterConditions(filters)).toThrow('give one value, and repeat the option');
  },
);

describe('a rule that ignores case', () => {
  const sigma = (detection: string): Rule =>
    readRule(
      `title: a\nlogsource: { product: aws, service: cloudtrail }\ndetection: ${detection}\n`,
      'rule.yml',
    );

  test('names a region in upper case, and no warning says that it has no record', async () => {
    const rule = sigma('{ one: { awsRegion: EU-WEST-1 }, condition: one }');
    const { warnings, findings } = onlySection(
      await huntEvents([openedGroup()], { rules: [rule] }),
    );
    expect(findings).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  test('names a region that does not exist, and the warning names it', async () => {
    const rule = sigma(
      '{ one: { awsRegion: EU-WEST-1 }, two: { awsRegion: EU-WST-1 }, condition: 1 of * }',
    );
    const { warnings, findings } = onlySection(
      await huntEvents([openedGroup()], { rules: [rule] }),
    );
    expect(findings).toHaveLength(1);
    expect(warnings).toContainEqual({
      code: 'REGION_WITHOUT_RECORDS',
      message: 'EU-WST-1 has no record in the window: is the name right? The logs have eu-west-1',
    });
  });
});
