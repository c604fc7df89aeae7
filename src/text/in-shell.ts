/** A word as a POSIX shell reads it. Names from logs may hold anything, and people copy commands. */
export function inShell(word: string): string {
  return /^[A-Za-z0-9_./=:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
