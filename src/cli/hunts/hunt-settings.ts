/** What a hunt needs and gives, whether it reads logs or a table. */
import type { Report, Warning } from '../../report/report.js';
import type { Selection } from '../options/selection.js';

export interface HuntSettings {
  readonly selection: Selection;
  /** How long after an event its file may still arrive, in milliseconds. */
  readonly late: number;
  /** The configuration as the report records it; null where there is none. */
  readonly config: Report['source']['config'];
  /** What is known before the hunt starts. */
  readonly warnings: readonly Warning[];
  readonly showsProgress: boolean;
}

export interface HuntResult {
  readonly report: Report;
  /** To be called once the report is delivered. Until then an interrupted hunt in Athena can be resumed. */
  readonly onDelivered: () => void;
}
