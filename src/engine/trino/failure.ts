/** A statement that Trino accepted and could not run. */
import { HuntError } from '../../errors.js';

export interface TrinoError {
  readonly queryId: string;
  /**
   * Such as `TABLE_NOT_FOUND`. Source: https://github.com/trinodb/trino, class StandardErrorCode.
   */
  readonly errorName: string;
  /** USER_ERROR, INTERNAL_ERROR, INSUFFICIENT_RESOURCES or EXTERNAL. */
  readonly errorType: string;
  /** Trino's message. */
  readonly reason: string;
}

export class TrinoFailure extends HuntError {
  readonly queryId: string;
  readonly errorName: string;
  readonly errorType: string;
  readonly reason: string;

  constructor({ queryId, errorName, errorType, reason }: TrinoError) {
    super('ENGINE', `Trino could not run the query: ${errorName}: ${reason}`);
    this.queryId = queryId;
    this.errorName = errorName;
    this.errorType = errorType;
    this.reason = reason;
  }
}
