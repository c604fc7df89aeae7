/** The names of MITRE ATT&CK's tactics and techniques. */
import { readFileSync } from 'node:fs';
import { parseJson } from '../cloudtrail/json.js';
import { PACKAGE } from '../package-files.js';

interface Attack {
  /** The version that the names are from. What it revoked keeps the name that it had. */
  readonly version: string;
  readonly tactics: Readonly<Record<string, string>>;
  readonly techniques: Readonly<Record<string, string>>;
  /** What tactics were called before: `until` is the last version that called them so. */
  readonly formerly: Readonly<Record<string, { readonly name: string; readonly until: string }>>;
  /** Techniques that are no more: the one that replaced each, and the version from which on. */
  readonly revoked: Readonly<Record<string, { readonly by: string; readonly in: string }>>;
}

/** The names that travel with hunt, by ID. */
export function attackNames(): Attack {
  const file = new URL('data/attack.json', PACKAGE);
  return parseJson(readFileSync(file, 'utf8')) as unknown as Attack;
}
