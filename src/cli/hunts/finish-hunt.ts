/** What every command that hunts does after its hunt: it writes the report, and says what the exit code is. */
import { orderedReport } from '../../findings/ordered.js';
import { withAudit, type AuditSettings } from '../../report/audit/with-audit.js';
import type { Report } from '../../report/report.js';
import type { CommandContext } from '../context.js';
import { writeAndWarn } from '../reports/write-report.js';
import { exitCodeOf } from '../reports/report-exit-code.js';
import type { Preparation, PreparationRequest } from './prepare-hunt.js';

interface Finishing extends Pick<PreparationRequest, 'options'> {
  readonly preparation: Preparation;
  /** Undefined where the report is not for an audit. */
  readonly audit?: AuditSettings | undefined;
}

/** Writes and prints the report, and gives the exit code. Throws HuntErrors. */
export async function finishHunt(
  report: Report,
  { options, preparation, audit }: Finishing,
  context: CommandContext,
): Promise<number> {
  const { failOnFindings, allowEmpty, sort } = options.report;
  const { outputs, notify } = preparation;
  const ordered = orderedReport(report, sort);
  const final = audit === undefined ? ordered : withAudit(ordered, audit);
  await writeAndWarn({ report: final, outputs, notify, allowEmpty, context });
  return exitCodeOf(final, { failOnFindings, allowEmpty });
}
