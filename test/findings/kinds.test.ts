/** What calls are for: the rules `AWS.Any.*` and the kinds of findings, against a table of well-known calls and the conditions in SQL. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtInFile } from '../../src/rule/catalog/built-in.js';
import { builtInRules } from '../../src/rule/catalog/find.js';
import { readRule } from '../../src/rule/catalog/read.js';
import type { Rule } from '../../src/rule/rule.js';
import { describeWithFixtures, fixture } from '../support/fixtures.js';
import { huntEvents, huntText, openedGroup } from '../support/hunt-events.js';
import { KNOWN_CALLS } from '../support/known-calls.js';

const ANY = [
  ...builtInRules(['any-manual-change', 'any-manual-access', 'any-credential']).values(),
];
const USER = {
  type: 'IAMUser',
  arn: 'arn:aws:iam::112233445566:user/dana',
  accessKeyId: 'AKIAEXAMPLE',
  userName: 'dana',
};

type Own = Readonly<Record<string, unknown>>;

function callOf(call: string, own: Own): Own {
  const [service, eventName] = call.split(':');
  return openedGroup({
    eventName,
    eventSource: `${service}.amazonaws.com`,
    userIdentity: USER,
    userAgent: 'aws-cli/2.15.30',
    requestParameters: null,
    responseElements: null,
    ...own,
  });
}

/** The calls that each rule finds, and those of each kind. */
async function found(calls: readonly string[], own: Own) {
  const all = rule('all', '{ Key: eventName, Condition: IsNotNull }');
  const events = calls.map((call, index) => ({ ...callOf(call, own), eventID: String(index) }));
  const { findings } = await huntEvents(events, { rules: [...ANY, all] });
  const by = (holds: (finding: (typeof findings)[number]) => boolean): readonly string[] =>
    findings.filter(holds).map(({ eventID }) => calls[Number(eventID)] ?? '');
  return {
    rule: (id: string) => by(({ rules }) => rules.some((one) => one.id === `AWS.Any.${id}`)),
    kind: (kind: (typeof findings)[number]['kinds'][number]) =>
      by(({ kinds }) => kinds.includes(kind)),
  };
}

function rule(id: string, expression: string): Rule {
  const text = `RuleID: ${id}\nLogTypes: [AWS.CloudTrail]\nSeverity: Info\nDetection:\n  - ${expression}\n`;
  return readRule(text, builtInFile('any-manual-change'));
}

/** The calls of a group of noise, as its file lists them. */
function callsOf(group: string): readonly string[] {
  const text = readFileSync(new URL('../../queries/noise.yml', import.meta.url), 'utf8');
  const own = text.split(`\n  ${group}:\n`)[1]?.split('\n\n')[0] ?? '';
  return own.match(/[\w*-]+:[\w*]+/g) ?? [];
}

const missing = (all: readonly string[], some: readonly string[]): readonly string[] =>
  all.filter((call) => !some.includes(call));

