import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { byCodePoint } from '../../src/cloudtrail/canonical.js';
import type { Change } from '../../src/change/change.js';
import type { MatchingRecord } from '../../src/answer/row.js';
import { FindingStore } from '../../src/findings/store.js';
import { toEvent, type MatchedEvent } from '../../src/findings/to-finding.js';
import type { Findings, MatchedFinding } from '../../src/report/finding.js';
import { SpillSpace } from '../../src/spill/spill-space.js';
import { ruleWith } from '../support/rules.js';
import type { Severity } from '../../src/rule/severity.js';
import { inBrief } from '../../src/story/brief.js';

/** A matching record, with the rules that it matches and what they change its severity to. */
interface Copy extends Pick<MatchingRecord, 'body' | 'eventTime' | 'extra' | 'source'> {
  readonly rules: Readonly<Record<string, Severity | null>>;
}

const RULES = ['first', 'second'].map((id) => ({
  ...ruleWith('  - { KeyPath: eventName, Condition: Exists }', 'AlertTitle: "{userAgent} did it"'),
  id,
}));
const NO_CHANGE: Change = {
  action: 'share',
  sentence: 'shared something',
  resources: [],
  exposure: null,
  grantees: [],
  begins: [],
  ends: [],
  removes: [],
};

/** So little that every finding, or every few, make a run of their own. */
const LITTLE = [0, 1000];

let folder: string;
const stores: TestedStore[] = [];

/** A store that takes events as all their matching records, and gives the findings. */
class TestedStore {
  readonly #space: SpillSpace;
  readonly #store: FindingStore;

  constructor(most = 1e9) {
    this.#space = new SpillSpace(most);
    this.#store = new FindingStore(RULES, this.#space);
  }

  add(copies: readonly Copy[], count?: number): void {
    this.#store.add(
      copies.map(({ rules, ...record }) => ({
        event: toEvent(record),
        rules: new Map(Object.entries(rules)),
      })),
      count,
    );
  }

  addEvent(event: MatchedEvent): void {
    this.#store.add([{ event, rules: new Map([['first', null]]) }]);
  }

  findings(knownAccounts: readonly string[] = []) {
    return this.#store
      .findings()
      .read({ accounts: new Set(knownAccounts), starts: new Map(), makers: new Map() });
  }

  countOf(id: string): number {
    return this.#store.findings().countOf(id);
  }

  close(): void {
    this.#space.close();
  }
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hunt-store-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function storeOf(events: readonly (readonly Copy[])[], most?: number): TestedStore {
  const store = new TestedStore(most);
  stores.push(store);
  for (const copies of events) store.add(copies);
  return store;
}

function copy(body: Readonly<Record<string, string | null>>, fields: Partial<Copy> = {}): Copy {
  return {
    body: JSON.stringify(body),
    eventTime: '2026-01-12T09:14:27Z',
    extra: null,
    source: 'a.json',
    rules: { first: null },
    ...fields,
  };
}

/** Texts that tell UTF-16 order from code points, lines from line feeds, and chunks of bytes from characters. */
const signs = ['', 'a', 'b', '\uffff', '😀', '\ud800', 'x\ny\r\u2028', '"', ' ', '!', 'null'];
const text = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...signs) },
  { weight: 1, arbitrary: fc.constantFrom('é', '日').map((sign) => sign.repeat(70_000)) },
);
const maybe = fc.option(text);
const matched: readonly Copy['rules'][] = [
  { first: null },
  { second: 'Low' },
  { first: 'Low', second: null },
];
const arbitraryCopy: fc.Arbitrary<Copy> = fc
  .record({
    eventid: fc.option(fc.constantFrom('1', '2', '\uffff', '😀')),
    eventname: fc.option(fc.constantFrom('A', 'B')),
    eventsource: fc.option(fc.constantFrom('a', 'b')),
    recipientaccountid: fc.option(fc.constantFrom('1', '2')),
    useragent: maybe,
    requestparameters: maybe.map((value) => JSON.stringify({ value, none: null, '1': [{}] })),
  })
  .chain((body) =>
    fc
      .record({
        eventTime: fc.constantFrom(null, 'epoch', '2026-01-12T09:14:27Z', '2026-01-12T10:14:27Z'),
        extra: maybe.map((value) => (value === null ? null : JSON.stringify({ value }))),
        source: maybe,
      })
      // Equal records match the same rules.
      .map((fields) => {
        const { length } = JSON.stringify([body, fields.extra, fields.source]);
        return copy(body, { ...fields, rules: matched[length % matched.length] ?? {} });
      }),
  );
