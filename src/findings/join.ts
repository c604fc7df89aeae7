/** Joins the entries of one event: an event is one finding, however many records and rules matched. */
import { nullLast } from '../cloudtrail/canonical.js';
import type { TextStore } from '../spill/text-store.js';
import { byEvent, byText, inOrder, isSameEvent } from './entry.js';
import type { Entry, EntryMatch } from './entry.js';

/**
 * The entry of two neighbours in the order of reports, or undefined if they are two findings. Equal records without an eventID
 * become one entry that counts them.
 */
export function joinNeighbours(a: Entry, b: Entry, texts: TextStore): Entry | undefined {
  if (isSameEvent(a, b)) return joinRecords(a, b, texts);
  if (a.eventID !== null || inOrder(a, b, texts) !== 0) return undefined;
  const matches = joinMatches([...a.matches, ...b.matches], (one, other) => ({
    ...(byStatement(one, other, texts) <= 0 ? one : other),
    count: one.count + other.count,
  }));
  return { ...a, matches };
}

/** The entry of two entries of one event. It shows the record that sorts first, and so does each rule. */
export function joinRecords(a: Entry, b: Entry, texts: TextStore): Entry {
  const difference = byEvent(a, b, texts);
  const [shown, other] = difference <= 0 ? [a, b] : [b, a];
  const { matches, ...record } = other;
  const others = difference === 0 ? matches : matches.map((match) => ({ record, ...match }));
  const recordOf = (match: EntryMatch) => match.record ?? shown;
  const order = (one: EntryMatch, another: EntryMatch): number =>
    byEvent(recordOf(one), recordOf(another), texts) || byStatement(one, another, texts);
  return {
    ...shown,
    matches: joinMatches([...shown.matches, ...others], (one, another) =>
      order(one, another) <= 0 ? one : another,
    ),
  };
}

/** One match for each rule, in the order of the rules. */
function joinMatches(
  all: readonly EntryMatch[],
  join: (a: EntryMatch, b: EntryMatch) => EntryMatch,
): readonly EntryMatch[] {
  const byRule = new Map<number, EntryMatch>();
  for (const match of all) {
    const known = byRule.get(match.rule);
    byRule.set(match.rule, known === undefined ? match : join(known, match));
  }
  return [...byRule.values()].toSorted((a, b) => a.rule - b.rule);
}

/** Orders what a rule says of equal records. It may differ, because a rule also sees how the log writes the time. */
function byStatement(a: EntryMatch, b: EntryMatch, texts: TextStore): number {
  return nullLast(a.severity, b.severity) || byText(a.alert, b.alert, texts);
}
