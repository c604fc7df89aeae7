/** Calls of S3 whose body is not in the record: it was denied, or the request was too large. */
import type { Description } from '../../../change.js';
import type { Subject } from '../../../request/subject.js';

/** What is set, but not to what. Begins and ends nothing. */
export function unsaid(what: string, subject: Subject): Description {
  return { verb: 'set', object: `${what} of ${subject.text} (to what is not in the record)` };
}
