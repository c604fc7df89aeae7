/** The exit codes. `docs/reports.md` says for schedulers what each command means by them. */

export const EXIT = {
  /** No loss of evidence is known. The report may still say that there are signs of one. */
  complete: 0,
  /** Something needs attention: findings, a difference, a failed test of a rule. */
  findings: 1,
  /** No report: a wrong option, rule or path, or a failure. Or something could not be checked. */
  failure: 2,
  /** The report is written, but some evidence is missing or could not be read, or nothing was looked at. */
  incomplete: 3,
  interrupted: 130,
} as const;
