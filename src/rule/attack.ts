/** The names of MITRE ATT&CK's tactics and techniques. */
import { readFileSync } from 'node:fs';
import { parseJson } from '../cloudtrail/json.js';

interface Attack {
  readonly tactics: Readonly<Record<string, string>>;
  readonly techniques: Readonly<Record<string, string>>;
}

/** The names that travel with hunt, by ID. */
export function attackNames(): Attack {
  const file = new URL('../../data/attack.json', import.meta.url);
  return parseJson(readFileSync(file, 'utf8')) as unknown as Attack;
}
