/** Which findings are replaced: a correction of their record is a finding too, and shows the same change with more data. */
import { byCodePoint } from '../cloudtrail/canonical.js';
import type { Entry } from './entry.js';

/** Only a hostile log has more corrections. */
const MOST = 50_000;

export class Corrections {
  /** By the key of what is corrected for a rule: the place of the last correction in the order of reports. */
  #last = new Map<string, string>();

  add(entry: Entry): void {
    if (entry.corrects === null) return;
    const place = placeOf(entry);
    for (const { rule } of entry.matches) {
      const key = keyOf(entry.corrects, entry, rule);
      if ((this.#last.get(key) ?? '') < place) this.#last.set(key, place);
    }
    if (this.#last.size > 2 * MOST) this.#cut();
  }

  /**
   * Which entries are replaced. A rule that matches only the original keeps it. Of several corrections of one record the last
   * one stays. Corrections of other records replace no corrections, so that one of a change always stays. If several originals
   * have the same ID, only the first is replaced. So this is for one pass over the entries, in the order of reports.
   */
  replaced(): (entry: Entry) => boolean {
    this.#cut();
    const last = this.#last;
    const firsts = new Map<string, string | null>();
    return (entry) => {
      if (last.size === 0) return false;
      const { corrects, eventID, matches } = entry;
      const place = corrects === null ? '' : placeOf(entry);
      const isReplaced = matches.every(
        ({ rule }) => (last.get(keyOf(corrects ?? eventID, entry, rule)) ?? '') > place,
      );
      if (!isReplaced || corrects !== null) return isReplaced;
      const key = keyOf(eventID, entry);
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, entry.eventTime);
      return first === undefined || first === entry.eventTime;
    };
  }

  /** Keeps the same ones in whatever order they come. */
  #cut(): void {
    if (this.#last.size > MOST)
      this.#last = new Map(
        [...this.#last].toSorted(([a], [b]) => byCodePoint(a, b)).slice(0, MOST),
      );
  }
}

function keyOf(
  corrected: string | null,
  { eventName, recipientAccountId }: Entry,
  rule?: number,
): string {
  return JSON.stringify([corrected, eventName, recipientAccountId, rule]);
}

/** Sorts as the order of reports: an event without a time is last. */
function placeOf({ eventTime, eventID }: Entry): string {
  return JSON.stringify([eventTime ?? '~', eventID]);
}
