/**
 * The table properties of partition projection: which values a partition key may have.
 * Source: https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
import type { KeyValues } from './layout.js';

/** Reads the property `projection.<column>.<property>`; undefined if it is not set, or where projection is off. */
export type Projection = (column: string, property: string) => string | undefined;

/** The most integers of a range that are listed. A longer range is treated as any value. */
const LONGEST_LIST = 10_000;

/** Whether Athena computes the partitions from the table's properties. If not, they must be registered. */
export function isProjected(properties: ReadonlyMap<string, string>): boolean {
  return lookUp(properties, 'projection.enabled')?.trim().toLowerCase() === 'true';
}

/** The reader of a table's projection properties. Their names are compared without case. */
export function projectionOf(properties: ReadonlyMap<string, string>): Projection {
  if (!isProjected(properties)) return () => undefined;
  return (column, property) => lookUp(properties, `projection.${column}.${property}`);
}

/** The projection type of a key: `enum`, `integer`, `date` or `injected`. */
export function projectedType(column: string, projection: Projection): string | undefined {
  return projection(column, 'type')?.trim().toLowerCase();
}

/** The values that a key may have. Integers are text, padded to the number of digits that the projection sets. */
export function projectedValues(column: string, projection: Projection): KeyValues {
  switch (projectedType(column, projection)) {
    case 'injected':
      return { kind: 'injected' };
    case 'enum': {
      // AWS treats white space as part of a value.
      const values = projection(column, 'values')?.split(',');
      return values ? { kind: 'listed', values } : { kind: 'any' };
    }
    case 'integer':
      return integers(column, projection);
    default:
      return { kind: 'any' };
  }
}

function integers(column: string, projection: Projection): KeyValues {
  const [first = NaN, last = NaN] = (projection(column, 'range') ?? '').split(',').map(whole);
  const step = whole(projection(column, 'interval') ?? '1');
  const digits = whole(projection(column, 'digits') ?? '1');
  const count = Math.floor((last - first) / step) + 1;
  if (!(step > 0 && count > 0 && count <= LONGEST_LIST)) return { kind: 'any' };
  const values = Array.from({ length: count }, (_, i) =>
    String(first + i * step).padStart(digits, '0'),
  );
  return { kind: 'listed', values };
}

function whole(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : NaN;
}

function lookUp(properties: ReadonlyMap<string, string>, name: string): string | undefined {
  const exact = properties.get(name);
  if (exact !== undefined) return exact;
  for (const [key, value] of properties) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}
