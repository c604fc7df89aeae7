/** Whatever is accepted, a proposal hides no finding that nobody accepted, and covers those that it is made from. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { member, type JsonObject } from '../../../src/cloudtrail/json.js';
import { proposalsFor } from '../../../src/cli/tune/propose.js';
import type { Selectors } from '../../../src/cli/tune/selectors.js';
import type { Finding } from '../../../src/report/finding.js';
import { finding } from '../../support/report-sample.js';

const TERRAFORM = 'APN/1.0 HashiCorp/1.0 Terraform/1.9.0 (+https://www.terraform.io)';
const AGENTS = [TERRAFORM, 'aws-cli/2.15.0 Python/3.11', 'deployer/1.2 (linux)', 'Pacu/1.0', ''];
const RULES = ['Rule.One', 'Rule.Two'].map((id) => ({
  id,
  severity: 'Medium' as const,
  alert: null,
}));

interface Shape {
  readonly who: 'Deploy' | 'Admin' | 'dana' | 'root' | 'console';
  readonly agent: string;
  readonly address: string;
  readonly call: string;
  readonly group: string;
  readonly account: string;
  readonly rules: readonly number[];
  readonly isAccepted: boolean;
}

interface Identity extends JsonObject {
  readonly arn: string;
}

const shape = fc.record<Shape>({
  who: fc.constantFrom('Deploy', 'Deploy', 'Admin', 'dana', 'root', 'console'),
  agent: fc.constantFrom(TERRAFORM, ...AGENTS),
  address: fc.oneof(
    fc.constantFrom('203.0.113.9', 'cloudformation.amazonaws.com', '2001:db8::7'),
    fc.integer({ min: 0, max: 255 }).map((last) => `198.51.100.${last}`),
  ),
  call: fc.constantFrom('AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress'),
  group: fc.constantFrom('sg-1', 'sg-2', 'sg-1*'),
  account: fc.constantFrom('111122223333', '444455556666'),
  rules: fc.constantFrom([0], [1], [0, 1]),
  isAccepted: fc.boolean(),
});

function identityOf({ who, account }: Shape): Identity {
  if (who === 'root') return { type: 'Root', arn: `arn:aws:iam::${account}:root` };
  if (who === 'dana')
    return { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/dana`, userName: 'dana' };
  const role = who === 'console' ? 'Admin' : who;
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::111122223333:assumed-role/${role}/ci`,
    sessionContext: {
      attributes: who === 'console' ? { sessionCredentialFromConsole: 'true' } : {},
      sessionIssuer: { type: 'Role', arn: `arn:aws:iam::111122223333:role/${role}` },
    },
  };
}

const findingOf = (one: Shape, index: number): Finding =>
  finding({
    eventID: `${index}`,
    eventName: one.call,
    recipientAccountId: one.account,
    sourceIPAddress: one.address,
    userAgent: one.agent,
    userIdentity: identityOf(one),
    sessionCredentialFromConsole: one.who === 'console' ? 'true' : null,
    requestParameters: { groupId: one.group, ipPermissions: {} },
    rules: RULES.filter((_, at) => one.rules.includes(at)),
  });

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : [value].flat();

/** What an entry means, read from its words alone. */
function hides(entry: Selectors, one: Shape): boolean {
  const { role, user, tool = '' } = entry;
  const identity = identityOf(one);
  const issuer = member(member(identity, 'sessionContext'), 'sessionIssuer');
  const words: Readonly<Record<string, string>> = { terraform: 'Terraform/', cli: 'aws-cli/' };
  // AWS says so by the address, and not the caller by the user agent.
  const isTool =
    tool === 'cloudformation'
      ? one.address === 'cloudformation.amazonaws.com'
      : one.agent.includes(words[tool] ?? tool.replace('*', ''));
  const isOf = (names: string | readonly string[] | undefined, value: string): boolean =>
    names === undefined || list(names).includes(value);
  const isUser =
    user === undefined
      ? one.who === 'Deploy' || one.who === 'Admin'
      : identity.arn === user || (one.who !== 'root' && identity.arn.endsWith(`/${user}`));
  return (
    (role === undefined || member(issuer, 'arn') === role) &&
    isUser &&
    isTool &&
    isOf(entry.account, one.account) &&
    isOf(entry.call, `ec2:${one.call}`) &&
    isOf(entry.resource, one.group) &&
    (entry.network === undefined ||
      list(entry.network).some(
        (network) =>
          network === one.address ||
          (network.endsWith('.0/24') && one.address.startsWith(network.slice(0, -4))),
      )) &&
    one.rules.some((at) => list(entry.rule).includes(RULES[at]?.id ?? ''))
  );
}

