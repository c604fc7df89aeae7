/** From the rows of an account statement to the numbers of one rule: how far its events came. */
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
  };
}

/** The rules in a text that tells numbers: ` 1 3`. */
export function numbersIn(told: string): readonly number[] {
  return told.split(' ').slice(1).map(Number);
}

/** What a text tells of several rules: ` 1=this 3=that`. */
export function toldIn(told: string): readonly (readonly [n: number, what: string])[] {
  return told
    .split(' ')
    .slice(1)
    .map((one) => {
      const at = one.indexOf('=');
      return [Number(one.slice(0, at)), one.slice(at + 1)];
    });
}

/** What it tells of rule `n`; null where nothing. */
export function toldOf(n: number, told: string): string | null {
  return toldIn(told).find(([number]) => number === n)?.[1] ?? null;
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
