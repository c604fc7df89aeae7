/**
 * Texts that say that a call did not fail. Logs have no `errorCode` then, but exports write an empty text, or how their program
 * writes a missing value. No error code of AWS looks like one of these.
 */

/** The fields of a failed call, by column. */
export const ERROR_COLUMNS: ReadonlySet<string> = new Set(['errorcode', 'errormessage']);

/** In lower case. */
export const NO_ERROR: readonly string[] = ['', '-', 'null', 'none', 'nan', 'n/a'];

/** Whether the text of an error field stands for no error. */
export function isNoError(text: string): boolean {
  return NO_ERROR.includes(text.toLowerCase());
}
