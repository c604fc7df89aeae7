/** Sigma's modifiers that encode a value, because the log has the text encoded: the user data of an instance is Base64. */

/** In the order in which they apply. */
export const ENCODINGS = ['wide', 'utf16le', 'utf16be', 'utf16', 'base64', 'base64offset'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** The encoded forms of a text, which are alternatives. */
export function encode(text: string, encodings: readonly Encoding[]): readonly string[] {
  const bytes = bytesOf(text, encodings);
  return encodings.includes('base64offset') ? shifted(bytes) : [bytes.toString('base64')];
}

function bytesOf(text: string, encodings: readonly Encoding[]): Buffer {
  const little = Buffer.from(text, 'utf16le');
  if (encodings.includes('wide') || encodings.includes('utf16le')) return little;
  if (encodings.includes('utf16be')) return little.swap16();
  if (encodings.includes('utf16')) return Buffer.concat([Buffer.from([0xff, 0xfe]), little]);
  return Buffer.from(text);
}

/**
 * Base64 of a text that stands anywhere in a longer one. Three bytes are four characters, so there are three forms, each
 * without the characters at its ends that depend on the bytes around it.
 */
function shifted(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const all = Buffer.concat([Buffer.alloc(offset), bytes]);
    const whole = all.toString('base64').replace(/=+$/, '');
    const start = [0, 2, 3][offset] ?? 0;
    // The last character holds bits of the next byte, unless the bytes end with a group of three.
    return whole.slice(start, all.length % 3 === 0 ? undefined : -1);
  });
}
