/** Which files inside a folder are opened, by name. A file that is named itself is opened whatever its name. */

/** The endings of log files; recognised by content once opened. */
const ENDINGS = ['.json', '.jsonl', '.ndjson', '.gz', '.gzip', '.log', '.logs', '.events'];

export type NameVerdict = 'open' | 'AppleDouble' | 'not named like a log';

/** Whether a file of a folder is worth opening: archives made on a Mac carry an AppleDouble beside each file. */
export function judgeName(path: string): NameVerdict {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (name.startsWith('._') || parts.includes('__MACOSX')) return 'AppleDouble';
  const lower = name.toLowerCase();
  return ENDINGS.some((ending) => lower.endsWith(ending)) ? 'open' : 'not named like a log';
}
