/** A row of the sheet on completeness: one fact. */
export interface Row {
  readonly name?: string | null;
  readonly number?: number | null;
  readonly from?: string | null;
  readonly until?: string | null;
  readonly note?: string | null;
}
