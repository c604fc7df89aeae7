/**
 * Texts that say that a call did not fail. Logs have no `errorCode` then, but exports write an empty text, or how their program
 * writes a missing value, and Managed Grafana writes the status of HTTP (`200`). No error code of AWS looks like one of these.
 */

/** The fields of a failed call, by column. */
export const ERROR_COLUMNS: ReadonlySet<string> = new Set(['errorcode', 'errormessage']);

const SIGNS = String.raw`[- \t\r\n.,'"\\/#<>(){}\[\]]*`;

/** A regular expression for the whole text in lower case, which JavaScript, DuckDB and Trino read alike. */
export const NO_ERROR_PATTERN = `${SIGNS}(n|null|none|nan|na|n/a|nil|undefined|false|0|2[0-9][0-9]|ok|success)?${SIGNS}`;

const noError = new RegExp(`^(?:${NO_ERROR_PATTERN})$`);

/** Whether the text of an error field stands for no error. */
export function isNoError(text: string): boolean {
  // Messages may be long, and both runs of signs could match the same text.
  return text.length < 100 && noError.test(text.toLowerCase());
}
