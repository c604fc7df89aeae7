/** A record that was parsed, as the prefilter sees it (`requirement.ts`). */
import type { JsonObject } from '../../cloudtrail/json.js';
import type { AnyText, KnownRecord, DistinguishingField } from '../../cloudtrail/requirement.js';
import { accountText } from '../../cloudtrail/spelling/account.js';
import { memberOf } from '../../cloudtrail/spelling/names.js';
import { TextSearch } from './text-search.js';

export class ParsedRecord implements KnownRecord {
  readonly #event: JsonObject;
  readonly #search: TextSearch | undefined;

  /** `event` has CloudTrail's names. `text` is the text of the record only where the event is the whole of it. */
  constructor(event: JsonObject, { isWhole }: { readonly isWhole: boolean }, text: string) {
    this.#event = event;
    this.#search = isWhole ? new TextSearch(text) : undefined;
  }

  valueOf(field: DistinguishingField): string | null | undefined {
    const value = memberOf(this.#event, field);
    // This one is read from what is left over beside the columns, where keys match in more ways.
    if (value === undefined || value === null)
      return field === 'managementEvent' ? undefined : null;
    if (typeof value === 'boolean') return String(value);
    if (typeof value !== 'string') return undefined;
    return field === 'recipientAccountId' ? accountText(value) : value;
  }

  /** An event inside of another value may stand there packed, or with escapes of its own. */
  mayHold(required: AnyText): boolean {
    return this.#search?.mayHold(required) ?? true;
  }
}
