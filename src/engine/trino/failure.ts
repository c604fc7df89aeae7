/** A statement that Trino took and could not carry out. */
import { HuntError } from '../../errors.js';

/** What Trino says of a failure; its error types are USER_ERROR, INTERNAL_ERROR, INSUFFICIENT_RESOURCES and EXTERNAL. */
export class TrinoFailure extends HuntError {
  /** Such as `TABLE_NOT_FOUND`: https://github.com/trinodb/trino, StandardErrorCode. */
  readonly errorName: string;
  readonly errorType: string;
  readonly queryId: string;

  constructor(queryId: string, errorName: string, errorType: string, message: string) {
    super('ENGINE', `Trino could not run the query: ${errorName}: ${message}`);
    this.queryId = queryId;
    this.errorName = errorName;
    this.errorType = errorType;
  }
}
