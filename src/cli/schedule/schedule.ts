/** What all runs of a scheduled report have in common. */
import type { Notify } from '../notify.js';
import type { FindingOrder } from '../../report/finding.js';
import type { FormatName } from '../../report/formats.js';
import type { ManifestPlan } from '../hunts/manifest/plan.js';
import type { RunOptions } from '../hunts/run-on.js';
import type { Recipients } from '../notices/recipients.js';
import type { Config } from '../options/hunt-yml/config.js';
import type { ScheduledReport } from '../options/hunt-yml/reports.js';
import type { Target } from '../options/target/target.js';

export interface Schedule {
  readonly report: ScheduledReport;
  readonly config: Config;
  readonly target: Target;
  readonly options: Pick<RunOptions, 'reading' | 'table' | 'run' | 'verify'>;
  readonly writing: {
    /** The format that is printed; undefined prints nothing. */
    readonly format: FormatName | undefined;
    readonly sort: FindingOrder;
    readonly force: boolean;
    readonly allowEmpty: boolean;
    readonly showsProgress: boolean;
  };
  readonly manifest: ManifestPlan;
  /** `mailBody` may have placeholders. */
  readonly recipients: Recipients;
  /** Whether `--now` was given. */
  readonly hasNow: boolean;
  /** Prints a line on stderr, unless the user wants quiet. */
  readonly notify: Notify;
}
