import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalRange, everyoneIn, isEveryone } from '../../../src/change/request/address.js';

/** The two halves of a range. */
function halves(cidr: string): readonly string[] {
  const [address = '', prefix = ''] = cidr.split('/');
  const longer = Number(prefix) + 1;
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return [number, number + 2 ** (32 - longer)].map(
    (first) => `${[24, 16, 8, 0].map((shift) => (first / 2 ** shift) & 255).join('.')}/${longer}`,
  );
}

/** `0.0.0.0/0`, split in two again and again, at the given places. */
function split(places: readonly number[]): readonly string[] {
  return places.reduce<readonly string[]>(
    (parts, place) =>
      parts.flatMap((part, i) => (i === place % parts.length ? halves(part) : part)),
    ['0.0.0.0/0'],
  );
}

describe('everyoneIn', () => {
  it.each([
    [['0.0.0.0/0']],
    [[' 0.0.0.0/00 ']],
    [['1.2.3.4/0']],
    [['::/0']],
    [['0:0:0:0:0:0:0:0/0']],
    [['2000::/3']],
    [['0.0.0.0/1', '128.0.0.0/1']],
    [['128.0.0.0/1', '0.0.0.0/2', '64.0.0.0/2']],
    [['::/1']],
    [['2000::/4', '3000::/4']],
  ])('%j', (cidrs) => expect(everyoneIn(cidrs)).toEqual(cidrs));

  it.each([
    [['0.0.0.0/1']],
    [['0.0.0.0/1', '128.0.0.0/2']],
    [['0.0.0.0/1', '8000::/1']],
    [['10.0.0.0/8']],
    [['0.0.0.0']],
    [['/0', 'x/0', '0.0.0.0/0/0', '0.0.0.0/-0', '1.2.3/0', '0.0.0.0/33', '::/129']],
    [[]],
  ])('nobody in %j', (cidrs) => expect(everyoneIn(cidrs)).toEqual([]));

  it('needs no range that contains everyone alone', () => {
    expect(everyoneIn(['10.0.0.0/8', '0.0.0.0/0', '::/0'])).toEqual(['0.0.0.0/0', '::/0']);
    expect(everyoneIn(['0.0.0.0/1', '10.0.0.0/8', '128.0.0.0/1', '2001:db8::/32'])).toEqual([
      '0.0.0.0/1',
      '10.0.0.0/8',
      '128.0.0.0/1',
    ]);
  });

  it('sees through a range that is split into many, and misses one that is taken out', () => {
    const places = fc.array(fc.nat(), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(places, fc.nat(), (at, gap) => {
        const parts = split(at);
        expect(everyoneIn(parts)).toHaveLength(parts.length);
        const left = parts.filter((part, i) => i !== gap % parts.length || !isPublic(part));
        expect(everyoneIn(left)).toHaveLength(left.length === parts.length ? parts.length : 0);
      }),
    );
  });
});

/** Whether a range surely has addresses of the internet: all of the special ones are in other eighths. */
function isPublic(cidr: string): boolean {
  const first = Number(cidr.split('.')[0]);
  return (first >= 32 && first < 96) || (first >= 128 && first < 160);
}

it('writes ranges as AWS keeps them', () => {
  expect(canonicalRange('10.1.2.3/8')).toBe('10.0.0.0/8');
  expect(canonicalRange('1.2.3.4/0')).toBe('0.0.0.0/0');
  expect(canonicalRange('2001:DB8:0:0::1/64')).toBe('2001:db8::/64');
  expect(canonicalRange('0:0:0:0:0:0:0:0/0')).toBe('::/0');
  expect(canonicalRange('10.1.2.3')).toBe('10.1.2.3/32');
  expect(canonicalRange('sg-1')).toBe('sg-1');
  expect(isEveryone('9.9.9.9/0')).toBe(true);
});
