/** How a person may spell an access key or an address, and how the logs may. */
import { readNetwork } from '../network/addresses.js';

/** In any case: a person gives it. `change/actor/credential-id.ts` says what events have. */
export const ACCESS_KEY = /^A(?:KIA|SIA)[A-Z0-9]{8,124}$/i;

/** As given, and in capital letters, as AWS writes them. */
export function spelledKeys(keys: readonly string[]): readonly string[] {
  const spellings = keys.flatMap((key) => (ACCESS_KEY.test(key) ? [key, key.toUpperCase()] : key));
  return [...new Set(spellings)];
}

interface SpelledAddresses {
  /** To compare as texts: also the names of services. */
  readonly texts: readonly string[];
  /** To compare as addresses. */
  readonly networks: readonly string[];
}

/** The addresses of IPv4 have a place in IPv6: `::ffff:192.0.2.7` is 192.0.2.7. */
const MAPPED = '00000000000000000000ffff';

/** The texts to look for, and the networks, each once. */
export function spelledAddresses(given: readonly string[]): SpelledAddresses {
  const spelled = given.map(spelledAddress);
  return {
    texts: [...new Set(spelled.flatMap(({ texts }) => texts))],
    networks: [...new Set(spelled.flatMap(({ networks }) => networks))],
  };
}

function spelledAddress(text: string): SpelledAddresses {
  const network = readNetwork(text);
  if (network === undefined) return { texts: [text], networks: [] };
  const { version, hex, prefix } = network;
  const isMapped = version === 6 && hex.startsWith(MAPPED) && prefix >= 96;
  if (version === 6 && !isMapped) return { texts: [text], networks: [text] };
  const digits = hex.slice(-8);
  const bits = isMapped ? prefix - 96 : prefix;
  const dotted = [0, 2, 4, 6].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)).join('.');
  const groups = [0, 4].map((at) => Number.parseInt(digits.slice(at, at + 4), 16).toString(16));
  const mapped = `::ffff:${groups.join(':')}`;
  // Only of one address both spellings are looked for, as texts. A network of IPv6 has too many for the quick pass over logs, and
  // AWS writes an address of IPv4 with dots.
  return bits === 32
    ? { texts: [text, dotted, `::ffff:${dotted}`, mapped], networks: [dotted] }
    : { texts: [text], networks: [`${dotted}/${bits}`] };
}
