/** The settings and the result that a hunt over logs and a hunt over a table have in common. */
import type { CallCounting } from '../../query/build.js';
import type { Compared } from '../../disposition/compared.js';
import type { Following } from '../../hunt/follow/follow.js';
import type { Inputs } from '../../integrity/manifest/inputs.js';
import type { ScheduledRun } from '../../history/scheduled-run.js';
import type { LogDemands } from '../../report/completeness/expectations.js';
import type { Report, Warning } from '../../report/report.js';
import type { Selection } from '../options/rules/selection.js';

export interface HuntSettings {
  readonly selection: Selection;
  /** Whether to count every call that the filters leave, whatever the rules say. */
  readonly calls: CallCounting;
  /** How long after an event its file may still arrive, in milliseconds. */
  readonly late: number;
  /** The configuration as the report records it; null if there is none. */
  readonly config: Report['source']['config'];
  /** Warnings that are known before the hunt starts. */
  readonly warnings: readonly Warning[];
  readonly showsProgress: boolean;
  /** Whether to hash the files that are read, for a manifest. */
  readonly hashes?: boolean | undefined;
  /** The run of a schedule. */
  readonly run?: ScheduledRun | undefined;
  /** Without it, as with true. */
  readonly follow?: Following | undefined;
  /** What `hunt who` or `hunt what` asks about. */
  readonly subject?: Report['subject'] | undefined;
  /** What the findings are compared with. */
  readonly compared?: Compared | undefined;
  /** What hunt.yml asks of the logs. */
  readonly demands?: LogDemands | undefined;
}

export interface HuntResult {
  readonly report: Report;
  /** The files that were read; null if they were not hashed, and for a table. */
  readonly inputs: Inputs | null;
  /** To be called after the report is written. Until then, the hunt in Athena can be resumed. */
  readonly onWritten: () => void;
}
