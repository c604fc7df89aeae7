/** IP networks: how their text is read, and which networks are not part of the public internet. */
import { isIPv4, isIPv6 } from 'node:net';

export interface Network {
  readonly version: 4 | 6;
  /** The network's address in hexadecimal: 8 digits for IPv4, 32 for IPv6. */
  readonly hex: string;
  /** The number of leading bits that an address of the network shares with it. */
  readonly prefix: number;
}

/** The network of a text such as `10.0.0.0/8`, `2001:db8::/32` or a single address; undefined if it is not one. */
export function readNetwork(text: string): Network | undefined {
  const [, address, bits] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  if (address === undefined) return undefined;
  const version = isIPv4(address) ? 4 : isIPv6(address) ? 6 : undefined;
  if (version === undefined) return undefined;
  const most = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : Number(bits);
  return prefix > most ? undefined : { version, hex: addressHex(address), prefix };
}

/** Whether a text is an IP address. An IPv6 address with a dotted tail or a zone does not count. */
export function isAddress(text: string): boolean {
  return isIPv4(text) || (isIPv6(text) && /^[0-9a-fA-F:]+$/.test(text));
}

/** An address in hexadecimal: 8 digits for IPv4, 32 for IPv6. The text must be an address. */
function addressHex(address: string): string {
  if (isIPv4(address)) return octets(address);
  const dotted = /[0-9.]+\.[0-9.]+$/.exec(address)?.[0];
  const plain =
    dotted === undefined
      ? address
      : `${address.slice(0, -dotted.length)}${octets(dotted).replace(/^(.{4})/, '$1:')}`;
  const [before = '', after] = plain.split('::');
  const head = groups(before);
  const tail = after === undefined ? [] : groups(after);
  const zeros = Array<string>(8 - head.length - tail.length).fill('0000');
  return [...head, ...zeros, ...tail].join('').toLowerCase();
}

/** The network of an address, as one provider or office usually has it: `203.0.113.0/24`, or the 64 bits of a network of IPv6. */
export function smallNetwork(address: string): string {
  const hex = addressHex(address);
  if (hex.length === 8)
    return `${[0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join('.')}.0/24`;
  return `${[0, 4, 8, 12].map((at) => hex.slice(at, at + 4)).join(':')}::/64`;
}

function octets(address: string): string {
  const number = address.split('.').reduce((sum, octet) => 256 * sum + Number(octet), 0);
  return number.toString(16).padStart(8, '0');
}

function groups(text: string): readonly string[] {
  return text === '' ? [] : text.split(':').map((group) => group.padStart(4, '0'));
}

/** Networks whose addresses everybody may give to machines inside of a network. */
const INSIDE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

/**
 * Networks that IANA's registries of special-purpose addresses mark as not globally reachable.
 * Sources: https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry
 */
const SPECIAL = [
  ...INSIDE,
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '240.0.0.0/4',
  '::/127',
  '::ffff:0:0/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  'fe80::/10',
];

/** The address space that carriers share, and that machines inside of a network have too: neither private nor public. */
const SHARED = ['100.64.0.0/10'];

export const PRIVATE_NETWORKS: readonly Network[] = SPECIAL.map(trustedNetwork);
export const NOT_PUBLIC_NETWORKS: readonly Network[] = [...SPECIAL, ...SHARED].map(trustedNetwork);
const INSIDE_NETWORKS = [...INSIDE, ...SHARED].map(trustedNetwork);

/** Whether a text is an address in one of the networks. */
export function isInNetworks(text: string, networks: readonly Network[]): boolean {
  if (!isAddress(text)) return false;
  const hex = addressHex(text);
  return networks.some(
    (network) =>
      network.hex.length === hex.length &&
      firstBits(network.hex, network.prefix) === firstBits(hex, network.prefix),
  );
}

/** Whether a text is an address that only the machines of its own network know: private, or shared by carriers. */
export function isInsideNetwork(text: string): boolean {
  return isInNetworks(text, INSIDE_NETWORKS);
}

function firstBits(hex: string, count: number): bigint {
  return BigInt(`0x${hex}`) >> BigInt(hex.length * 4 - count);
}

/** A network of the lists above. Its text is not checked: the first call of Node's `isIPv6` takes milliseconds of every start. */
function trustedNetwork(text: string): Network {
  const [address = '', bits] = text.split('/');
  const version = address.includes(':') ? 6 : 4;
  return { version, hex: addressHex(address), prefix: Number(bits) };
}
