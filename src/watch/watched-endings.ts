/** What watched events end, so that no report says that a bucket still has a policy if it says elsewhere that the bucket was deleted. */
import { ownAccountOf } from '../change/request/own-account.js';
import type { EndingEvent } from '../report/ending-event.js';
import type { EventFields, EventMeaning } from '../report/finding.js';

/** Only a hostile log has more. The earliest are kept. */
const MOST = 20_000;
/** In UTF-16 units. No call ends so much. */
const LONGEST = 20_000;

/** Takes events in any order and repeatedly, and gives what they end in the order of time. */
export class WatchedEndings {
  #endings = new Map<string, EndingEvent>();

  add(event: EventFields, { outcome, change }: EventMeaning): void {
    if (outcome === 'failed' || change === null || event.eventTime === null) return;
    const { begins, ends, removes } = change;
    if (ends.length + removes.length === 0) return;
    const { eventID, eventSource, awsRegion } = event;
    const at = Date.parse(event.eventTime);
    const ownAccount = ownAccountOf(event) ?? null;
    const ending = { at, eventID, eventSource, awsRegion, ownAccount, begins, ends, removes };
    // Records of one event may differ in what they end. What ends twice ends once.
    const key = JSON.stringify(ending);
    if (key.length > LONGEST) return;
    this.#endings.set(key, ending);
    if (this.#endings.size > 2 * MOST) this.#endings = new Map(this.#earliest());
  }

  endings(): readonly EndingEvent[] {
    return this.#earliest().map(([, ending]) => ending);
  }

  #earliest(): readonly (readonly [string, EndingEvent])[] {
    return [...this.#endings]
      .toSorted(([a, one], [b, other]) => one.at - other.at || (a < b ? -1 : 1))
      .slice(0, MOST);
  }
}
