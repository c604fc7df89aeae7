/** The exit codes of every command. The README documents them for schedulers. */

export const EXIT = {
  complete: 0,
  /** There are findings (where they are compared: new or expired ones), and the user gave `--fail-on-findings`; or a rule's own test failed; or two reports differ. */
  findings: 1,
  /** No report: a wrong option, rule or path, or a failure. */
  failure: 2,
  /** The report is written, but some evidence is missing or could not be read, or nothing was looked at. */
  incomplete: 3,
  interrupted: 130,
} as const;
