/** What a hunt looks at: local dumps, or a table elsewhere. */
import { HuntError } from '../../errors.js';
import type { AthenaTarget } from '../../hunt/table/athena.js';
import type { TrinoTarget } from '../../hunt/table/trino.js';
import { awsSettings } from './aws-settings.js';
import type { Config } from './config.js';
import type { AthenaConfig, TrinoConfig } from './table-config.js';
import type { RemoteOptions } from './table-options.js';
import type { World } from '../world.js';

export type Target =
  | { readonly kind: 'local'; readonly paths: readonly string[] }
  | { readonly kind: 'athena'; readonly athena: AthenaTarget }
  | { readonly kind: 'trino'; readonly url: string; readonly config: TrinoConfig | undefined };

/** As the command line says, else as the configuration does. Throws a HuntError where they say more than one thing. */
export function targetOf(
  paths: readonly string[],
  options: RemoteOptions,
  config: Pick<Config, 'paths' | 'athena' | 'trino'> | undefined,
  environment: World['environment'],
): Target {
  const asked = [
    paths.length > 0 && 'paths',
    options.athena !== undefined && '--athena',
    options.trino !== undefined && '--trino',
  ].filter((what) => what !== false);
  if (asked.length > 1)
    throw new HuntError('USAGE', `${asked.join(' and ')}: one of them at a time`);
  if (paths.length > 0) return { kind: 'local', paths };
  if (options.athena !== undefined) return athenaTarget(options, config?.athena, environment);
  if (options.trino !== undefined) return trinoTarget(options, config?.trino);
  const configured = [
    config !== undefined && config.paths.length > 0 && 'paths',
    config?.athena?.table !== undefined && 'athena',
    config?.trino?.url !== undefined && 'trino',
  ].filter((what) => what !== false);
  if (configured.length > 1)
    throw new HuntError(
      'USAGE',
      `the configuration names ${configured.join(' and ')}: say which with a path, --athena or --trino`,
    );
  if (configured[0] === 'athena') return athenaTarget(options, config?.athena, environment);
  if (configured[0] === 'trino') return trinoTarget(options, config?.trino);
  return { kind: 'local', paths: config?.paths ?? [] };
}

/** A table in Trino, with who asks from the environment. */
export function trinoTargetOf(
  { url, config }: Extract<Target, { readonly kind: 'trino' }>,
  { environment }: Pick<World, 'environment'>,
  signal: AbortSignal,
): TrinoTarget {
  return {
    url,
    environment,
    columns: config?.columns ?? new Map(),
    roles: config?.partitions ?? new Map(),
    signal,
    maxScan: undefined,
    onProgress: () => undefined,
  };
}

function athenaTarget(
  options: RemoteOptions,
  config: AthenaConfig | undefined,
  environment: World['environment'],
): Target {
  const table = typeof options.athena === 'string' ? options.athena : config?.table;
  if (table === undefined)
    throw new HuntError(
      'USAGE',
      '--athena: name a table, database.table, here or in hunt.yml: athena: { table }',
    );
  return {
    kind: 'athena',
    athena: {
      table,
      workgroup: options.workgroup ?? config?.workgroup ?? 'primary',
      output: options.results ?? config?.output,
      columns: config?.columns ?? new Map(),
      roles: config?.partitions ?? new Map(),
      aws: awsSettings(options, config, environment),
    },
  };
}

function trinoTarget({ trino }: RemoteOptions, config: TrinoConfig | undefined): Target {
  const url = typeof trino === 'string' ? trino : config?.url;
  if (url === undefined)
    throw new HuntError(
      'USAGE',
      '--trino: name a table, https://host:port/catalog/schema/table, here or in hunt.yml: trino: { url }',
    );
  return { kind: 'trino', url, config };
}
