/** The kinds of records in the window, for the report. */
import { nullLast } from '../../../cloudtrail/canonical.js';
import type { EventCategory } from '../../../cloudtrail/kind.js';
import { instantText } from '../../../cloudtrail/time/time.js';
import type { KindCount } from '../../../dump/dump.js';
import type { EventKind } from '../../../report/completeness/completeness.js';

const ORDER: readonly EventCategory[] = ['management', 'data', 'network activity', 'unknown'];

/** Management events first, then data events and network activity by service, those of further services last. */
export function eventKinds(counts: readonly KindCount[]): readonly EventKind[] {
  return counts
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.category) - ORDER.indexOf(b.category) ||
        nullLast(a.eventSource, b.eventSource),
    )
    .map(({ category, eventSource, records, first, last }) => ({
      category,
      eventSource,
      records,
      first: instantText(first),
      last: instantText(last),
    }));
}
