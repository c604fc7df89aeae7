/** Ranges of addresses in the permissions of a log: how they are written, and how much of the internet they contain. */
import { NOT_PUBLIC_NETWORKS, readNetwork, type Network } from '../../network/addresses.js';
import { remembering } from '../../memory/remembering.js';
import type { Exposure } from '../change.js';

/** The addresses of a range, as numbers. */
interface Range {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;
const MULTICAST: Network = { version: 4, hex: 'e0000000', prefix: 4 };
/** IPv4 addresses that nobody on the internet has: who lets all others in lets everyone in. */
const NOBODY = [...NOT_PUBLIC_NETWORKS, MULTICAST]
  .filter(({ version }) => version === 4)
  .map(rangeOf);
/** All addresses of IPv6 that networks on the internet can have. */
const GLOBAL_IPV6_BITS = 3;
const GLOBAL_IPV6 = rangeOf({ version: 6, hex: '2'.padEnd(32, '0'), prefix: GLOBAL_IPV6_BITS });

/**
 * The ranges that contain every address on the internet, of IPv4 or of IPv6; none if some address is missing. A range that
 * contains all of them alone (`0.0.0.0/0`, `1.2.3.4/0`, `::/0`) leaves out the others; else they may do it together.
 */
export function everyoneIn(cidrs: readonly string[]): readonly string[] {
  const alone = cidrs.filter(isEveryone);
  if (alone.length > 0) return alone;
  return ([4, 6] as const).flatMap((version) => {
    const ofVersion = cidrs.filter((cidr) => rangesOf([cidr])[0]?.version === version);
    return areEveryone(rangesOf(ofVersion)) ? ofVersion : [];
  });
}

/** A log has few ranges, each many times. */
const RANGES = { most: 10_000, longest: 100 };

/** Whether one range contains everyone. */
export const isEveryone = remembering((cidr) => areEveryone(rangesOf([cidr])), RANGES);

/** Networks with so few bits are wide: nobody has a network of that size. Of IPv6 some providers have one of 16 bits. */
const WIDE = { 4: 7, 6: 15 } as const;
/** The same, of networks that are no part of the internet: whole blocks of these are private. */
const WIDE_ELSEWHERE = { 4: 3, 6: 4 } as const;
const FRACTIONS = ['all', 'half', 'a quarter', 'an eighth'];

/** How much a wide range contains: `half of the internet`, `everyone`. Undefined for one that somebody may have. */
export const breadthOf = remembering((cidr): string | undefined => {
  const network = readNetwork(cidr.trim());
  if (network === undefined) return undefined;
  if (isEveryone(cidr)) return 'everyone';
  const { version, prefix } = network;
  const isPublic = isOnInternet(network);
  if (prefix > (isPublic ? WIDE : WIDE_ELSEWHERE)[version]) return undefined;
  const bits = isPublic && version === 6 ? prefix - GLOBAL_IPV6_BITS : prefix;
  const internet = version === 6 ? 'the IPv6 internet' : 'the internet';
  return `${FRACTIONS[bits] ?? `1/${2 ** bits}`} of ${isPublic ? internet : `all IPv${version} addresses`}`;
}, RANGES);

/** A range in a sentence: `half of the internet (0.0.0.0/1)`. `shown` is the range as it is shown. */
export function rangeText(range: string, shown = range): string {
  const breadth = breadthOf(range);
  return breadth === undefined ? shown : `${breadth} (${shown})`;
}

/** A range in a state. All addresses, written as all do, need no words. */
export function rangeState(range: string, shown = range): string {
  const breadth = /\/0+$/.test(range.trim()) ? undefined : breadthOf(range);
  return breadth === undefined ? shown : `${shown} (${breadth})`;
}

/** The wide ranges first, so that a long list does not hide them. */
export function wideFirst(ranges: readonly string[]): readonly string[] {
  const rank = (range: string): number => Number(breadthOf(range) === undefined);
  return ranges.toSorted((a, b) => rank(a) - rank(b));
}

/** Whom the ranges let in together; null where they are networks that somebody may have. */
export function exposureTo(
  ranges: readonly string[],
  direction: Exposure['direction'] = 'ingress',
): Exposure | null {
  if (everyoneIn(ranges).length > 0) return { peer: 'everyone', direction };
  const isWide = (range: string): boolean => {
    const network = breadthOf(range) === undefined ? undefined : readNetwork(range.trim());
    return network !== undefined && isOnInternet(network);
  };
  return ranges.some(isWide) ? { peer: 'much of the internet', direction } : null;
}

/** A range as AWS keeps it, without the bits behind the prefix: `10.0.0.0/8` for `10.1.2.3/8`. Other text stays as it is. */
export const canonicalRange = remembering((cidr) => {
  const network = readNetwork(cidr.trim());
  if (network === undefined) return cidr;
  const { version, prefix } = network;
  const hex = rangeOf(network)
    .first.toString(16)
    .padStart(BITS[version] / 4, '0');
  return `${version === 4 ? dotted(hex) : shortest(hex)}/${prefix}`;
}, RANGES);

function dotted(hex: string): string {
  return (hex.match(/../g) ?? []).map((octet) => Number.parseInt(octet, 16)).join('.');
}

/** A URL writes an IPv6 address in its shortest form. */
function shortest(hex: string): string {
  const groups = hex.match(/..../g) ?? [];
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function isOnInternet(network: Network): boolean {
  const range = rangeOf(network);
  return network.version === 6
    ? range.first <= GLOBAL_IPV6.last && range.last >= GLOBAL_IPV6.first
    : !covered(range, NOBODY);
}

/** Whether ranges of one version contain every address on the internet. */
function areEveryone(ranges: readonly Range[]): boolean {
  if (ranges[0] === undefined) return false;
  return ranges[0].version === 6
    ? covered(GLOBAL_IPV6, ranges)
    : covered({ version: 4, first: 0n, last: 0xffff_ffffn }, [...ranges, ...NOBODY]);
}

function covered(whole: Range, ranges: readonly Range[]): boolean {
  let missing = whole.first;
  for (const { first, last } of ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1)))
    if (first <= missing && last >= missing) missing = last + 1n;
  return missing > whole.last;
}

function rangesOf(cidrs: readonly string[]): readonly Range[] {
  return cidrs.flatMap((cidr) => {
    const network = readNetwork(cidr.trim());
    return network === undefined ? [] : [rangeOf(network)];
  });
}

function rangeOf({ version, hex, prefix }: Network): Range {
  const size = 1n << BigInt(BITS[version] - prefix);
  const first = (BigInt(`0x${hex}`) / size) * size;
  return { version, first, last: first + size - 1n };
}
