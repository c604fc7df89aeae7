/** The settings of a hunt in Athena or Trino, without those of its table. */
import type { TableHuntRequest } from '../../../hunt/table/hunt.js';
import type { PlanRequest } from '../../../hunt/table/plan/plan.js';
import type { QueryRunOptions } from '../../options/flags/table-flags.js';
import type { TableProgress } from '../../progress/table-progress.js';
import type { HuntSettings } from '../hunt-settings.js';

export interface TableHuntSettings {
  readonly settings: HuntSettings;
  readonly run: QueryRunOptions;
  readonly planRequest: PlanRequest;
  /** The window as the user wrote it. A hunt can be resumed only with the same texts. */
  readonly windowWords: readonly string[];
  readonly maxScan: number | undefined;
  readonly price: number;
  /** See `TableHuntRequest`. */
  readonly bucketChecks: TableHuntRequest['bucketChecks'];
  /** Writes a line to standard error, even with `--quiet`. */
  readonly say: (line: string) => void;
  readonly progress: TableProgress;
}
