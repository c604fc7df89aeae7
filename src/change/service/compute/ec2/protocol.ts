/** Protocols in rules of security groups and network ACLs: a name, or the number of one. */

/** Numbers of the protocols that EC2 has names for. */
const NAMES = new Map(Object.entries({ 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' }));
/** Protocols that EC2 knows by their number alone. */
const OTHERS = new Map(
  Object.entries({ 4: 'IP in IP', 41: 'IPv6', 47: 'GRE', 50: 'ESP', 51: 'AH', 132: 'SCTP' }),
);

/** `tcp`, `protocol 50 (ESP)`; undefined for all protocols, and where none is given. */
export function protocolName(given: string | undefined): string | undefined {
  const word = given?.toLowerCase();
  if (word === undefined || word === '-1' || word === 'all') return undefined;
  const name = NAMES.get(word);
  if (name !== undefined || !/^[0-9]{1,3}$/.test(word)) return name ?? word;
  const other = OTHERS.get(word);
  // A number alone would read as a port.
  return `protocol ${word}${other === undefined ? '' : ` (${other})`}`;
}