describe('well-known calls', () => {
  const { changes, operations, noise, reads, access, credentials } = KNOWN_CALLS;

  test.each([['false'], [undefined]])('that change something, readOnly: %s', async (readOnly) => {
    const calls = [...changes, ...operations];
    const { rule: by, kind } = await found(calls, { readOnly });
    expect(missing(calls, by('ManualChange'))).toEqual([]);
    expect(missing(changes, kind('change'))).toEqual([]);
    expect(missing(operations, kind('operation'))).toEqual([]);
    expect(kind('change').filter((call) => operations.includes(call))).toEqual([]);
  });

  test('that change nothing', async () => {
    const asWrites = await found(noise, { readOnly: 'false' });
    expect(asWrites.rule('ManualChange')).toEqual([]);
    expect(asWrites.kind('change')).toEqual([]);
    const withoutFlag = await found(reads, {});
    expect(withoutFlag.rule('ManualChange')).toEqual([]);
    expect(withoutFlag.kind('change')).toEqual([]);
    expect(withoutFlag.kind('other')).toEqual([]);
    expect(withoutFlag.kind('operation')).toEqual([]);
  });

  test('payments, which the log may call reads', async () => {
    const writes = ['Create', 'Update', 'Delete', 'SetDefault', 'AcceptTerms'];
    const calls = [...writes, 'Get', 'List', 'Search'].map(
      (verb) => `payments:Instruments_${verb}`,
    );
    const { rule: by, kind } = await found(calls, { readOnly: true });
    expect(by('ManualChange')).toEqual(calls.slice(0, writes.length));
    expect(kind('change')).toEqual(calls.slice(0, writes.length));
    expect(kind('read')).toEqual(calls.slice(writes.length));
  });

  test('statements of SQL, in a record that does not say that they are data events', async () => {
    const calls = [
      'rdsdata:ExecuteStatement',
      'rdsdataapi:BatchExecuteStatement',
      'rdsdataapi:CommitTransaction',
    ];
    const { rule: by, kind } = await found(calls, {
      readOnly: false,
      managementEvent: undefined,
      eventCategory: undefined,
    });
    expect(by('ManualChange')).toEqual([]);
    expect(kind('other')).toEqual(calls);
  });

  test('that are left out as credentials or sessions are found by another rule', async () => {
    const groups = ['noise-temporary-credentials', 'noise-sessions'];
    const calls = groups.flatMap(callsOf).filter((call) => call !== 'sts:*');
    expect(calls.length).toBeGreaterThan(30);
    const all = calls.map((call) => call.replaceAll('*', 'x'));
    const { rule: by } = await found(all, { readOnly: 'false' });
    expect(missing(all, [...by('CredentialIssued'), ...by('ManualAccess')])).toEqual([]);
  });

  test('that give access or credentials', async () => {
    const { rule: by, kind } = await found([...access, ...credentials], { readOnly: 'false' });
    expect(missing(access, by('ManualAccess'))).toEqual([]);
    expect(missing(access, kind('access'))).toEqual([]);
    expect(missing(credentials, by('CredentialIssued'))).toEqual([]);
    expect(missing(credentials, kind('credential'))).toEqual([]);
  });
});

test('a kind is the same for a finding and in SQL', async () => {
  const KINDS = ['change', 'access', 'credential', 'operation'] as const;
  const rules = KINDS.map((kind) => rule(kind, `Use: kind-${kind}`));
  const all = rule('all', '{ Key: eventName, Condition: IsNotNull }');
  const flags = [
    { readOnly: true },
    { readOnly: 'FALSE' },
    {},
    { readOnly: 'false', eventCategory: 'Data' },
    { managementEvent: false },
  ];
  const calls = [
    ...Object.values(KNOWN_CALLS).flat(),
    's3:PutObject',
    'lambda:Invoke',
    'x:*',
    'x:line\nfeed',
    'x:',
  ];
  const events = calls.flatMap((call) => flags.map((own) => callOf(call, own)));
  const { findings } = await huntEvents(
    events.map((event, index) => ({ ...event, eventID: String(index) })),
    { rules: [...rules, all] },
  );
  expect(findings.length).toBeGreaterThan(events.length * 0.99);
  const different = findings.filter(({ kinds, rules: matched }) => {
    const inSql = KINDS.filter((kind) => matched.some(({ id }) => id === kind));
    return inSql.join() !== kinds.filter((kind) => kind !== 'read' && kind !== 'other').join();
  });
  expect(different.slice(0, 3)).toEqual([]);
});

describeWithFixtures('the logs of an attack simulation', () => {
  test('have 415 changes of one person', async () => {
    const report = await huntText('', {
      rules: ANY.slice(0, 1),
      paths: [fixture('invictus-ir+aws_dataset')],
    });
    const ways = new Map<string, number>();
    for (const { actor, how } of report.findings) {
      const way = `${actor.name}, ${how.class}, ${how.carrier}`;
      ways.set(way, (ways.get(way) ?? 0) + 1);
    }
    expect(Object.fromEntries(ways)).toEqual({
      'user/bert-jan, infrastructure as code by a person, terraform': 377,
      'user/bert-jan, command line or SDK by a person, unknown': 36,
      'user/bert-jan, console, console': 2,
    });
  });
});
