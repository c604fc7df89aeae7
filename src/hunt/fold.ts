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
  const own = rows.flatMap((row) => {
    const stage = toldOf(n, row['stages'] ?? '');
    return stage === null ? [] : [{ row, stage: Number(stage) }];
  });
  const events = sum(own, 'events');
  return {
    events,
    passed: Array.from({ length: tests }, (_, test) =>
      sum(
        own.filter(({ stage }) => stage > test),
        'events',
      ),
    ),
    repeated: sum(own, 'records') - events,
    conflicting: sum(
      own.filter(({ row }) => row['conflicting'] === 'true'),
      'events',
    ),
    undated: sum(
      own.filter(({ row }) => isUndated(row)),
      'events',
    ),
    omitted: sum(
      own.filter(({ row }) => numbersIn(row['omitted'] ?? '').includes(n)),
      'events',
    ),
    // What a copy matches is missed by no other.
    missed: own.filter(({ stage }) => stage < tests).flatMap(({ row }) => missedBy(row, n)),
  };
}

/** The rules in a text that tells numbers: ` 1 3`. */
export function numbersIn(told: string): readonly number[] {
  return told.split(' ').slice(1).map(Number);
}

/** What a text tells of rule `n` that tells something of several: ` 1=this 3=that`. Null where nothing. */
export function toldOf(n: number, told: string): string | null {
  const own = told.split(' ').find((one) => one.startsWith(`${n}=`));
  return own?.slice(own.indexOf('=') + 1) ?? null;
}

/** One a test: of several copies that failed the same test, the first by principal, agent and account. */
function missedBy(row: Row, n: number): readonly Missed[] {
  const copies = parseJson(row['missed'] ?? '[]') as unknown as readonly MissedCopy[];
  // Keys are made for the sake of their order, which one copy alone has already.
  const sorted =
    copies.length === 1 ? copies : copies.toSorted((a, b) => byCodePoint(keyOf(a), keyOf(b)));
  const first = new Map(sorted.toReversed().map((copy) => [toldOf(n, copy.tests), copy]));
  return [...first].flatMap(([test, { principal, agent, account }]) =>
    test === null
      ? []
      : {
          test: Number(test),
          undated: isUndated(row),
          principal,
          agent,
          account,
          events: count(row['events']),
        },
  );
}

interface MissedCopy extends Pick<Missed, 'principal' | 'agent' | 'account'> {
  /** For each rule of which the copy fails one test alone, which one: ` 1=4 3=0`. */
  readonly tests: string;
}

function keyOf({ principal, agent, account }: MissedCopy): string {
  return JSON.stringify([principal, agent, account]);
}

function isUndated(row: Row): boolean {
  return row['undated'] === 'true';
}

function sum(rows: readonly { readonly row: Row }[], column: string): number {
  return rows.reduce((total, { row }) => total + count(row[column]), 0);
}

function count(text: string | null | undefined): number {
  return Number(text ?? 0);
}
