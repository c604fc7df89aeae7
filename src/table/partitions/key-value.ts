/** The values of partition keys. Values that are written differently may be the same: `07` and `7` of a number. */
import type { PartitionKey } from './layout.js';

/** The one spelling of a value of the key; undefined if the key's type has no such value. */
export function canonicalValue({ type }: PartitionKey, value: string): string | undefined {
  switch (type) {
    case 'text':
      return value;
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined;
    case 'number':
      return /^\d+$/.test(value) ? String(BigInt(value)) : undefined;
    default:
      return type satisfies never;
  }
}
