/** Events are recognised alike in all partitions of AWS, whose domains differ. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DOMAIN_PATTERN, DOMAINS, isServiceName } from '../../../src/cloudtrail/service-name.js';
import { serviceName } from '../../../src/cloudtrail/service-call.js';
import { holdsEvents } from '../../../src/dump/recognise/holds.js';
import { shapeOf } from '../../../src/dump/recognise/shapes.js';

test.each(DOMAINS)('%s', (domain) => {
  const host = `ec2.${domain}`;
  expect(isServiceName(host)).toBe(true);
  expect(serviceName(host)).toBe('ec2');
  expect(shapeOf({ event: { action: 'X', provider: host } })).toMatch(/Elastic documents/);
  expect(
    shapeOf({ class_uid: 6003, metadata: { product: {} }, api: { service: { name: host } } }),
  ).toMatch(/OCSF/);
  expect(
    holdsEvents(`eventName: RunInstances\neventSource: ${host}\neventTime: 2026-03-01T10:00:00Z`),
  ).toBe(true);
  const row = `| 2026-03-01T10:00:00Z | RunInstances | ${host} | dana |`;
  expect(holdsEvents(`| EventTime | EventName | EventSource | Username |\n${row}`)).toBe(true);
});

test('the conditions of carriers and origins have the same domains', () => {
  const shared = ['carriers', 'origins'].map((name) =>
    readFileSync(new URL(`../../../queries/${name}.yml`, import.meta.url), 'utf8'),
  );
  const lines = shared.join('\n').split('\n');
  expect(lines.filter((line) => line.includes(`\\.${DOMAIN_PATTERN}`))).toHaveLength(5);
  const stacks = lines.find((line) => line.includes('&stacks'));
  for (const domain of DOMAINS) expect(stacks).toMatch(`cloudformation.${domain}`);
});

test('a host of anybody else is no service of AWS', () => {
  for (const host of ['ec2.amazonaws.com.example.com', 'ec2.example.ic.gov', 'xamazonaws.com'])
    expect(isServiceName(host)).toBe(false);
  expect(holdsEvents('eventName: X1y\neventSource: a.example.com\neventTime: 2026-03-01')).toBe(
    false,
  );
});
