/** Networks: how they are read, and where those that are not public begin and end. */
import { describe, expect, test } from 'vitest';
import {
  isInsideNetwork,
  NOT_PUBLIC_NETWORKS,
  PRIVATE_NETWORKS,
  readNetwork,
  type Network,
} from '../../src/network/addresses.js';
import { isPrivate, isPublic } from '../support/evaluate-address.js';

function isIn(networks: readonly Network[], address: string): boolean {
  const own = readNetwork(address);
  if (own === undefined) throw new Error(`not an address: ${address}`);
  const bits = own.hex.length * 4;
  const head = ({ hex }: Network, prefix: number): bigint =>
    BigInt(`0x${hex}`) >> BigInt(bits - prefix);
  return networks.some(
    (network) =>
      network.version === own.version &&
      head(network, network.prefix) === head(own, network.prefix),
  );
}

/** The first and the last address of each special network, and their neighbours. */
const PRIVATE =
  '0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 127.0.0.0 127.255.255.255 169.254.0.0 169.254.255.255 172.16.0.0 ' +
  '172.31.255.255 192.0.0.0 192.0.0.255 192.0.2.0 192.0.2.255 192.168.0.0 192.168.255.255 198.18.0.0 198.19.255.255 ' +
  '198.51.100.0 198.51.100.255 203.0.113.0 203.0.113.255 240.0.0.0 255.255.255.255 :: ::1 ::ffff:0:0 ::ffff:ffff:ffff ' +
  '64:ff9b:1:: 64:ff9b:1:ffff:ffff:ffff:ffff:ffff 100:: 100::ffff:ffff:ffff:ffff 2001:: 2001:1ff:ffff:: 2001:db8:: ' +
  '2001:db8:ffff:: 2002:: 2002:ffff:: 3fff:: 3fff:fff:ffff:: fc00:: fdff:: fe80:: febf::';
const PUBLIC =
  '1.0.0.0 9.255.255.255 11.0.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 ' +
  '191.255.255.255 192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0 ' +
  '203.0.112.255 203.0.114.0 239.255.255.255 ::2 ::fffe:ffff:ffff ::1:0:0:0 64:ff9b::1 64:ff9b:2:: ff:ffff:: 100:0:0:1:: ' +
  '2000:ffff:: 2001:200:: 2001:db7:ffff:: 2001:db9:: 2001:ffff:: 2003:: 3ffe:ffff:: 3fff:1000:: fbff:: fe00:: fe7f:: fec0::';

describe.each([
  { kind: 'private', addresses: PRIVATE, is: [true, false] },
  { kind: 'public', addresses: PUBLIC, is: [false, true] },
  { kind: 'neither', addresses: '100.64.0.0 100.127.255.255', is: [false, false] },
])('$kind', ({ addresses, is }) => {
  test.each(addresses.split(' '))('%s', (address) => {
    expect([isIn(PRIVATE_NETWORKS, address), !isIn(NOT_PUBLIC_NETWORKS, address)]).toEqual(is);
    expect([isPrivate(address), isPublic(address)]).toEqual(is);
  });
});

test.each([
  ['10.0.0.0/8', { version: 4, hex: '0a000000', prefix: 8 }],
  ['10.1.2.3', { version: 4, hex: '0a010203', prefix: 32 }],
  ['2001:DB8::/32', { version: 6, hex: `20010db8${'0'.repeat(24)}`, prefix: 32 }],
  ['::1', { version: 6, hex: `${'0'.repeat(31)}1`, prefix: 128 }],
  ['1:2:3:4:5:6:7::', { version: 6, hex: '00010002000300040005000600070000', prefix: 128 }],
  ['::ffff:10.0.0.1', { version: 6, hex: `${'0'.repeat(20)}ffff0a000001`, prefix: 128 }],
  ['10.0.0.0/33', undefined],
  ['::/129', undefined],
  ['10.0.0', undefined],
  ['', undefined],
])('%j is read', (text, network) => {
  expect(readNetwork(text)).toEqual(network);
});

test.each([
  ['10.0.0.1', true],
  ['172.31.255.255', true],
  ['192.168.1.1', true],
  ['100.64.0.1', true],
  ['fd00::1', true],
  ['172.32.0.1', false],
  ['100.128.0.1', false],
  ['203.0.113.9', false],
  ['2001:db8::1', false],
  ['10.evil', false],
  ['ec2.amazonaws.com', false],
])('%s is of a machine inside of a network: %s', (address, inside) => {
  expect(isInsideNetwork(address)).toBe(inside);
});
