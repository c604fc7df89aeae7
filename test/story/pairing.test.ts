import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Pairing, type PairedFinding } from '../../src/story/pairing.js';

type Step = Partial<NonNullable<PairedFinding['change']>> &
  Partial<Omit<PairedFinding, 'change'>> & { readonly at?: number };

const open = (what: string, resource = 'sg-1') => ({ begins: [{ resource, what }] });
const close = (what: string, resource = 'sg-1') => ({ ends: [{ resource, what }] });

const rename = (name: string, newName: string) => ({
  renames: [{ resource: name, name, newResource: newName, newName }],
});

function finding({ begins = [], ends = [], removes = [], renames, ...own }: Step): PairedFinding {
  return {
    ownAccount: '112233445566',
    awsRegion: 'us-east-1',
    eventSource: 'ec2.amazonaws.com',
    outcome: 'succeeded',
    change: { begins, ends, removes, ...(renames && { renames }) },
    ...own,
  };
}

/** An instant; null where the end was not seen; undefined where there is no state, or it was not followed. */
function endIn(pairing: Pairing, index: number) {
  const ending = pairing.endOf(index, 0);
  if (ending.kind === 'ended') return ending.at;
  if (ending.kind === 'not followed') return undefined;
  return ending.kind === 'open' ? null : ending.kind;
}

/** For each step, when its first state ended. Each step is a second after the one before, or at its own time. */
function endsOf(steps: readonly Step[], pairing = new Pairing()) {
  steps.forEach((step, index) => pairing.add(finding(step), step.at ?? index));
  return steps.map((_, index) => endIn(pairing, index));
}

