/** Addresses for the reference evaluator: numbers of 32 or 128 bits, with what Node calls an address as the measure. */
import { isIPv4, isIPv6 } from 'node:net';
import {
  NOT_PUBLIC_NETWORKS,
  PRIVATE_NETWORKS,
  type Network,
} from '../../src/network/addresses.js';

interface Address {
  readonly bits: 32 | 128;
  readonly number: bigint;
}

/** The address that a text is; one of IPv6 with a dotted tail or a zone is none here. */
export function readAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { bits: 32, number: dotted(text) };
  return isIPv6(text) && /^[0-9a-fA-F:]+$/.test(text)
    ? { bits: 128, number: colons(text) }
    : undefined;
}

export function isInNetwork(text: string, network: string): boolean {
  const address = readAddress(text);
  const [base = '', length] = network.split('/');
  const start = readAddress(undotted(base));
  if (address === undefined || start === undefined || address.bits !== start.bits) return false;
  return shareBits(address, start.number, length === undefined ? start.bits : Number(length));
}

export function isPrivate(text: string): boolean {
  const address = readAddress(text);
  return address !== undefined && isInAny(address, PRIVATE_NETWORKS);
}

export function isPublic(text: string): boolean {
  const address = readAddress(text);
  return address !== undefined && !isInAny(address, NOT_PUBLIC_NETWORKS);
}

function isInAny(address: Address, networks: readonly Network[]): boolean {
  return networks.some(
    ({ version, hex, prefix }) =>
      address.bits === (version === 4 ? 32 : 128) && shareBits(address, BigInt(`0x${hex}`), prefix),
  );
}

function shareBits({ bits, number }: Address, start: bigint, length: number): boolean {
  const rest = BigInt(bits - length);
  return number >> rest === start >> rest;
}

/** A rule's network may have a dotted tail. */
function undotted(text: string): string {
  return text.replace(/(?<=:)[0-9]+[.][0-9.]+$/, (tail) => {
    const number = dotted(tail);
    return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
  });
}

function dotted(text: string): bigint {
  return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function colons(text: string): bigint {
  const [before = '', after] = text.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}
