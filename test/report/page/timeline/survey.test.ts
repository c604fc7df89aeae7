import { expect, it } from 'vitest';
import type { FindingPlace } from '../../../../src/report/finding.js';
import { surveyOf } from '../../../../src/report/page/timeline/survey.js';
import { finding, report } from '../../../support/report-sample.js';

it('says the whole name of what all findings have in common, also where a place has a part of it', () => {
  const awsRegion = 'r'.repeat(3000);
  const all = ['1', '2'].map((eventID) => ({ ...finding(), eventID, awsRegion }));
  const places = (): FindingPlace[] => all.map((one) => ({ ...one, awsRegion: 'r … r' }));
  const plain = { ...report(), findings: all };
  const stored = {
    ...plain,
    findings: { length: 2, places, [Symbol.iterator]: () => all.values() },
  };
  expect(surveyOf(plain).region).toBe(awsRegion);
  expect(surveyOf(stored)).toEqual(surveyOf(plain));
});
