/** Whom an entry of `allow` means, as `hunt tune` and `hunt init` ask of single findings. */
import { expect, test } from 'vitest';
import { findingCondition } from '../../../src/disposition/finding-condition.js';
import { allowedExclusion } from '../../../src/rule/exclusions/allow.js';
import { finding } from '../../support/report-sample.js';

function isAllowed(role: string, arn: string): boolean | undefined {
  const { of } = allowedExclusion({
    tool: [],
    role: [role],
    user: [],
    account: [],
    network: [],
    call: [],
    resource: [],
    reason: 'reviewed',
    at: { file: 'hunt.yml', line: 1, column: 1 },
  });
  const userIdentity = { type: 'AssumedRole', sessionContext: { sessionIssuer: { arn } } };
  return findingCondition(of)({ ...finding({ userIdentity }), extra: null });
}

const PREFIX = 'arn:aws:iam::111122223333:role';

test.each([
  ['arn:aws:iam::*:role/Operator', `${PREFIX}/Operator`, true],
  ['arn:aws:iam::*:role/Operator', `${PREFIX}/x:role/Operator`, false],
  ['arn:aws:iam::*:role/*ci*/*deploy?', `${PREFIX}/my-ci/x/deploy1`, true],
  ['arn:aws:iam::*:role/*ci*/*deploy?', `${PREFIX}/my-ci/x/deploy:`, false],
  ['arn:aws:iam::*:role/Deploy.1+(a)*', `${PREFIX}/Deploy.1+(a)b`, true],
  ['arn:aws:iam::*:role/Deploy.1*', `${PREFIX}/Deploy_1`, false],
])('%s with %s: %s', (role, arn, allowed) => {
  expect(isAllowed(role, arn)).toBe(allowed);
});

// A search that tries all places of all wildcards never ends for a long name, and the time limit of the test ends it.
test('many wildcards are looked for in a long name', () => {
  expect(isAllowed('arn:aws:iam::*:role/*a*a*a*a*a*b', `${PREFIX}/${'a'.repeat(9000)}`)).toBe(
    false,
  );
});
