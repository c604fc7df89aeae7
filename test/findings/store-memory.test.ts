/** A hostile log may make any text of an event long. Of such an event the store keeps little in memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, it } from 'vitest';
import { FindingStore } from '../../src/findings/store.js';
import { toEvent } from '../../src/findings/to-finding.js';
import { SpillSpace } from '../../src/spill/spill-space.js';
import { ruleWith } from '../support/rules.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const EVENTS = 400;
/** In UTF-16 units. All events together have ten times what the store may keep, and more if a text is kept twice. */
const LONG = 100_000;
const MEGABYTE = 1 << 20;
const KEPT = 4 * MEGABYTE;

const spaces: SpillSpace[] = [];
afterEach(() => {
  for (const space of spaces.splice(0)) space.close();
});

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** How much larger the heap is while the findings of events with these columns are read. */
function heapOf(columnsOf: (number: number) => Record<string, unknown>): number {
  const rule = ruleWith('  - { KeyPath: eventName, Condition: Exists }');
  const space = new SpillSpace(KEPT);
  spaces.push(space);
  const store = new FindingStore([rule], space);
  const before = heap();
  for (let number = 0; number < EVENTS; number++) {
    const body = JSON.stringify({
      eventid: String(number),
      eventname: 'RunInstances',
      eventsource: 'ec2.amazonaws.com',
      recipientaccountid: '112233445566',
      sourceipaddress: '198.51.100.7',
      useridentity: {
        type: 'IAMUser',
        accesskeyid: 'AKIAIOSFODNN7EXAMPLE',
        arn: 'arn:aws:iam::112233445566:user/ann',
      },
      ...columnsOf(number),
    });
    const event = toEvent({
      body,
      eventTime: '2026-01-14T09:30:00Z',
      extra: null,
      source: 'log.json',
    });
    store.add([{ event, rules: new Map([[rule.id, null]]) }]);
  }
  const findings = store
    .findings()
    .read({ accounts: new Set(), starts: new Map(), makers: new Map() });
  const items = [...(findings.items?.() ?? [])].length;
  expect(items).toBe(EVENTS);
  const reading = findings[Symbol.iterator]();
  reading.next();
  const more = heap() - before;
  // What is measured must not be garbage before.
  expect(reading.next().done).toBe(false);
  return more;
}

const long = (number: number): string => `${number}${'x'.repeat(LONG)}`;

it.each([
  ['an address', (number: number) => ({ sourceipaddress: long(number) })],
  ['an account', (number: number) => ({ recipientaccountid: long(number) })],
  ['a region', (number: number) => ({ awsregion: long(number) })],
  ['a service', (number: number) => ({ eventsource: long(number) })],
  ['a user agent', (number: number) => ({ useragent: long(number) })],
  [
    'a role and its session',
    (number: number) => ({
      useridentity: {
        type: 'AssumedRole',
        accesskeyid: 'ASIAIOSFODNN7EXAMPLE',
        arn: `arn:aws:sts::112233445566:assumed-role/${long(number)}/ann`,
      },
    }),
  ],
])('keeps little of events with %s that is long', (_, columnsOf) => {
  expect(heapOf(columnsOf)).toBeLessThan(3 * KEPT);
});
