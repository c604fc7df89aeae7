/** What a hunt reads: CloudTrail logs, or a table in Athena or Trino. */
import { HuntError } from '../../../errors.js';
import type { AthenaTarget } from '../../../hunt/table/athena.js';
import type { CommandContext } from '../../context.js';
import { awsSettings } from './aws-settings.js';
import type { Config } from '../hunt-yml/config.js';
import type { AthenaConfig, TrinoConfig } from '../hunt-yml/table.js';
import type { TableOptions } from '../flags/table-flags.js';

export interface LogsTarget {
  readonly kind: 'logs';
  /** Files, folders, `s3://…`, or `-` for standard input. May be empty. */
  readonly paths: readonly string[];
}

export interface AthenaTableTarget {
  readonly kind: 'athena';
  readonly athena: AthenaTarget;
}

export interface TrinoTableTarget {
  readonly kind: 'trino';
  /** `https://[user@]host:port/catalog/schema/table` */
  readonly url: string;
  readonly config: TrinoConfig | undefined;
}

export type TableTarget = AthenaTableTarget | TrinoTableTarget;
export type Target = LogsTarget | TableTarget;

interface TargetRequest {
  readonly paths: readonly string[];
  readonly options: TableOptions;
  readonly config: Pick<Config, 'paths' | 'athena' | 'trino'> | undefined;
  readonly environment: CommandContext['environment'];
}

/** The target of the command line, or else of the configuration. Throws a HuntError if either names several targets. */
export function targetOf(request: TargetRequest): Target {
  return namedTarget(request) ?? configuredTarget(request);
}

function namedTarget(request: TargetRequest): Target | undefined {
  const { paths, options, config } = request;
  const named = present([
    ['paths', paths.length > 0],
    ['--athena', options.athena !== undefined],
    ['--trino', options.trino !== undefined],
  ]);
  if (named.length > 1)
    throw new HuntError('USAGE', `${named.join(' and ')} exclude each other: give one of them`);
  if (paths.length > 0) return { kind: 'logs', paths };
  if (options.athena !== undefined) return athenaTarget(request);
  if (options.trino !== undefined) return trinoTarget(options.trino, config?.trino);
  return undefined;
}

function configuredTarget(request: TargetRequest): Target {
  const { config } = request;
  const configured = present([
    ['paths', config !== undefined && config.paths.length > 0],
    ['athena', config?.athena?.table !== undefined],
    ['trino', config?.trino?.url !== undefined],
  ]);
  if (configured.length > 1)
    throw new HuntError(
      'USAGE',
      `the configuration names ${configured.join(' and ')}: choose one with a path, --athena or --trino`,
    );
  if (configured[0] === 'athena') return athenaTarget(request);
  if (configured[0] === 'trino') return trinoTarget(true, config?.trino);
  return { kind: 'logs', paths: config?.paths ?? [] };
}

function present(candidates: readonly (readonly [name: string, isThere: boolean])[]) {
  return candidates.filter(([, isThere]) => isThere).map(([name]) => name);
}

function athenaTarget({ options, config, environment }: TargetRequest): AthenaTableTarget {
  const configured: AthenaConfig | undefined = config?.athena;
  const table = typeof options.athena === 'string' ? options.athena : configured?.table;
  if (table === undefined)
    throw new HuntError(
      'USAGE',
      '--athena names no table: write --athena database.table, or set athena: { table } in hunt.yml',
    );
  return {
    kind: 'athena',
    athena: {
      table,
      workgroup: options.workgroup ?? configured?.workgroup ?? 'primary',
      output: options.results ?? configured?.output,
      columns: configured?.columns ?? new Map(),
      roles: configured?.partitions.roles ?? new Map(),
      named: configured?.partitions.named,
      aws: awsSettings(options, configured, environment),
    },
  };
}

function trinoTarget(named: string | true, config: TrinoConfig | undefined): TrinoTableTarget {
  const url = typeof named === 'string' ? named : config?.url;
  if (url === undefined)
    throw new HuntError(
      'USAGE',
      '--trino names no table: write --trino https://host:port/catalog/schema/table, or set trino: { url } in hunt.yml',
    );
  return { kind: 'trino', url, config };
}
