/** Which findings are replaced: a correction of their record is a finding too, and shows the same change with more data. */
import type { Entry } from './entry.js';
import { Smallest } from './smallest.js';

/** Only a hostile log has more corrections. */
const MOST = 50_000;

export class Corrections {
  readonly #replaced = new Smallest(MOST);

  add({ corrects, eventName, recipientAccountId, matches }: Entry): void {
    if (corrects === null) return;
    for (const { rule } of matches)
      this.#replaced.add(JSON.stringify([corrects, eventName, recipientAccountId, rule]));
  }

  /**
   * Which entries are replaced. A rule that matches only the original keeps it. Corrections replace no corrections, so that one
   * of a change always stays.
   */
  replaced(): (entry: Entry) => boolean {
    const keys = this.#replaced.keys();
    return ({ corrects, eventID, eventName, recipientAccountId, matches }) =>
      keys.size > 0 &&
      corrects === null &&
      matches.every(({ rule }) =>
        keys.has(JSON.stringify([eventID, eventName, recipientAccountId, rule])),
      );
  }
}
