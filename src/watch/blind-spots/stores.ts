/** When an event data store took no events, or an organization took its trails away. */
import type { Watched } from '../watched.js';
import { Spots, type Spot } from './spots.js';

export class StoreSpots {
  readonly #spots = new Spots();

  /** To be called in the order of time. */
  add(event: Watched): void {
    const { fact, account, region } = event;
    if (fact.kind !== 'event data store' && fact.kind !== 'organization') return;
    const isStore = fact.kind === 'event data store';
    const key = JSON.stringify([fact.kind, account, isStore ? region : null, fact.name]);
    if (!fact.isOff) return this.#spots.end(key, event);
    this.#spots.begin(key, {
      cause: isStore ? 'event data store stopped' : 'organization trail removed',
      account,
      region,
      target: fact.name,
      begin: event,
      reach: isStore ? 'perhaps organization' : 'organization',
      unseen: isStore
        ? `events that only the event data store ${fact.name} has`
        : 'events of the accounts of the organization that have no trail of their own',
    });
  }

  all(): readonly Spot[] {
    return this.#spots.all();
  }
}
