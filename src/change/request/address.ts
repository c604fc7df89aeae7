/** Ranges of addresses in the permissions of a log: how they are written, and which of them contain everyone. */
import { NOT_PUBLIC_NETWORKS, readNetwork, type Network } from '../../text/addresses.js';
import { remembering } from '../../text/remembering.js';

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
const GLOBAL_IPV6 = rangeOf({ version: 6, hex: '2'.padEnd(32, '0'), prefix: 3 });

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
