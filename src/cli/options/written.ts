/** A value as the user wrote it, with the option or the key of `hunt.yml` that has it, for error messages. */
export interface Written {
  readonly text: string;
  /** `--since`, or `hunt.yml: since`. */
  readonly where: string;
}