describe('a state ends', () => {
  test('with the opposite change of the same resource and permission', () => {
    expect(endsOf([open('tcp 22'), open('tcp 443'), close('tcp 22'), close('tcp 22')])).toEqual([
      2,
      null,
      undefined,
      undefined,
    ]);
  });

  test('with the deletion of its resource', () => {
    const steps = [open('tcp 22'), open('tcp 22', 'sg-2'), { removes: ['sg-1'] }];
    expect(endsOf(steps)).toEqual([2, null, undefined]);
  });

  test('with the deletion of its resource, but nothing that watches is on again when it is deleted', () => {
    const off = (resource: string, what: string, at?: number) => [
      { ...open(what, resource), at },
      { ends: [{ resource, what: 'exists' }], removes: [resource], at },
    ];
    for (const [resource, what] of [
      ['trail t', 'logging off'],
      ['trail t', 'management events only in part'],
      ['recorder default', 'not recording'],
      ['alarm a', 'actions off'],
      ['rule r', 'off'],
    ] as const) {
      expect(endsOf(off(resource, what))[0]).toBeNull();
      expect(endsOf(off(resource, what, 5).toReversed())[1]).toBeNull();
      // A new one of this name is switched on.
      expect(endsOf([...off(resource, what), close(what, resource)])[0]).toBe(2);
    }
    expect(endsOf(off('database d', 'deletion protection off'))[0]).toBe(1);
    expect(endsOf(off('trail t', 'exists'))[0]).toBe(1);
  });

  test('with the removal of the part of the resource that it is', () => {
    const rule = (part: string, what: string) => ({ begins: [{ resource: 'sg-1', what, part }] });
    const removed = { removes: ['sgr-1'] };
    expect(endsOf([rule('sgr-1', 'tcp 22'), rule('sgr-2', 'tcp 443'), removed])).toEqual([
      2,
      null,
      undefined,
    ]);
    // A rule becomes another permission.
    const changed = { ...removed, ...rule('sgr-1', 'tcp 80') };
    expect(endsOf([rule('sgr-1', 'tcp 22'), changed])).toEqual([1, null]);
    expect(endsOf([rule('sgr-1', 'tcp 22'), changed, removed])).toEqual([1, 2, undefined]);
    // The permission ends the state too, and then the rule has nothing to end.
    const again = [rule('sgr-1', 'tcp 22'), close('tcp 22'), rule('sgr-3', 'tcp 22'), removed];
    expect(endsOf(again)).toEqual([1, undefined, null, undefined]);
    expect(endsOf([rule('sgr-1', 'x'), { ...removed, awsRegion: 'eu-west-1' }])[0]).toBeNull();
    // A part may have several states, as all shares of a snapshot.
    const many = [rule('p', 'a'), rule('p', 'b'), rule('q', 'c'), close('a'), { removes: ['p'] }];
    expect(endsOf(many).slice(0, 3)).toEqual([3, 4, null]);
  });

  test('with the deletion of a thing that has states under two names', () => {
    const made = { begins: [{ resource: 'cluster c', what: 'exists', part: 'arn:c' }] };
    const steps = [made, open('public address', 'arn:c'), { removes: ['cluster arn:c', 'arn:c'] }];
    expect(endsOf(steps)).toEqual([2, 2, undefined]);
  });

  test('under the new name of its resource, and no more under the old one', () => {
    const renamed = [open('x', 'a'), rename('a', 'b')];
    expect(endsOf([...renamed, close('x', 'b')])[0]).toBe(2);
    expect(endsOf([...renamed, { removes: ['b'] }])[0]).toBe(2);
    expect(endsOf([...renamed, { removes: ['a'] }, close('x', 'a')])[0]).toBeNull();
    expect(endsOf([...renamed, rename('b', 'a'), close('x', 'a')])[0]).toBe(3);
    expect(endsOf([...renamed, open('x', 'a'), close('x', 'a')])).toEqual([
      null,
      undefined,
      3,
      undefined,
    ]);
    const part = { begins: [{ resource: 'a', what: 'x', part: 'p' }] };
    expect(endsOf([part, rename('a', 'b'), { removes: ['p'] }])[0]).toBe(2);
    // Another resource had the new name, and both stand at one instant.
    const taken = [open('x', 'b'), open('x', 'a'), { ...rename('a', 'b'), at: 5 }];
    expect(endsOf([...taken, { removes: ['b'], at: 5 }])).toEqual([5, null, undefined, undefined]);
    const circle = [rename('a', 'b'), rename('b', 'a')];
    const limited = new Pairing({ open: 5, text: 1000, begun: 3 });
    expect(endsOf([open('x', 'a'), ...circle, ...circle, close('x', 'a')], limited)[0]).toBeNull();
  });

  test('for each change that began it', () => {
    expect(endsOf([open('x'), open('x'), close('x'), open('x')])).toEqual([2, 2, undefined, null]);
  });

  test('but not with a failed call, nor in another account, region or service', () => {
    for (const other of [
      { outcome: 'failed' as const },
      { ownAccount: '999999999999' },
      { awsRegion: 'eu-west-1' },
      { eventSource: 'rds.amazonaws.com' },
    ])
      expect(endsOf([open('x'), { ...close('x'), ...other }])[0]).toBeNull();
  });

  test('in any region, where the service has none', () => {
    const iam = { eventSource: 'iam.amazonaws.com' };
    const ended = { ...close('exists', 'user a'), ...iam, awsRegion: 'eu-west-1' };
    expect(endsOf([{ ...open('exists', 'user a'), ...iam }, ended])[0]).toBe(1);
  });
});

