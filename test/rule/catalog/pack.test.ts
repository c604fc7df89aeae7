/** Every rule that travels with hunt: tested, explained, and of one mind about its parameters. */
import { describe, expect, test } from 'vitest';
import { attackNames } from '../../../src/rule/attack.js';
import {
  builtInFolder,
  builtInUntested,
  DEFAULT_FOLDER,
  DEFAULT_RULE,
} from '../../../src/rule/catalog/built-in.js';
import { builtInRules, findRule } from '../../../src/rule/catalog/find.js';
import { testsOf } from '../../../src/rule/condition/condition.js';
import { huntEvents, type ListedReport, type ListedSection } from '../../support/hunt-events.js';

const rules = [...builtInRules().values()];
const seed = findRule(DEFAULT_RULE);
/** These name no service and no account, and have no parameters. */
const isAny = (id: string): boolean => id.startsWith('AWS.Any.');
const others = rules.filter(({ id }) => id !== seed.id && !isAny(id));
const events = rules.flatMap((rule) => rule.tests.map(({ log }) => log));
const eventIDs = events.map((log) => log['eventID']);

/** One hunt with every rule over every event, for all tests here. */
let whole: Promise<ListedReport> | undefined;
const hunted = (): Promise<ListedReport> => (whole ??= huntEvents(events, { rules }));

/** Its story, what became of its states, and what deserves a second look depend on what the other rules found. */
function withoutOthers(section: ListedSection | undefined) {
  const findings = (section?.findings ?? []).map(
    ({ story: _story, states: _states, attention: _attention, how, ...finding }) => ({
      ...finding,
      how: { ...how, flags: [] },
    }),
  );
  return { ...section, findings, warnings: section?.warnings };
}

test('IDs of rules and of their events are different', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(new Set(eventIDs).size).toBe(eventIDs.length);
});

test('hunts take the rules as they are, but for their tests', () => {
  expect(builtInUntested()).toEqual(rules.map((rule) => ({ ...rule, tests: [] })));
  expect(builtInUntested([DEFAULT_FOLDER])).toEqual([{ ...seed, tests: [] }]);
  expect(builtInFolder(DEFAULT_RULE)).toBe(DEFAULT_FOLDER);
});

describe.each(rules.map((rule, index) => ({ id: rule.id, rule, index })))('$id', (of) => {
  const { rule, index } = of;

  test('has tests of both kinds, a runbook, a reference, and a place in ATT&CK', () => {
    expect(rule.tests.length).toBeGreaterThanOrEqual(4);
    expect(new Set(rule.tests.map(({ expected }) => expected)).size).toBe(2);
    expect(rule.runbook).toBeTruthy();
    expect(rule.reference).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    const { tactics, techniques } = attackNames();
    expect(rule.mitre.length).toBeGreaterThan(0);
    for (const { tactic = 'none', technique = 'none' } of rule.mitre) {
      expect(tactics).toHaveProperty([tactic]);
      expect(techniques).toHaveProperty([technique]);
    }
  });

  test('its parameters mean what they mean everywhere', () => {
    const plain = (parameters: typeof rule.parameters) =>
      parameters.map(({ name, description, default: values }) => ({ name, description, values }));
    expect(plain(rule.parameters)).toEqual(isAny(rule.id) ? [] : plain(seed.parameters));
    expect(rule.outputFields).toEqual(seed.outputFields);
  });

  test('finds of its own events those that it should', async () => {
    const found = (await hunted()).sections[index]?.findings.map(({ eventID }) => eventID);
    const verdicts = rule.tests.map(({ name, log }) => [
      name,
      found?.includes(log['eventID'] as string),
    ]);
    expect(verdicts).toEqual(rule.tests.map(({ name, expected }) => [name, expected]));
  });

  test('finds by itself what it finds among the others', async () => {
    const { warnings: _own, ...section } = withoutOthers((await hunted()).sections[index]);
    const report = await huntEvents(events, { rules: [rule] });
    const alone = withoutOthers(report.sections[0]);
    expect(alone).toMatchObject(section);
    expect(section).toMatchObject({ findings: alone.findings });
  });
});

describe('the rules beside the seed', () => {
  test.each(others)('$id cites nothing that ATT&CK revoked', ({ mitre }) => {
    const { revoked } = attackNames();
    for (const { technique = 'none' } of mitre) expect(revoked).not.toHaveProperty([technique]);
  });

  test.each(others)(
    '$id keeps what fails, what is allowed, and what is not production out',
    async (rule) => {
      const model = rule.tests.find(({ expected }) => expected)?.log;
      const agent = 'APN/1.0 HashiCorp/1.0 Terraform/1.9.2 (+https://www.terraform.io)';
      const arn = 'arn:aws:sts::112233445566:assumed-role/Operator/ci';
      const report = await huntEvents(
        [
          { ...model, eventID: 'as it was' },
          { ...model, eventID: 'no user agent', userAgent: null },
          { ...model, eventID: 'allowed', userAgent: agent, userIdentity: { arn } },
          { ...model, eventID: 'allowed agent alone', userAgent: agent },
          { ...model, eventID: 'allowed role alone', userIdentity: { arn } },
          { ...model, eventID: 'failed', errorCode: 'AccessDenied' },
          { ...model, eventID: 'failed, with a message alone', errorMessage: 'denied' },
          { ...model, eventID: 'elsewhere', recipientAccountId: '999988887777' },
          { ...model, eventID: 'of another service', eventSource: 'example.amazonaws.com' },
        ],
        { rules: [rule] },
      );
      expect(report.sections[0]?.findings.map(({ eventID }) => eventID)).toEqual([
        'allowed agent alone',
        'allowed role alone',
        'as it was',
        'no user agent',
      ]);
    },
  );
});

test('a call of CloudFront is found by the name with the version of the API, too', async () => {
  const rule = findRule('AWS.CloudFront.ManualDistributionChange');
  const model = rule.tests.find(({ expected }) => expected)?.log;
  const names = testsOf(rule.condition)
    .flatMap(({ field, values }) =>
      field[0] === 'eventName' && !('parameter' in values) ? values : [],
    )
    .filter((name) => !/2\d{3}_/.test(name))
    .map((name) => `${name}2020_05_31`);
  expect(names).toContain('PublishFunction2020_05_31');
  const calls = names.map((eventName) => ({ ...model, eventID: eventName, eventName }));
  const { findings } = await huntEvents(calls, { rules: [rule] });
  expect(findings.map(({ eventName }) => eventName)).toEqual(names.toSorted());
});

test('what ATT&CK revoked has a name, as has what replaced it', () => {
  const { revoked, techniques, formerly, tactics } = attackNames();
  for (const [technique, { by }] of Object.entries(revoked)) {
    expect(techniques).toHaveProperty([technique]);
    expect(techniques).toHaveProperty([by]);
  }
  for (const [tactic, { name }] of Object.entries(formerly)) expect(tactics[tactic]).not.toBe(name);
});
