import { expect, test } from 'vitest';
import { shortAgents } from '../../../../src/report/page/section/agents.js';
import { columnsIn } from '../../../../src/text/width.js';

const TERRAFORM =
  'APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) terraform-provider-aws/3.76.1 (+https://registry.terraform.io/providers/hashicorp/aws)';

test('user agents that begin alike are told apart by what follows', () => {
  const agents = [`${TERRAFORM} exec/0.17.3`, `${TERRAFORM} team_11a6 exec/0.17.3`, null, 'curl/8'];
  expect(shortAgents(agents)).toEqual([
    'APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (…exec/0.17.3',
    'APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (…team_11a6 exec/0.17.3',
    null,
    'curl/8',
  ]);
});

test('one alone, or one of several principals, shows its start', () => {
  const one = `${TERRAFORM} exec/0.17.3`;
  const [first, second] = shortAgents([one, one]);
  expect(first).toBe(second);
  expect(first).toMatch(/^APN\/1\.0 .* terraform-provider-aws\/3\.76\.1…$/);
});

test.each([
  ['one that is the start of another', TERRAFORM, `${TERRAFORM} more`],
  ['long words', 'x'.repeat(2000), `${'x'.repeat(1999)}y`],
  ['characters of two units', `${'😀'.repeat(200)}😁`, `${'😀'.repeat(200)}😂`],
])('%s', (_, one, other) => {
  const [first = '', second = ''] = shortAgents([one, other]).map((agent) => agent ?? '');
  expect(first).not.toBe(second);
  for (const agent of [first, second]) {
    expect(columnsIn(agent)).toBeLessThanOrEqual(96);
    expect(agent).not.toMatch(/[\ud800-\udfff]/u);
  }
});