const arbitraryEvents = fc.array(fc.array(arbitraryCopy, { minLength: 1, maxLength: 2 }), {
  maxLength: 12,
});

/** The findings of records, in order: each event once, with what each rule says of the first record that it matched. */
function findingsOf(records: readonly MatchedFinding[]): readonly MatchedFinding[] {
  const events = new Map<string, MatchedFinding[]>();
  for (const record of records.toSorted(byKeys)) {
    const { eventTime, eventID, eventName, recipientAccountId } = record;
    const identity = [eventTime, eventID, eventName, recipientAccountId];
    const key = JSON.stringify(eventID === null ? keysOf(record) : identity);
    events.set(key, [...(events.get(key) ?? []), record]);
  }
  return [...events.values()].flatMap((own) => {
    const [shown] = own;
    if (shown === undefined) return [];
    const rules = RULES.flatMap(({ id }) =>
      own.flatMap((record) => record.rules.filter((rule) => rule.id === id)).slice(0, 1),
    );
    return Array.from({ length: shown.eventID === null ? own.length : 1 }, () => ({
      ...shown,
      rules,
    }));
  });
}

/** Expects each form of the findings to say what the findings say. */
function expectItems(findings: Findings<MatchedFinding>): void {
  const items = [...(findings.items?.() ?? [])];
  expect(items).toHaveLength(findings.length);
  expect(items.map((item) => item.text())).toEqual([...findings].map((one) => JSON.stringify(one)));
  expect([...findings].map(inBrief)).toMatchObject(items.map(({ brief }) => brief()));
  const places = [...(findings.places?.() ?? [])];
  expect(places).toHaveLength(findings.length);
  expect([...findings]).toMatchObject(
    places.map(({ eventTime, recipientAccountId, awsRegion, source }) => ({
      eventTime,
      recipientAccountId,
      awsRegion,
      source,
    })),
  );
}

