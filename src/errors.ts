/** What went wrong, as a word that scripts can test for. */
export type ErrorCode = 'USAGE' | 'CONFIG' | 'RULE' | 'PATH' | 'OUTPUT' | 'ENGINE' | 'INTERRUPTED';

/** A place in a file that the person wrote; line and column count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The one error meant for the person: what was wrong, where, and what to do about it. */
export class HuntError extends Error {
  readonly code: ErrorCode;
  readonly at: SourcePosition | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly at?: SourcePosition; readonly cause?: unknown } = {},
  ) {
    const place = options.at && `${options.at.file}:${options.at.line}:${options.at.column}: `;
    super(`${place ?? ''}${message}`, { cause: options.cause });
    this.name = 'HuntError';
    this.code = code;
    this.at = options.at;
  }
}

/** The message of anything thrown, for a sentence that names the reason. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
