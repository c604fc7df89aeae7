/** Tests of IP addresses, as matches of their hexadecimal digits: neither engine's own network types are needed. */
import type { Network } from '../../rule/addresses.js';
import type { Dialect } from '../dialect/dialect.js';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const IPV4 = `${OCTET}[.]${OCTET}[.]${OCTET}[.]${OCTET}`;

const GROUP = '[0-9a-fA-F]{1,4}';
/** Colons and groups, `::` at most once; a dotted tail is not taken for an address. */
const IPV6 = [
  `(${GROUP}:){7}${GROUP}`,
  `(${GROUP}:){1,7}:`,
  ...[6, 5, 4, 3, 2, 1].map((before) => `(${GROUP}:){1,${before}}(:${GROUP}){1,${7 - before}}`),
  `:((:${GROUP}){1,7}|:)`,
].join('|');

/** Whether a text is an address in one of the networks; NULL where it is no address. */
export function inNetworks(text: string, networks: readonly Network[], dialect: Dialect): string {
  return dialect.matches(addressDigits(text, dialect), networks.map(pattern).join('|'));
}

/** Whether a text is an address; NULL where it is none. */
export function isAddress(text: string, dialect: Dialect): string {
  return dialect.matches(text, `${IPV4}|${IPV6}`);
}

/** The address's hexadecimal digits, 8 of IPv4 and 32 of IPv6; NULL where the text is no address. */
function addressDigits(text: string, dialect: Dialect): string {
  const octets = [1, 2, 3, 4].map((part) => dialect.hexByte(`split_part(${text}, '.', ${part})`));
  return (
    `CASE WHEN ${dialect.matches(text, IPV4)} THEN ${octets.join(' || ')} ` +
    `WHEN ${dialect.matches(text, IPV6)} THEN ${longDigits(text, dialect)} END`
  );
}

/** `::` stands for as many zeros as are missing. */
function longDigits(text: string, dialect: Dialect): string {
  const part = (number: number): string => {
    const groups = `split_part(${text}, '::', ${number})`;
    return `CASE WHEN ${groups} = '' THEN '' ELSE ${dialect.paddedGroups(groups)} END`;
  };
  const tail = `CASE WHEN ${text} LIKE '%::%' THEN ${part(2)} ELSE '' END`;
  return `lower(rpad(${part(1)}, 32 - CAST(length(${tail}) AS INTEGER), '0') || ${tail})`;
}

/** All the digits of the addresses in a network. */
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
