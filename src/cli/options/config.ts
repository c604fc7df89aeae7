/** `hunt.yml`: what a bare `hunt --since 30d` needs to know. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HuntError, reasonOf } from '../../errors.js';
import { textsOf, Words } from '../../yaml/words.js';
import { parseYaml } from '../../yaml/yaml.js';
import {
  readAthenaConfig,
  readTrinoConfig,
  type AthenaConfig,
  type TrinoConfig,
} from './table-config.js';
import { liesWithin } from './within.js';

export interface Config {
  readonly path: string;
  readonly sha256: string;
  /** Named with `--config`, not merely found. */
  readonly named: boolean;
  /** Relative ones are taken from the file's own folder. */
  readonly paths: readonly string[];
  readonly rules: readonly string[];
  readonly parameters: ReadonlyMap<string, readonly string[] | 'any'>;
  readonly outputs: readonly string[];
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly late: string | undefined;
  readonly athena: AthenaConfig | undefined;
  readonly trino: TrinoConfig | undefined;
}

const DEFAULT_FILE = 'hunt.yml';
const KEYS = [
  'paths',
  'athena',
  'trino',
  'rule',
  'parameters',
  'outputs',
  'since',
  'until',
  'late',
];

/** The configuration named, or found as `hunt.yml`; undefined where there is none. Throws a HuntError on a wrong one. */
export function readConfig(named: string | undefined): Config | undefined {
  const path = named ?? DEFAULT_FILE;
  if (named === undefined && !existsSync(path)) return undefined;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new HuntError('CONFIG', `cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
  const words = new Words(parseYaml(bytes.toString('utf8'), path, 'CONFIG'), KEYS, path, 'CONFIG');
  const beside = (file: string): string =>
    file === '-' || file.startsWith('s3://') || dirname(path) === '.'
      ? file
      : join(dirname(path), file);
  const rules = words.texts('rule') ?? [];
  return {
    path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    named: named !== undefined,
    paths: (words.texts('paths') ?? []).map(beside),
    rules: rules.map((rule) => (/\.ya?ml$/.test(rule) ? beside(rule) : rule)),
    parameters: readParameters(words),
    outputs: (words.texts('outputs') ?? []).map(beside),
    since: words.text('since'),
    until: words.text('until'),
    late: words.text('late'),
    athena: readAthenaConfig(words),
    trino: readTrinoConfig(words),
  };
}

function readParameters(words: Words): Config['parameters'] {
  const node = words.get('parameters');
  if (node === undefined) return new Map();
  if (node.kind !== 'map') return words.fail('parameters must be a mapping of names to lists');
  return new Map(
    node.entries.map(({ key, value }) => {
      const isAny = value.kind === 'scalar' && value.text === 'any';
      return [key, isAny ? 'any' : textsOf(value, `parameter ${key}`, 'CONFIG')];
    }),
  );
}

/** Whether a configuration that was merely found lies inside a path to be hunted: there it is evidence. */
export function isEvidence(config: Config, paths: readonly string[]): boolean {
  if (config.named) return false;
  return paths.some((path) => path !== '-' && existsSync(path) && liesWithin(config.path, path));
}
