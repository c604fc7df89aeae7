/** Reads the configuration, `hunt.yml`. With it, a scheduled `hunt --since 30d` needs no other option. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { HuntError, reasonOf } from '../../../errors.js';
import type { Report, Warning } from '../../../report/report.js';
import { warn } from '../../../report/warn.js';
import type { ExclusionChanges } from '../../../rule/exclusions/changes.js';
import { textsOf, MappingReader } from '../../../yaml/mapping.js';
import { parseYaml } from '../../../yaml/parse.js';
import { readAthenaConfig, readTrinoConfig, type AthenaConfig, type TrinoConfig } from './table.js';
import { readTimeZone } from '../time/time-zone.js';
import { readAccounts, withAccounts } from './accounts.js';
import { readNotifyConfig, type NotifyTarget } from './notify.js';
import type { TicketSettings } from '../../../disposition/tickets/ticket.js';
import { readTicketSettings } from './tickets.js';
import { readExclusionChanges } from './exclusions.js';
import { readExpect, type ExpectConfig } from './expect.js';
import { readReports, type ScheduledReport } from './reports.js';
import { readHistoryConfig, type HistoryConfig } from './history.js';
import { readVerifyConfig, type VerifyConfig } from './verify.js';
import { isWithin } from '../../files/path-within.js';

export interface Config {
  readonly path: string;
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly text: string;
  /** True where `--config` names it; false where hunt found it in the current folder. */
  readonly isNamed: boolean;
  /** Relative paths, here and in `rules` and `outputs`, start at the folder of the file. */
  readonly paths: readonly string[];
  readonly rules: readonly string[];
  readonly parameters: ReadonlyMap<string, readonly string[] | 'any'>;
  /** Names of accounts, by account ID. */
  readonly accounts: ReadonlyMap<string, string>;
  /** What it changes in the exclusions of rules that take a list of them. */
  readonly exclusions: ExclusionChanges;
  /** The file of accepted changes. */
  readonly exceptions: string | undefined;
  /** How the ticket that explains a change is found. */
  readonly tickets: TicketSettings | undefined;
  readonly outputs: readonly string[];
  /** Where messages about reports go. */
  readonly notify: readonly NotifyTarget[];
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly late: string | undefined;
  /** Of local times in reports for an audit. */
  readonly timeZone: string | undefined;
  readonly history: HistoryConfig;
  /** What must be in the logs. */
  readonly expect: ExpectConfig | undefined;
  /** Whether and how logs are checked by CloudTrail's digests. */
  readonly verify: VerifyConfig | undefined;
  readonly athena: AthenaConfig | undefined;
  readonly trino: TrinoConfig | undefined;
  /** What `hunt report` makes. */
  readonly reports: readonly ScheduledReport[];
}

/** The configuration that is read, and written, where nothing names another file. */
export const CONFIG_FILE = 'hunt.yml';
const KEYS = [
  'paths',
  'athena',
  'trino',
  'rule',
  'accounts',
  'parameters',
  'exclusions',
  'allow',
  'exceptions',
  'tickets',
  'outputs',
  'notify',
  'since',
  'until',
  'late',
  'timeZone',
  'history',
  'verify',
  'expect',
  'lookback',
  'reports',
];

/**
 * The configuration that `--config` names, else `hunt.yml` of the current folder; undefined if there is none. Throws a
 * HuntError if it cannot be read or has a mistake.
 */
export function readConfig(named: string | undefined): Config | undefined {
  const path = named ?? CONFIG_FILE;
  if (named === undefined && !existsSync(path)) return undefined;
  return configIn(readBytes(path), path, named !== undefined);
}

/** The configuration in these bytes of a file. Throws a HuntError if it has a mistake. */
export function configIn(bytes: Buffer, path: string, isNamed: boolean): Config {
  const text = bytes.toString('utf8');
  const mapping = new MappingReader(parseYaml(text, path, 'CONFIG'), KEYS, {
    what: path,
    code: 'CONFIG',
  });
  const fromHere = (file: string): string => relativeTo(dirname(path), file);
  const ruleFromHere = (rule: string): string => (/\.ya?ml$/.test(rule) ? fromHere(rule) : rule);
  const accounts = readAccounts(mapping);
  return {
    path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    text,
    isNamed,
    paths: (mapping.texts('paths') ?? []).map(fromHere),
    rules: (mapping.texts('rule') ?? []).map(ruleFromHere),
    parameters: withAccounts(readParameters(mapping), accounts),
    accounts,
    exclusions: readExclusionChanges(mapping),
    exceptions:
      mapping.text('exceptions') === undefined
        ? undefined
        : fromHere(mapping.required('exceptions')),
    tickets: readTicketSettings(mapping, fromHere),
    outputs: (mapping.texts('outputs') ?? []).map(fromHere),
    notify: readNotifyConfig(mapping),
    since: mapping.text('since'),
    until: mapping.text('until'),
    late: mapping.text('late'),
    timeZone: readTimeZone(mapping),
    history: readHistoryConfig(mapping, fromHere),
    verify: readVerifyConfig(mapping, fromHere),
    expect: readExpect(mapping, accounts),
    athena: readAthenaConfig(mapping),
    trino: readTrinoConfig(mapping),
    reports: readReports(mapping, {
      pathOf: fromHere,
      ruleOf: ruleFromHere,
      accounts,
    }),
  };
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new HuntError('CONFIG', `cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** A path of the configuration, relative to the current folder. Whole paths, standard input and S3 locations stay as they are. */
function relativeTo(folder: string, file: string): string {
  const isFixed = file === '-' || file.startsWith('s3://') || isAbsolute(file);
  return isFixed || folder === '.' ? file : join(folder, file);
}

function readParameters(mapping: MappingReader): Config['parameters'] {
  const node = mapping.get('parameters');
  if (node === undefined) return new Map();
  if (node.kind !== 'map')
    return mapping.fail(
      `${mapping.what}: parameters must be a mapping of names to lists`,
      'parameters',
    );
  return new Map(
    node.entries.map(({ key, value }) => {
      const isAny = value.kind === 'scalar' && value.text === 'any';
      return [key, isAny ? 'any' : textsOf(value, `parameter ${key}`, 'CONFIG')];
    }),
  );
}

/** What a report says of the configuration; null if there is none. */
export function configUsed(config: Config | undefined): Report['source']['config'] {
  if (config === undefined) return null;
  const { path, sha256 } = config;
  return { path, sha256, accounts: [...config.accounts].map(([id, name]) => ({ id, name })) };
}

/**
 * The configuration for a hunt over these paths. A file inside a hunted path is evidence, unless `--config` names it: an
 * attacker may have written it, to hide events. It is not used, and a warning says so. Throws like `readConfig`.
 */
export function configForHunt(
  named: string | undefined,
  paths: readonly string[],
): { readonly config: Config | undefined; readonly warnings: readonly Warning[] } {
  const config = readConfig(named);
  if (config === undefined || config.isNamed || !liesInside(config.path, paths))
    return { config, warnings: [] };
  const { path } = config;
  const message = `${path} lies inside a hunted path: it is evidence, not configuration, and was ignored. To use it: --config ${path}`;
  return { config: undefined, warnings: [warn('CONFIG_IGNORED', message)] };
}

function liesInside(file: string, paths: readonly string[]): boolean {
  return paths.some((path) => path !== '-' && existsSync(path) && isWithin(file, path));
}