describe('FindingStore', () => {
  it('gives the same findings in the same order, whether they had room in memory or not', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const kept = [...storeOf(events).findings()].map((found) => JSON.stringify(found));
        for (const most of LITTLE) {
          const spilled = storeOf(events, most).findings();
          expect(spilled).toHaveLength(kept.length);
          expect([...spilled].map((found) => JSON.stringify(found))).toEqual(kept);
        }
        expect(readdirSync(folder)).toEqual([]);
        for (const store of stores.splice(0)) store.close();
      }),
      { numRuns: 100 },
    );
  });

  it('orders by instant, none last, eventID, eventName, account, then what is shown, the rest, source, extra', () => {
    fc.assert(
      fc.property(fc.array(arbitraryCopy, { maxLength: 12 }), (copies) => {
        const events = copies.map((one) => [one]);
        const findings = events.flatMap((event) => [...storeOf([event]).findings()]);
        const [...found] = storeOf(events, 1000).findings();
        expect(found).toEqual(findingsOf(findings));
        for (const store of stores.splice(0)) store.close();
      }),
      { numRuns: 100 },
    );
  });

  it.each([...LITTLE, undefined])(
    'orders equal bodies by source, none last, then extra (%s)',
    (most) => {
      const extras = ['{"b":1}', '{"a":1}'].map((extra) => copy({}, { extra, source: 'a' }));
      const sources = [null, '"', '!'].map((source) => copy({}, { extra: '{"a":2}', source }));
      const findings = storeOf(
        [...extras, ...sources].map((one) => [one]),
        most,
      ).findings();
      expect([...findings].map(({ extra, source }) => [extra, source])).toEqual([
        [{ a: 2 }, '!'],
        [{ a: 2 }, '"'],
        [{ a: 1 }, 'a'],
        [{ b: 1 }, 'a'],
        [{ a: 2 }, null],
      ]);
    },
  );

  it.each([0, undefined])('keeps the fields in the order of reports (%s)', (most) => {
    const [finding = {}] = storeOf([[copy({})]], most).findings();
    expect(Object.keys(finding).join(' ')).toBe(
      'rules eventID eventTime eventName eventSource awsRegion recipientAccountId sourceIPAddress userAgent errorCode errorMessage userIdentity requestParameters responseElements additionalEventData resources readOnly eventType eventCategory requestID sharedEventID vpcEndpointId vpcEndpointAccountId sessionCredentialFromConsole tlsDetails serviceEventDetails addendum edgeDeviceDetails eventVersion apiVersion outcome kinds actor how change source extra',
    );
  });

  it('gives texts that are too long for memory back as they were, also as JSON', () => {
    const long = 'é😀"\\n'.repeat(20_000);
    const copies = ['2', '1'].map((eventid) =>
      copy(
        { eventid, useragent: long, requestparameters: JSON.stringify({ long }) },
        { extra: JSON.stringify({ long }) },
      ),
    );
    const findings = storeOf(copies.map((one) => [one])).findings();
    const expected = ['1', '2'].map((eventID) => ({
      eventID,
      userAgent: long,
      requestParameters: { long },
      extra: { long },
      rules: [{ alert: { title: `${long} did it` } }],
    }));
    expect([...findings]).toMatchObject(expected);
    expectItems(findings);
  });

  it('holds no more of a finding than a limit, however long its texts are', () => {
    const store = storeOf([], 50_000);
    for (const digit of '123')
      store.add([copy({ eventid: digit.repeat(100_000), eventname: digit.repeat(100_000) })]);
    // Their texts are in the file, and what findings are sorted by is short: nothing else had to be written.
    vi.stubEnv('TMPDIR', join(folder, 'missing'));
    const ids = [...store.findings()].map(({ eventID }) => eventID?.[0]);
    expect(ids).toEqual(['1', '2', '3']);
  });

  it('keeps long texts apart that begin and end alike', () => {
    const long = (middle: string): string => `${'a'.repeat(5000)}${middle}${'z'.repeat(5000)}`;
    const store = storeOf([[copy({ eventid: long('1') })], [copy({ eventid: long('2') })]]);
    expect([...store.findings()].map(({ eventID }) => eventID).toSorted()).toEqual([
      long('1'),
      long('2'),
    ]);
  });

  it('cuts a value that no event has as long, and says so', () => {
    const long = 'x'.repeat(600_000);
    const body = { useragent: long, requestparameters: JSON.stringify({ long }), eventname: 'A' };
    const [found] = storeOf([[copy(body, { extra: JSON.stringify({ long }) })]]).findings();
    for (const value of [found?.userAgent, found?.requestParameters, found?.rules[0]?.alert?.title])
      expect(value).toMatch(/^[x{":long]{256} … \(60\d{4} characters, SHA-256 [0-9a-f]{64}\) … x/);
    expect(found).toMatchObject({
      eventName: 'A',
      extra: { long: expect.stringContaining('SHA') as unknown },
    });
    expect(JSON.stringify(found).length).toBeLessThan(10_000);
  });

  it('shows of several copies the one that sorts first', () => {
    const copies = ['b', 'a', 'c'].map((useragent) => copy({ useragent }));
    const [finding] = storeOf([copies]).findings();
    expect(finding).toMatchObject({ userAgent: 'a', rules: [{ alert: { title: 'a did it' } }] });
    expect(storeOf([[]]).findings()).toHaveLength(0);
  });

  it.each([...LITTLE, undefined])(
    'counts equal records without an ID, of each rule (%s)',
    (most) => {
      const store = storeOf([], most);
      store.add([copy({}, { rules: { first: null } })], 2);
      store.add([copy({}, { rules: { second: null } })], 3);
      store.add([copy({}, { rules: { first: null } })]);
      store.add([copy({ useragent: 'other' }, { rules: { first: null } })]);
      const found = [...store.findings()].map(({ rules }) => rules.map(({ id }) => id).join(' '));
      expect(found).toEqual(['first', 'first second', 'first second', 'first second']);
      expect([store.countOf('first'), store.countOf('second')]).toEqual([4, 3]);
    },
  );

  it('marks access for accounts that nobody knows, also in the JSON texts', () => {
    const grantee = '999988887777';
    const store = storeOf([], 0);
    const event = toEvent(copy({ eventname: 'A', recipientaccountid: '112233445566' }));
    const change = { ...NO_CHANGE, grantees: ['112233445566', grantee] };
    store.addEvent({ ...event, meaning: { ...event.meaning, change } });
    const exposuresIn = (known: readonly string[]) => {
      const findings = store.findings(known);
      expectItems(findings);
      return [...findings].map((found) => found.change?.exposure);
    };
    expect(exposuresIn([])).toEqual([{ peer: 'foreign account', direction: 'ingress' }]);
    expect(exposuresIn([grantee])).toEqual([null]);
  });

  it("begins no state with code of one's own accounts", () => {
    const owner = '999988887777';
    const request = {
      functionName: 'f',
      layers: [`arn:aws:lambda:eu-west-1:${owner}:layer:x:1`],
    };
    const given = copy({
      eventname: 'UpdateFunctionConfiguration20150331v2',
      eventsource: 'lambda.amazonaws.com',
      recipientaccountid: '112233445566',
      requestparameters: JSON.stringify(request),
    });
    const store = storeOf([[given]], 0);
    const begunIn = (known: readonly string[]) => {
      const findings = store.findings(known);
      expectItems(findings);
      return [...findings].flatMap(({ change }) => change?.begins.map(({ what }) => what) ?? []);
    };
    expect(begunIn([])).toEqual([`runs layers of account ${owner}`]);
    expect(begunIn([owner])).toEqual([]);
  });

  it('keeps for stories the cluster of an instance', () => {
    const given = copy({ responseelements: JSON.stringify({ dBClusterIdentifier: 'c', x: 1 }) });
    const items =
      storeOf([[given]])
        .findings()
        .items?.() ?? [];
    expect([...items].map(({ brief }) => brief().responseElements)).toEqual([
      { dBClusterIdentifier: 'c' },
    ]);
  });

  it.each([
    ['the caller', { useridentity: JSON.stringify({ accountid: '112233445566' }) }],
    ['the answer', { responseelements: JSON.stringify({ key: { arn: arnIn('112233445566') } }) }],
    [
      'the called resource',
      { requestparameters: JSON.stringify({ keyId: arnIn('112233445566') }) },
    ],
    ['the resources', { resources: JSON.stringify([{ accountid: '112233445566' }]) }],
    [
      'the caller, as the account is empty,',
      { recipientaccountid: '', useridentity: JSON.stringify({ accountid: '112233445566' }) },
    ],
  ])('takes the account of a record without one from %s', (_, body) => {
    const { change } = grantOf(body);
    expect(change?.exposure).toBeNull();
    expect(change?.sentence).not.toContain('foreign');
  });

  it('says that nobody knows whether an account is foreign, where nothing says the own one', () => {
    const callers = [
      {},
      { accountid: '123412341234', type: 'AWSAccount' },
      { accountid: '123412341234', type: 'AWSService' },
    ];
    for (const identity of callers) {
      const { change } = grantOf({ useridentity: JSON.stringify(identity) });
      expect(change?.exposure).toBeNull();
      expect(change?.sentence).toMatch(
        /not known whether a foreign account: the record has no account/,
      );
      expect(change?.grantees).toEqual(['112233445566']);
    }
  });

  it.each<Record<string, string>>([
    { requestparameters: JSON.stringify({ keyId: arnIn('999988887777') }) },
    { resources: JSON.stringify([{ arn: arnIn('999988887777') }]) },
  ])('takes no account from a caller who calls what another account has', (body) => {
    const useridentity = JSON.stringify({ type: 'AssumedRole', accountid: '112233445566' });
    const { change } = grantOf({ ...body, useridentity });
    expect(change?.sentence).toMatch(/not known whether a foreign account/);
  });

  function grantOf(body: Record<string, string>): MatchedFinding {
    const policy = { Statement: [{ Effect: 'Allow', Principal: { AWS: '112233445566' } }] };
    const request = JSON.parse(body['requestparameters'] ?? '{}') as Record<string, unknown>;
    const given = copy({
      ...body,
      eventname: 'PutKeyPolicy',
      eventsource: 'kms.amazonaws.com',
      requestparameters: JSON.stringify({ keyId: 'k-1', ...request, policy }),
    });
    const [finding] = storeOf([[given]]).findings();
    if (finding === undefined) throw new Error('no finding');
    return finding;
  }

  function arnIn(account: string): string {
    return `arn:aws:kms:eu-west-1:${account}:key/k-1`;
  }

  it('orders by what no report shows of an event, and never by what a rule says of it', () => {
    const tls = (version: string) => JSON.stringify({ tlsversion: version });
    const bodies = [
      { tlsdetails: tls('TLSv1.3'), useragent: 'same' },
      { tlsdetails: tls('TLSv1.2'), useragent: 'same' },
    ];
    const copies = bodies.map((body, index) => copy(body, { source: `${index}.json` }));
    const [shown] = storeOf([copies]).findings();
    expect(shown?.source).toBe('1.json');
    // The first record sorts last by its severity, and first by its event.
    const alerts = (['Low', 'High'] as const).map((severity, index) =>
      copy({ useragent: 'same' }, { rules: { first: severity }, source: `${index}.json` }),
    );
    const [first, second] = storeOf(alerts.map((one) => [one])).findings();
    expect([first?.rules[0]?.severity, second?.rules[0]?.severity]).toEqual(['Low', 'High']);
  });

  it.each([...LITTLE, undefined])('is walked as often as needed, also at once (%s)', (most) => {
    const findings = storeOf([[copy({ eventid: '2' })], [copy({ eventid: '1' })]], most).findings();
    const pairs = [...findings].map((outer) => [
      outer.eventID,
      ...[...findings].map((inner) => inner.eventID),
    ]);
    expect(pairs).toEqual([
      ['1', '1', '2'],
      ['2', '1', '2'],
    ]);
  });

  it.each([...LITTLE, undefined])('has later events only in later findings (%s)', (most) => {
    const store = storeOf([[copy({ eventid: '2' })]], most);
    const before = store.findings();
    store.add([copy({ eventid: '1' })]);
    expect(before).toHaveLength(1);
    expect([...before].map(({ eventID }) => eventID)).toEqual(['2']);
    expect([...store.findings()].map(({ eventID }) => eventID)).toEqual(['1', '2']);
  });

  it('touches no disk before there is too much, and then says where it has no room', () => {
    vi.stubEnv('TMPDIR', join(folder, 'missing'));
    const store = storeOf([], 4000);
    store.add([copy({})]);
    expect(() => store.add([copy({ useragent: 'x'.repeat(4000) })])).toThrow(
      expect.objectContaining({
        code: 'OUTPUT',
        message: expect.stringMatching(/missing.*ENOENT.*TMPDIR/) as string,
      }),
    );
  });
});

/** The order of reports, said once more as a list of keys. */
function byKeys(a: MatchedFinding, b: MatchedFinding): number {
  const [x, y] = [keysOf(a), keysOf(b)];
  const at = x.findIndex((key, n) => key !== y[n]);
  const [one, other] = [x[at] ?? null, y[at] ?? null];
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return byCodePoint(one, other);
}

function keysOf({
  source,
  extra,
  rules: _rules,
  ...event
}: MatchedFinding): readonly (string | null)[] {
  const { eventTime, eventID, eventName, recipientAccountId } = event;
  const identity = [eventTime, eventID, eventName, recipientAccountId];
  return [...identity, JSON.stringify(event), source, JSON.stringify(extra)];
}
