/** A row of a table of warnings. A warning weighs what the table weighs that has its row. */

interface WarningMeaning {
  /** What the warning says about the numbers of the report. */
  readonly meaning: string;
  readonly whatToDo: string;
}

export type WarningMeanings = Readonly<Record<string, WarningMeaning>>;
