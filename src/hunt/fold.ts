/** From the rows of an account statement to the numbers of one rule: how far its events came, and what each test hid. */
import { byCodePoint } from '../cloudtrail/canonical.js';
import { parseJson } from '../cloudtrail/json.js';
import type { Row } from '../engine/engine.js';

/** What the rows say of one rule. Tests are numbered as in its plan: 0 is the window, then the conjuncts. */
export interface Account {
  /** Events with one of the rule's event names. */
  readonly events: number;
  /** Events that pass the tests up to and with this one. */
  readonly passed: readonly number[];
  readonly repeated: number;
  readonly conflicting: number;
  readonly undated: number;
  /** Events of which CloudTrail cut a field that the rule tests. */
  readonly omitted: number;
  readonly missed: readonly Missed[];
}

/** Events that failed one test alone, by whom, with what and where. */
export interface Missed {
  readonly test: number;
  readonly undated: boolean;
  readonly principal: string | null;
  readonly agent: string | null;
  readonly account: string | null;
  readonly events: number;
}

/** A matching record. */
export interface Copy {
  readonly body: string;
  readonly eventtime: string | null;
  readonly extra: string | null;
  readonly source: string | null;
  /** What the rule changed its severity to. */
  readonly severity: string | null;
}

/** The account of rule `n` (from 1), which has `tests` tests, the window among them. */
export function foldAccount(rows: readonly Row[], n: number, tests: number): Account {
  const own = rows.filter((row) => row[`stage_${n}`] !== null);
  const stageOf = (row: Row): number => count(row[`stage_${n}`]);
  const events = sum(own, 'events');
  return {
    events,
    passed: Array.from({ length: tests }, (_, test) =>
      sum(
        own.filter((row) => stageOf(row) > test),
        'events',
      ),
    ),
    repeated: sum(own, 'records') - events,
    conflicting: sum(
      own.filter((row) => row['conflicting'] === 'true'),
      'events',
    ),
    undated: sum(own.filter(isUndated), 'events'),
    omitted: sum(
      own.filter((row) => row[`omitted_${n}`] === 'true'),
      'events',
    ),
    missed: own.flatMap((row) => missedBy(row, n)),
  };
}

/** One a test: of several copies that failed the same test, the first by principal, agent and account. */
function missedBy(row: Row, n: number): readonly Missed[] {
  const missed = row[`missed_${n}`] ?? null;
  if (missed === null) return [];
  const copies = parseJson(missed) as unknown as readonly MissedCopy[];
  // Keys are made for the sake of their order, which one copy alone has already.
  const sorted =
    copies.length === 1 ? copies : copies.toSorted((a, b) => byCodePoint(keyOf(a), keyOf(b)));
  const first = new Map(sorted.toReversed().map((copy) => [copy.test, copy]));
  return [...first.values()].map(({ test, principal, agent, account }) => ({
    test: Number(test),
    undated: isUndated(row),
    principal,
    agent,
    account,
    events: count(row['events']),
  }));
}

interface MissedCopy extends Pick<Missed, 'principal' | 'agent' | 'account'> {
  readonly test: string;
}

function keyOf({ principal, agent, account }: MissedCopy): string {
  return JSON.stringify([principal, agent, account]);
}

function isUndated(row: Row): boolean {
  return row['undated'] === 'true';
}

function sum(rows: readonly Row[], column: string): number {
  return rows.reduce((total, row) => total + count(row[column]), 0);
}

function count(text: string | null | undefined): number {
  return Number(text ?? 0);
}
