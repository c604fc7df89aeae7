/** Which address ranges contain every address. */
import { isIP } from 'node:net';

/** Whether a CIDR range has a prefix of zero bits: `0.0.0.0/0`, `1.2.3.4/0`, `::/0`, `0:0:0:0:0:0:0:0/0`. */
export function isEveryone(cidr: string): boolean {
  const [address = '', prefix = '', ...rest] = cidr.trim().split('/');
  return rest.length === 0 && /^0+$/.test(prefix) && isIP(address) !== 0;
}
