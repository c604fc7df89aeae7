/**
 * Tests of IP addresses. The engines have different types for networks, or none, so an address becomes its hexadecimal
 * digits, and a network a regular expression over them.
 */
import type { Network } from '../../network/addresses.js';
import type { Dialect } from '../dialect/dialect.js';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const IPV4 = `${OCTET}[.]${OCTET}[.]${OCTET}[.]${OCTET}`;

const GROUP = '[0-9a-fA-F]{1,4}';
/** Groups between colons, with `::` at most once. An address with a dotted tail (`::ffff:10.0.0.1`) does not count. */
const IPV6 = [
  `(${GROUP}:){7}${GROUP}`,
  `(${GROUP}:){1,7}:`,
  ...[6, 5, 4, 3, 2, 1].map((before) => `(${GROUP}:){1,${before}}(:${GROUP}){1,${7 - before}}`),
  `:((:${GROUP}){1,7}|:)`,
].join('|');

/** Whether a text is an address in one of the networks; NULL if it is not an address. */
export function inNetworks(text: string, networks: readonly Network[], dialect: Dialect): string {
  return dialect.matches(addressDigits(text, dialect), networks.map(pattern).join('|'));
}

/** Whether a text is an address; NULL for NULL. */
export function isAddress(text: string, dialect: Dialect): string {
  return dialect.matches(text, `${IPV4}|${IPV6}`);
}

/** The hexadecimal digits of an address, 8 for IPv4 and 32 for IPv6; NULL if the text is not an address. */
function addressDigits(text: string, dialect: Dialect): string {
  const octets = [1, 2, 3, 4].map((part) => dialect.hexByte(`split_part(${text}, '.', ${part})`));
  return (
    `CASE WHEN ${dialect.matches(text, IPV4)} THEN ${octets.join(' || ')} ` +
    `WHEN ${dialect.matches(text, IPV6)} THEN ${longDigits(text, dialect)} END`
  );
}

/** The 32 digits of an IPv6 address; `::` is filled up with zeros. */
function longDigits(text: string, dialect: Dialect): string {
  const part = (number: number): string => {
    const groups = `split_part(${text}, '::', ${number})`;
    return `CASE WHEN ${groups} = '' THEN '' ELSE ${dialect.paddedGroups(groups)} END`;
  };
  const tail = `CASE WHEN ${text} LIKE '%::%' THEN ${part(2)} ELSE '' END`;
  return `lower(rpad(${part(1)}, 32 - CAST(length(${tail}) AS INTEGER), '0') || ${tail})`;
}

/** A regular expression for the digits of all addresses in a network. */
function pattern({ version, hex, prefix }: Network): string {
  const digits = version === 4 ? 8 : 32;
  const fixed = Math.floor(prefix / 4);
  const bits = prefix % 4;
  if (bits === 0) return `${hex.slice(0, fixed)}[0-9a-f]{${digits - fixed}}`;
  const mask = 0b1111 & ~(0b1111 >> bits);
  const wanted = Number.parseInt(hex[fixed] ?? '0', 16) & mask;
  const allowed = Array.from({ length: 16 }, (_, digit) => digit)
    .filter((digit) => (digit & mask) === wanted)
    .map((digit) => digit.toString(16));
  return `${hex.slice(0, fixed)}[${allowed.join('')}][0-9a-f]{${digits - fixed - 1}}`;
}
