/** A file of rules that cannot be read at all: the mistake is where it is named, and not in the file. */
import { HuntError } from '../errors.js';

export class UnreadableFile extends HuntError {
  constructor(file: string, reason: string, cause: unknown) {
    super('RULE', `cannot read the rule ${file}: ${reason}`, {
      at: { file, line: 1, column: 1 },
      cause,
    });
  }
}