test('a proposal hides no finding that nobody accepted, and covers what it says', () => {
  let proposed = 0;
  let parted = 0;
  fc.assert(
    fc.property(fc.array(shape, { minLength: 1, maxLength: 25 }), (shapes) => {
      const findings = shapes.map(findingOf);
      const { accepted, proposals, refusals } = proposalsFor(findings, ({ eventID }) => {
        const isAccepted = shapes[Number(eventID)]?.isAccepted === true;
        return {
          status: isAccepted ? 'accepted' : 'new',
          exception: isAccepted ? 'EX-1' : null,
          isProtected: !isAccepted,
        };
      });
      const chosen = shapes.filter(({ isAccepted }) => isAccepted);
      expect(accepted).toBe(chosen.length);
      const froms = [...proposals, ...refusals].map(({ from }) => from);
      expect(froms.reduce((sum, from) => sum + from, 0)).toBe(accepted);
      const covered = new Set<Shape>();
      for (const { selectors, from, effect } of proposals) {
        const hidden = shapes.filter((one) => hides(selectors, one));
        expect(hidden.every(({ isAccepted }) => isAccepted)).toBe(true);
        expect(effect.hidden).toBe(hidden.length);
        expect(hidden.length).toBeGreaterThanOrEqual(from);
        expect(hidden.some(({ who, agent }) => who === 'root' || /Pacu|^$/.test(agent))).toBe(
          false,
        );
        expect(selectors.role ?? selectors.user).toBeDefined();
        expect(selectors.tool).toBeDefined();
        for (const one of hidden) covered.add(one);
        proposed += 1;
      }
      // Without a conflict, nothing that may be excluded is refused.
      const isPlain = (one: Shape): boolean => one.who !== 'root' && !/Pacu|^$/.test(one.agent);
      if (shapes.every((one) => one.isAccepted && isPlain(one)))
        expect(covered.size).toBe(shapes.length);
      else if (proposals.length > 3) parted += 1;
    }),
    { numRuns: 120 },
  );
  expect(proposed).toBeGreaterThan(30);
  expect(parted).toBeGreaterThan(0);
});

test('a proposal asks for all that its findings share, and for no more', () => {
  const shapes: readonly Shape[] = [
    ['203.0.113.9', 'AuthorizeSecurityGroupIngress', 'sg-1'],
    ['203.0.113.10', 'AuthorizeSecurityGroupIngress', 'sg-2'],
    ['203.0.113.9', 'RevokeSecurityGroupIngress', 'sg-2'],
  ].map(([address = '', call = '', group = '']) => ({
    who: 'Deploy',
    agent: TERRAFORM,
    account: '111122223333',
    rules: [0],
    isAccepted: true,
    address,
    call,
    group,
  }));
  const { proposals } = proposalsFor(shapes.map(findingOf), () => ({
    status: 'accepted',
    exception: null,
    isProtected: false,
  }));
  expect(proposals.map(({ selectors }) => selectors)).toEqual([
    {
      role: 'arn:aws:iam::111122223333:role/Deploy',
      tool: 'terraform',
      account: '111122223333',
      network: ['203.0.113.10', '203.0.113.9'],
      call: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
      rule: 'Rule.One',
    },
  ]);
});
