/** How hunt reaches a table in Trino. */
import type { TrinoTarget } from '../../../hunt/table/trino.js';
import type { CommandContext } from '../../context.js';
import type { TrinoTableTarget } from './target.js';

/** What a hunt sets for its queries. A command that only looks at a table leaves both out. */
interface TrinoRun {
  readonly signal: AbortSignal;
  /** The number of bytes that all queries may read together. */
  readonly maxScan?: number | undefined;
  readonly onProgress?: TrinoTarget['onProgress'] | undefined;
}

/** The table of the target; user and password come from the URL and the environment. */
export function trinoSettings(
  { url, config }: TrinoTableTarget,
  environment: CommandContext['environment'],
  { signal, maxScan, onProgress = () => undefined }: TrinoRun,
): TrinoTarget {
  return {
    url,
    environment,
    columns: config?.columns ?? new Map(),
    roles: config?.partitions.roles ?? new Map(),
    named: config?.partitions.named,
    signal,
    maxScan,
    onProgress,
  };
}
