/** IDs of accounts in requests. */

/**
 * The account that a text of 12 digits is; undefined for other text. A request that was XML has numbers, which lack the zeros at
 * the start.
 */
export function accountOf(text: string | undefined): string | undefined {
  if (text === undefined || !/^[0-9]{9,12}$/.test(text)) return undefined;
  return text.padStart(12, '0');
}

/** The accounts, each once, that are the texts or in the ARNs among them; without the event's own. */
export function accountsIn(texts: readonly string[], own: string | null): readonly string[] {
  const accounts = texts.flatMap(
    (text) => accountOf(/^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):/.exec(text)?.[1] ?? text) ?? [],
  );
  return [...new Set(accounts)].filter((account) => account !== own);
}
