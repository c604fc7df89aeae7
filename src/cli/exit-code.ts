/** The exit codes. `docs/reports.md` says for schedulers what each command means by them. */

export const EXIT = {
  complete: 0,
  /** There is what a scheduler should hear of: findings, a difference, a failed test of a rule. */
  findings: 1,
  /** No report: a wrong option, rule or path, or a failure. Or something could not be checked. */
  failure: 2,
  /** The report is written, but some evidence is missing or could not be read, or nothing was looked at. */
  incomplete: 3,
  interrupted: 130,
} as const;
