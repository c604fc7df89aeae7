/** Counts the uses of instances' credentials in findings, which come in the order of reports. */
import type { InstanceUse } from '../change/actor/instance-credentials.js';
import { byCodePoint } from '../cloudtrail/canonical.js';

/** Uses that are told apart. Only a hostile log has findings with more. */
const MOST_USES = 20_000;

export class InstanceUses {
  readonly #uses = new Map<string, InstanceUse>();

  add(use: InstanceUse): void {
    const { account, instance, accessKey, address, agent } = use;
    const key = JSON.stringify([account, instance, accessKey, address, agent]);
    const known = this.#uses.get(key);
    if (known !== undefined)
      this.#uses.set(key, {
        ...known,
        first: least(known.first, use.first),
        last: most(known.last, use.last),
        events: known.events + use.events,
      });
    else if (this.#uses.size < MOST_USES) this.#uses.set(key, use);
  }

  list(): readonly InstanceUse[] {
    return [...this.#uses.values()];
  }
}

function least(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return byCodePoint(a, b) <= 0 ? a : b;
}

function most(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return byCodePoint(a, b) >= 0 ? a : b;
}
