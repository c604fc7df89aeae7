/** Placeholders in the names of report files: `reports/{period}/changes.csv`. */
import { HuntError } from '../../../errors.js';
import { didYouMean } from '../../../text/did-you-mean.js';

const PLACEHOLDERS = ['period', 'date', 'report'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What stands for each placeholder; a text in words where a hunt has nothing for it. */
export type PlaceholderValues = Readonly<
  Record<Placeholder, string | { readonly missing: string }>
>;

const PATTERN = /\{([A-Za-z]+)\}/g;

/** The placeholders of a name. Throws a HuntError at one that does not exist. */
export function placeholdersOf(name: string): readonly Placeholder[] {
  return [...name.matchAll(PATTERN)].map(([, word = '']) => placeholder(word, name));
}

/** The name with a value for each placeholder. Throws a HuntError where the hunt has none. */
export function filledName(name: string, values: PlaceholderValues): string {
  return name.replaceAll(PATTERN, (_, word: string) => {
    const value = values[placeholder(word, name)];
    if (typeof value === 'string') return value;
    throw new HuntError('USAGE', `the output ${JSON.stringify(name)}: {${word}} ${value.missing}`);
  });
}

function placeholder(word: string, name: string): Placeholder {
  const known = PLACEHOLDERS.find((one) => one === word);
  if (known !== undefined) return known;
  const choices = PLACEHOLDERS.map((one) => `{${one}}`).join(', ');
  throw new HuntError(
    'USAGE',
    `the output ${JSON.stringify(name)}: there is no {${word}}, only ${choices}.${didYouMean(word, PLACEHOLDERS)}`,
  );
}
