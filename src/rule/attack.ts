/** The names of MITRE ATT&CK's tactics and techniques. */
import { readFileSync } from 'node:fs';
import { PACKAGE } from '../package-files.js';

interface Attack {
  /** The version of ATT&CK. Techniques that it revoked keep their last names. */
  readonly version: string;
  readonly tactics: Readonly<Record<string, string>>;
  readonly techniques: Readonly<Record<string, string>>;
  /** Former names of tactics; `until` is the last version with the name. */
  readonly formerly: Readonly<Record<string, { readonly name: string; readonly until: string }>>;
  /** Revoked techniques: which technique replaced each, and in which version. */
  readonly revoked: Readonly<Record<string, { readonly by: string; readonly in: string }>>;
}

/** The names that come with hunt, by ID. */
export function attackNames(): Attack {
  const file = new URL('data/attack.json', PACKAGE);
  return JSON.parse(readFileSync(file, 'utf8')) as Attack;
}
