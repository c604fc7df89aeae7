/** What both commands of `hunt init` say at their end: what is wrong with the logs. */
import type { Report } from '../../report/report.js';
import { safeLine, safeLines } from '../../text/safe-text.js';
import type { CommandContext } from '../context.js';
import type { HuntResult } from '../hunts/hunt-settings.js';
import type { Notify } from '../notify.js';
import { concerns, reasonsForThree } from '../reports/concerns.js';
import { exitCodeOf } from '../reports/report-exit-code.js';

/** What the logs hold, by the rules of `hunt init`. */
export interface InitHunt {
  readonly result: HuntResult;
  /** Whether logs without a record count as complete. */
  readonly allowsEmpty: boolean;
  readonly notify: Notify;
}

/** Names in the lines come from logs. */
export function* linesOf(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${safeLine(line)}\n`;
}

/** Whether nothing is known to be missing. */
export function isWhole({ result, allowsEmpty }: InitHunt): boolean {
  return reasonsForThree(ofLogs(result), allowsEmpty).length === 0;
}

/** Says what is wrong with the logs, and gives the exit code. */
export function tellCode(
  { result, allowsEmpty, notify }: InitHunt,
  { stderr }: Pick<CommandContext, 'stderr'>,
): number {
  const report = ofLogs(result);
  for (const line of concerns(report, allowsEmpty)) notify(line);
  for (const line of reasonsForThree(report, allowsEmpty)) stderr.write(`${safeLines(line)}\n`);
  return exitCodeOf(report, { failOnFindings: false, allowEmpty: allowsEmpty });
}

/** The rules are hunt's own: what is to be said about them says nothing about the logs. */
function ofLogs({ report }: HuntResult): Report {
  return { ...report, sections: [] };
}
