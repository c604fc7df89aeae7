/** Warnings about registered partitions that are missing and need not be a loss. */
import { dayName, spanName } from '../../../cloudtrail/time/day-span.js';
import type { Warning } from '../../../report/report.js';
import type { LackingPair, Registration } from '../../../table/partitions/gaps/registered.js';
import { warn } from '../../assemble/warnings/warnings.js';

/** A company has thousands of accounts and regions, and most of them are quiet. */
const MOST_PAIRS = 10;
const MOST_SPANS = 4;

/** At most two warnings, each of bounded length. */
export function registrationWarnings({ lacking, awaited }: Registration): readonly Warning[] {
  const messages = [
    ...(awaited === undefined
      ? []
      : [
          `${dayName(awaited)}: no partition of this day is registered yet, so nothing of it was read`,
        ]),
    ...(lacking.length === 0
      ? []
      : [
          `no partition for days that other accounts or regions have: ${listed(lacking.map(pairText), 'pairs')}`,
        ]),
  ];
  return messages.map((message) => warn('PARTITIONS_MISSING', message));
}

function pairText({ name, days }: LackingPair): string {
  const spans = days.slice(0, MOST_SPANS).map((span) => spanName(span) ?? '');
  const more = days.length - MOST_SPANS;
  return `${name} ${[...spans, ...(more > 0 ? [`and ${more} more spans`] : [])].join(', ')}`;
}

function listed(texts: readonly string[], what: string): string {
  const more = texts.length - MOST_PAIRS;
  return [
    ...texts.slice(0, MOST_PAIRS),
    ...(more > 0 ? [`and ${more} more ${what} of account and region`] : []),
  ].join('; ');
}
