/** Words of the history of a resource. */
import { truncate } from '../../../text/width.js';
import { text, type Text } from '../blocks/text.js';
import { instant } from '../blocks/words.js';

/** In columns. */
export const LONGEST_NAME = 176;

/** An instant in UTC, with who made the call and the ID of its event. */
export function whenText({
  eventTime,
  eventID,
  by,
}: {
  readonly eventTime: string | null;
  readonly eventID: string | null;
  readonly by: string;
}): Text {
  const at = eventTime === null ? 'an unknown time' : instant(eventTime);
  const event = eventID === null ? [] : text` (${truncate(eventID, LONGEST_NAME)})`;
  return text`${[at]} by ${truncate(by, LONGEST_NAME)}${event}`;
}
