/** What every command that hunts does after its hunt: it delivers the report. */
import { orderedReport } from '../../findings/ordered.js';
import { withAudit, type AuditSettings } from '../../report/audit/with-audit.js';
import type { Report } from '../../report/report.js';
import type { CommandContext } from '../context.js';
import { deliver } from '../deliver.js';
import { exitCodeOf } from '../outcome.js';
import type { Preparation, PreparationRequest } from './preparation.js';

interface Delivery extends Pick<PreparationRequest, 'options'> {
  readonly preparation: Preparation;
  /** Undefined where the report is not for an audit. */
  readonly audit?: AuditSettings | undefined;
}

/** Writes and prints the report, and gives the exit code. Throws HuntErrors. */
export async function deliverReport(
  report: Report,
  { options, preparation, audit }: Delivery,
  context: CommandContext,
): Promise<number> {
  const { failOnFindings, allowEmpty, sort } = options.report;
  const { outputs, notify } = preparation;
  const ordered = orderedReport(report, sort);
  const final = audit === undefined ? ordered : withAudit(ordered, audit);
  await deliver({ report: final, outputs, notify, allowEmpty, context });
  return exitCodeOf(final, { failOnFindings, allowEmpty });
}
