/** Findings by rule and by severity: each once, then by time. */
import { expect, test } from 'vitest';
import { orderedReport } from '../../src/findings/ordered.js';
import { finding, MATCH, report, section } from '../support/report-sample.js';
import type { Severity } from '../../src/rule/severity.js';

const severities: readonly ReadonlyMap<string, Severity>[] = [
  new Map([['second', 'Medium']]),
  new Map([
    ['first', 'Low'],
    ['second', 'High'],
  ]),
  new Map([['first', 'Medium']]),
  new Map([['second', 'Critical']]),
];
const given = report({
  sections: ['first', 'second'].map((id) => section({ rule: { ...section().rule, id } })),
  findings: severities.map((rules, index) =>
    finding({
      eventID: String(index + 1),
      rules: [...rules].map(([id, severity]) => ({ ...MATCH, id, severity })),
    }),
  ),
});

test.each([0, 1e9])('are ordered also when they exceed memory (%s)', (most) => {
  const idsBy = (order: 'time' | 'rule' | 'severity') =>
    [...orderedReport(given, order, most).findings].map(({ eventID }) => eventID).join('');
  expect([idsBy('time'), idsBy('rule'), idsBy('severity')]).toEqual(['1234', '2314', '4213']);
  const { findings } = orderedReport(given, 'severity', most);
  expect([...(findings.texts?.() ?? [])]).toEqual([...findings].map((one) => JSON.stringify(one)));
});