describe('at one instant the order says nothing', () => {
  test('a state that was not there before ends, whatever stands first', () => {
    expect(
      endsOf([
        { ...open('x'), at: 5 },
        { ...close('x'), at: 5 },
      ])[0],
    ).toBe(5);
    expect(
      endsOf([
        { ...close('x'), at: 5 },
        { ...open('x'), at: 5 },
      ])[1],
    ).toBe(5);
    expect(
      endsOf([
        { removes: ['sg-1'], at: 5 },
        { ...open('x'), at: 5 },
      ])[1],
    ).toBe(5);
  });

  test('of a state that was there before, what began last stays', () => {
    const [before, end, again] = [open('x'), { ...close('x'), at: 5 }, { ...open('x'), at: 5 }];
    expect(endsOf([before, end, again])).toEqual([5, undefined, null]);
    expect(endsOf([before, again, end])).toEqual([5, null, undefined]);
    const removed = { removes: ['sg-1'], at: 5 };
    expect(endsOf([before, removed, again])[2]).toBeNull();
    expect(endsOf([before, again, removed])[1]).toBeNull();
  });

  test('a change that replaces a state by an equal one does not end its own', () => {
    expect(endsOf([{ ...open('x'), ...close('x') }])[0]).toBeNull();
  });
});

test('too many states are unknown, and never ended by a guess', () => {
  const limits = { open: 1, text: 1000, begun: 3 };
  const steps = [open('a'), open('b'), close('b'), close('a'), open('b'), open('c')];
  expect(endsOf(steps, new Pairing(limits))).toEqual([
    3,
    undefined,
    undefined,
    undefined,
    null,
    undefined,
  ]);
});

test('a finding without a time begins and ends nothing', () => {
  const pairing = new Pairing();
  pairing.add(finding(open('x')), 1);
  pairing.add(finding({ ...open('y'), ...close('x') }), undefined);
  expect([endIn(pairing, 0), endIn(pairing, 1)]).toEqual([null, undefined]);
});

test('says the same as a plain search for the next end, where every change has its own instant', () => {
  const id = fc.constantFrom('sg-1', 'sg-2');
  const state = fc.record({ resource: id, what: fc.constantFrom('tcp 22', 'tcp 443') });
  const step = fc.record({
    begins: fc.array(state, { maxLength: 1 }),
    ends: fc.array(state, { maxLength: 2 }),
    removes: fc.array(id, { maxLength: 1 }),
    outcome: fc.constantFrom('succeeded' as const, 'succeeded' as const, 'failed' as const),
    awsRegion: fc.constantFrom('us-east-1', 'eu-west-1'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const expected = steps.map(({ begins: [begun], outcome, awsRegion }, index) => {
        if (begun === undefined || outcome === 'failed') return undefined;
        const end = steps.findIndex(
          (later, at) =>
            at > index &&
            later.outcome === 'succeeded' &&
            later.awsRegion === awsRegion &&
            (later.removes.includes(begun.resource) ||
              later.ends.some((one) => one.resource === begun.resource && one.what === begun.what)),
        );
        return end === -1 ? null : end;
      });
      expect(endsOf(steps)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('at equal instants, counts the same ends in every order of a begin and an end', () => {
  const what = fc.constantFrom('a', 'b');
  const step = fc
    .tuple(what, fc.boolean())
    .map(([name, isBegin]) => (isBegin ? open(name) : close(name)));
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 6 }),
      fc.array(step, { maxLength: 6 }),
      fc.gen(),
      (before, at, gen) => {
        const old = before.map((one) => ({ ...one, at: 1 }));
        const now = at.map((one) => ({ ...one, at: 2 }));
        const shuffled = gen(fc.shuffledSubarray, now, { minLength: now.length });
        const counts = (steps: readonly Step[]) =>
          endsOf(steps).filter((ended) => ended === null).length;
        // The number of open states may differ only where one state begins twice at one instant.
        if (
          new Set(now.filter((one) => 'begins' in one).map((one) => JSON.stringify(one))).size ===
          now.filter((one) => 'begins' in one).length
        )
          expect(counts([...old, ...shuffled])).toBe(counts([...old, ...now]));
      },
    ),
  );
});

test('an end before 1970 is an end', () => {
  const steps = [-4, -3, -2, -1].flatMap((at) => [
    { ...open('x', `sg${at}`), at: -5 },
    { ...close('x', `sg${at}`), at },
  ]);
  expect(endsOf(steps.toSorted((a, b) => a.at - b.at)).slice(0, 4)).toEqual([-4, -3, -2, -1]);
});
