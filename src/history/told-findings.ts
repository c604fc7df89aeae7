/** Which findings earlier runs have told. The lists are read when the first finding is asked for: most runs have none. */
import type { EventFields } from '../report/finding.js';
import { identityOf } from './identity.js';
import type { HashList } from './hash-list.js';

export class ToldFindings {
  readonly #read: () => readonly HashList[];
  #lists: readonly { readonly list: HashList; readonly seen: Set<number> }[] | undefined;

  /** `read` may throw a HuntError. */
  constructor(read: () => readonly HashList[]) {
    this.#read = read;
  }

  /** Whether an earlier run told the finding of this event. */
  has(event: EventFields): boolean {
    this.#lists ??= this.#read().map((list) => ({ list, seen: new Set<number>() }));
    const identity = identityOf(event);
    for (const { list, seen } of this.#lists) {
      const place = list.placeOf(identity);
      if (place === undefined) continue;
      seen.add(place);
      return true;
    }
    return false;
  }

  /** How many findings were asked for that earlier runs have told, each once. */
  get count(): number {
    return (this.#lists ?? []).reduce((sum, { seen }) => sum + seen.size, 0);
  }
}
