/** Takes the records that a hunt watches for, in any order and repeatedly, and gives what they say in the order of time. */
import type { EventFields, EventMeaning } from '../report/finding.js';
import type { EndingEvent } from '../report/ending-event.js';
import type { Delivery } from './deliveries/delivery.js';
import type { Fact } from './facts/fact.js';
import { readDelivery } from './deliveries/read-delivery.js';
import { WatchedEndings } from './watched-endings.js';
import { watchedIn, type Watched } from './watched.js';

/** Only a hostile log has more. The earliest are kept. */
const MOST = 20_000;
/** A trail of a large company writes so many files in weeks. Of more, nothing is said. */
const MOST_DELIVERIES = 1_000_000;

/** What the logs say of themselves. */
export interface WatchedLogs {
  /** In the order of time, each event once. */
  readonly events: readonly Watched[];
  /** Delivered log files and digests, each once, in no order. Empty where they are too many to compare. */
  readonly deliveries: readonly Delivery[];
  /** In the order of time. */
  readonly endings: readonly EndingEvent[];
}

export class WatchedEvents {
  /** By the event: delivery is at least once. */
  #events = new Map<
    string,
    { readonly at: number; readonly order: string; readonly facts: readonly Watched[] }
  >();
  readonly #deliveries = new Map<string, Delivery>();
  readonly #endings = new WatchedEndings();
  #areTooMany = false;

  /** Adds an event that is not watched, for what it ends alone. */
  addEnding(event: EventFields, meaning: EventMeaning): void {
    this.#endings.add(event, meaning);
  }

  add(event: EventFields, meaning: EventMeaning): void {
    this.#endings.add(event, meaning);
    const facts = watchedIn(event, meaning);
    const [first] = facts;
    if (first === undefined) return;
    if (first.fact.kind === 'delivery') {
      const { bucket, key } = first.fact;
      return this.#deliver({ bucket, key, at: first.at });
    }
    const { eventID, eventName } = first.by;
    const order = `${rankOf(first.fact)} ${JSON.stringify(facts)}`;
    const key =
      eventID === null ? order : JSON.stringify([eventID, eventName, first.account, first.at]);
    const known = this.#events.get(key);
    // Records of one event may differ. The first in order is kept, so that the order of files does not matter.
    if (known !== undefined && known.order <= order) return;
    this.#events.set(key, { at: first.at, order, facts });
    if (this.#events.size > 2 * MOST)
      this.#events = new Map(
        [...this.#events].toSorted(([, a], [, b]) => inOrder(a, b)).slice(0, MOST),
      );
  }

  /** Adds a record if it is of a delivery; false for a record of which an event must be made. */
  addDelivery(record: { readonly body: string; readonly eventTime: string | null }): boolean {
    const delivery = readDelivery(record);
    if (delivery !== undefined && delivery !== false) this.#deliver(delivery);
    return delivery !== false;
  }

  watched(): WatchedLogs {
    return {
      events: [...this.#events.values()]
        .toSorted(inOrder)
        .slice(0, MOST)
        .flatMap(({ facts }) => facts),
      deliveries: this.#areTooMany ? [] : [...this.#deliveries.values()],
      endings: this.#endings.endings(),
    };
  }

  /** A file that is delivered again replaces itself. */
  #deliver(delivery: Delivery): void {
    if (this.#areTooMany) return;
    const key = `${delivery.bucket}/${delivery.key}`;
    const known = this.#deliveries.get(key);
    if (known === undefined || delivery.at < known.at) this.#deliveries.set(key, delivery);
    this.#areTooMany = this.#deliveries.size > MOST_DELIVERIES;
    if (this.#areTooMany) this.#deliveries.clear();
  }
}

/** CloudTrail tells seconds. Within one, things begin before they end. */
function rankOf(fact: Fact): number {
  if (fact.kind === 'effect') return 3;
  if (fact.kind !== 'trail') return 1;
  return fact.call === 'created' ? 0 : fact.call === 'stopped' || fact.call === 'deleted' ? 2 : 1;
}

function inOrder(
  a: { readonly at: number; readonly order: string },
  b: { readonly at: number; readonly order: string },
): number {
  return a.at - b.at || (a.order < b.order ? -1 : Number(a.order > b.order));
}
