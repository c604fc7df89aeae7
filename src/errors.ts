/** The errors that a person who runs hunt sees. */

/** The kind of an error. `--debug` prints it before the message. */
export type ErrorCode = 'USAGE' | 'CONFIG' | 'RULE' | 'PATH' | 'OUTPUT' | 'ENGINE' | 'INTERRUPTED';

/** A position in a file that the person wrote; line and column count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * An error whose message is for the person: it says what is wrong, where, and what to do. The command prints the message
 * alone; every other error is a defect of hunt, and is printed as one.
 */
export class HuntError extends Error {
  readonly code: ErrorCode;
  readonly at: SourcePosition | undefined;
  /** The message without the position. */
  readonly problem: string;

  /** `at` becomes the beginning of the message: `file:line:column: …`. */
  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly at?: SourcePosition; readonly cause?: unknown } = {},
  ) {
    const position = options.at && `${options.at.file}:${options.at.line}:${options.at.column}: `;
    super(`${position ?? ''}${message}`, { cause: options.cause });
    this.name = 'HuntError';
    this.code = code;
    this.problem = message;
    this.at = options.at;
  }
}

/** The code of an error of Node or of one of its libraries, such as `ENOENT`; undefined for other errors. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The message of anything that was thrown, for a sentence that gives the reason. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
