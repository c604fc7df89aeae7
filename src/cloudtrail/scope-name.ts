/** The names of accounts and regions, as reports show them. */

/** Account IDs have 12 characters, and names of regions about as many. */
const LONGEST = 64;

/** The name. An empty one names nothing. One that is too long is cut: a hostile log may have names of megabytes. */
export function scopeName(name: string | null): string | null {
  if (name === null || name === '') return null;
  if (name.length <= LONGEST) return name;
  // A slice would keep the whole text in memory, so this is a copy.
  const start = Buffer.from(name.slice(0, LONGEST), 'utf16le').toString('utf16le');
  return `${start.toWellFormed()}…`;
}
