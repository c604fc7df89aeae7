/**
 * The names of calls that hunt knows, by service. No list has all of AWS, and AWS adds calls every week: an unknown name is no mistake
 * by itself.
 */
import { readFileSync } from 'node:fs';
import { PACKAGE } from '../../package-files.js';

/** A name, and the services that have a call of it. */
export interface KnownName {
  readonly name: string;
  readonly services: readonly string[];
}

export interface CallNames {
  /** The names of a service, which is `eventSource` without `.amazonaws.com`. */
  readonly services: ReadonlyMap<string, readonly string[]>;
  /** By the name in lower case: more than one where only the case of letters differs. */
  readonly byName: ReadonlyMap<string, readonly KnownName[]>;
}

let known: CallNames | undefined;

/** They are read where a rule of a user is checked, and not for the rules that come with hunt. */
export function callNames(): CallNames {
  return (known ??= read());
}

let file: string | undefined;

function text(): string {
  return (file ??= readFileSync(new URL('data/calls.txt', PACKAGE), 'utf8'));
}

/** The calls of one service. To read those of all takes longer than some hunts. */
export function callsOf(service: string): readonly string[] {
  const begin = `\n${service} `;
  // An eventSource of a hostile log may have any text.
  const at = /^[\w.-]+$/.test(service) ? text().indexOf(begin) : -1;
  if (at === -1) return [];
  const end = text().indexOf('\n', at + begin.length);
  return text()
    .slice(at + begin.length, end === -1 ? undefined : end)
    .split(' ');
}

function read(): CallNames {
  const services = new Map<string, readonly string[]>();
  const owners = new Map<string, string[]>();
  for (const line of text().split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [service = '', ...names] = line.split(' ');
    services.set(service, names);
    for (const name of names) {
      const own = owners.get(name);
      if (own === undefined) owners.set(name, [service]);
      else own.push(service);
    }
  }
  const byName = new Map<string, KnownName[]>();
  for (const [name, own] of owners) {
    const key = name.toLowerCase();
    const others = byName.get(key);
    if (others === undefined) byName.set(key, [{ name, services: own }]);
    else others.push({ name, services: own });
  }
  return { services, byName };
}

/** A name without the version of its API: CloudTrail writes `CreateFunction20150331`, `DeleteDistribution2020_05_31`. */
export function withoutVersion(name: string): string {
  return name.replace(/(?:19|20)\d\d_?\d\d_?\d\d(?:v\d{1,2})?$/, '');
}

/** `AttachRDSInstance` → `Attach`, `RDS`, `Instance`. */
export function wordsOf(name: string): readonly string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
}

/** A word of a single name may be a name's own. */
const LEAST_NAMES = 2;

let words: ReadonlySet<string> | undefined;

/** Whether several names have the word, as `Security`. One that no name has is probably misspelt. */
export function isWordOfNames(word: string): boolean {
  return (words ??= frequentWords()).has(word);
}

function frequentWords(): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const names of callNames().byName.values())
    for (const { name } of names)
      for (const word of new Set(wordsOf(name))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...counts].flatMap(([word, count]) => (count < LEAST_NAMES ? [] : word)));
}
