/** The lines of `hunt.yml` that say where the logs are, so that `hunt` alone reads the same again. */
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { Target } from '../options/target/target.js';
import type { TableOptions } from '../options/flags/table-flags.js';
import { inShell } from '../../text/in-shell.js';
import { plain } from './words.js';

/** `file` is the configuration that is written. */
export function whereLines(target: Target, file: string): readonly string[] {
  switch (target.kind) {
    case 'logs': {
      const paths = target.paths.filter((path) => path !== '-');
      if (paths.length === 0) return ['# paths: [./logs]'];
      return [`paths: [${paths.map((path) => JSON.stringify(fromFolder(path, file))).join(', ')}]`];
    }
    case 'athena': {
      const { table, workgroup, output, aws, columns, roles, named } = target.athena;
      const keys = [
        ['table', table],
        ['workgroup', workgroup],
        ['region', aws.region],
        ['profile', aws.profile],
        ['output', output],
      ] as const;
      return [
        'athena:',
        ...keys.flatMap(([key, value]) =>
          value === undefined ? [] : [`  ${key}: ${JSON.stringify(value)}`],
        ),
        ...explained(columns.size + roles.size + (named?.size ?? 0)),
      ];
    }
    case 'trino': {
      const { url, config } = target;
      const { columns, partitions } = config ?? {};
      const size =
        (columns?.size ?? 0) + (partitions?.roles.size ?? 0) + (partitions?.named?.size ?? 0);
      return ['trino:', `  url: ${JSON.stringify(url)}`, ...explained(size)];
    }
    default:
      return target satisfies never;
  }
}

/** The options of AWS access that the file cannot have, so that they must be given again. */
export function accessFlags(
  target: Target,
  { profile, awsRegion, endpoint }: Pick<TableOptions, 'profile' | 'awsRegion' | 'endpoint'>,
): readonly string[] {
  const isS3 = target.kind === 'logs' && target.paths.some((path) => path.startsWith('s3://'));
  const flags = [
    ['--profile', isS3 ? profile : undefined],
    ['--aws-region', isS3 ? awsRegion : undefined],
    ['--endpoint', isS3 || target.kind === 'athena' ? endpoint : undefined],
  ] as const;
  return flags.flatMap(([name, value]) => (value === undefined ? [] : `${name} ${inShell(value)}`));
}

/** Relative paths in the file begin at its folder. */
function fromFolder(path: string, file: string): string {
  if (path.startsWith('s3://') || isAbsolute(path)) return path;
  const own = relative(dirname(resolve(file)), resolve(path)) || '.';
  return own.startsWith('.') ? own : `./${own}`;
}

/** A mapping of columns is the user's own text. */
function explained(settings: number): readonly string[] {
  return settings === 0
    ? []
    : [
        plain(
          '  # Copy columns and partitions from the configuration with which you ran hunt init.',
        ),
      ];
}
