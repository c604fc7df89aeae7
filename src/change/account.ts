/** IDs of accounts in requests. */

/**
 * The account that a text of 12 digits is; undefined for other text. A request that was XML has numbers, which lack the zeros at
 * the start.
 */
export function accountOf(text: string | undefined): string | undefined {
  if (text === undefined || !/^[0-9]{9,12}$/.test(text)) return undefined;
  return text.padStart(12, '0');
}
