/** A principal has one name: the one of its findings is the one under which the exclusion ledger counts it. */
import { describe, expect, test } from 'vitest';
import { principalOf, PRINCIPAL_PATHS } from '../../src/cloudtrail/principal.js';
import type { Json, JsonObject } from '../../src/cloudtrail/json.js';
import { huntEvents, onlySection, openedGroup } from '../support/hunt-events.js';

/** Each member is there, empty, null or absent: the choice must not depend on the others. */
const VALUES = ['there', '', null, undefined];
const identities = PRINCIPAL_PATHS.reduce<readonly JsonObject[]>(
  (partial, path, index) =>
    partial.flatMap((identity) =>
      // Four values of the first three paths, two of the others: 1,024 identities.
      (index < 3 ? VALUES : VALUES.slice(0, 2)).map((value) =>
        value === undefined
          ? identity
          : { ...identity, ...at(path, value === 'there' ? `the ${path.join(' ')}` : value) },
      ),
    ),
  [{}],
);

function at([key = '', ...rest]: readonly string[], value: Json): JsonObject {
  return { [key]: rest.length === 0 ? value : at(rest, value) };
}

test('the ledger and a finding name the same principal', async () => {
  const events = identities.map((userIdentity, index) =>
    openedGroup({
      eventID: String(index),
      userAgent: String(index),
      errorCode: 'AccessDenied',
      userIdentity,
    }),
  );
  const [exclusion] = onlySection(await huntEvents(events)).exclusions;
  const ledger = new Map(exclusion?.by.map(({ userAgent, principal }) => [userAgent, principal]));
  const succeeded = events.map((event) => ({ ...event, errorCode: undefined }));
  const { findings } = onlySection(await huntEvents(succeeded));
  expect(findings).toHaveLength(identities.length);
  expect(findings.map(({ userAgent }) => ledger.get(userAgent))).toEqual(
    findings.map(({ userIdentity, eventSource }) => principalOf(userIdentity, eventSource) ?? null),
  );
});

/** Users of one name, of whom the events have no ARN. The ledger tells them apart, as the names of actors do. */
const BOBS = [
  ['user/bob', 'IAMUser', 'ec2.amazonaws.com'],
  ['bob (quicksight)', 'Unknown', 'quicksight.amazonaws.com'],
  ['bob (ds)', 'Directory', 'ds.amazonaws.com'],
  ['bob', 'IdentityCenterUser', 'ec2.amazonaws.com'],
  ['bob', 'Unknown', 'sso.amazonaws.com'],
  ['bob', 'WebIdentityUser', 'sts.amazonaws.com'],
  ['role/bob', 'AssumedRole', 'ec2.amazonaws.com'],
] as const;

test('the ledger tells users of one name apart', async () => {
  const events = BOBS.map(([name, type, eventSource], index) => ({
    ...openedGroup({
      eventID: String(index),
      userAgent: name,
      errorCode: 'AccessDenied',
      userIdentity: { type, userName: 'bob' },
    }),
    eventSource,
  }));
  const [exclusion] = onlySection(await huntEvents(events)).exclusions;
  const named = exclusion?.by.map(({ userAgent, principal }) => [userAgent, principal]) ?? [];
  expect(new Map(named.map(([agent, principal]) => [agent, principal]))).toEqual(
    new Map(BOBS.map(([name]) => [name, name])),
  );
  for (const [name, type, eventSource] of BOBS)
    expect(principalOf({ type, userName: 'bob' }, eventSource)).toBe(name);
});

describe('the most telling member names the principal', () => {
  test.each([
    [{ type: 'AssumedRole', principalId: 'AROA:dana', arn: 'an ARN', userName: 'dana' }, 'an ARN'],
    [{ type: 'SAMLUser', principalId: 'IDP:dana', userName: 'dana' }, 'dana'],
    [{ type: 'AWSAccount', principalId: 'AROA:dana', accountId: '1' }, 'AROA:dana'],
    [
      { type: 'IdentityCenterUser', accountId: '1', onBehalfOf: { userId: '9067-dana' } },
      '9067-dana',
    ],
    [{ type: 'IdentityCenterUser', accountId: '1', onBehalfOf: { userId: null } }, '1'],
    [{ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }, 'ec2.amazonaws.com'],
    [{ type: 'AWSAccount', accountId: '112233445566' }, '112233445566'],
    [{ type: 'Unknown', arn: '', userName: null }, 'Unknown'],
    [{ type: '' }, undefined],
    [{ arn: { text: 'no text' } }, undefined],
    [null, undefined],
    ['a text', undefined],
    [undefined, undefined],
  ])('%o', (identity, name) => {
    expect(principalOf(identity, null)).toBe(name);
  });
});
