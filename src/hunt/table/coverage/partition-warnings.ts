/** Warnings about registered partitions that are missing and need not be a loss. */
import { dayName, spanName } from '../../../cloudtrail/time/day-span.js';
import type { Warning } from '../../../report/report.js';
import type { LackingPair, Registration } from '../../../table/partitions/gaps/registered.js';
import { warn } from '../../../report/warn.js';
import { firstFew } from '../../../text/first-few.js';

/** A company has thousands of accounts and regions, and most of them are quiet. */
const MOST_PAIRS = 10;
const PAIRS = { separator: '; ', what: 'pairs of account and region' };
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
          `no partition for days that other accounts or regions have: ${firstFew(lacking.map(pairText), MOST_PAIRS, PAIRS)}`,
        ]),
  ];
  return messages.map((message) => warn('PARTITIONS_MISSING', message));
}

function pairText({ name, days }: LackingPair): string {
  const spans = days.map((span) => spanName(span) ?? '');
  return `${name} ${firstFew(spans, MOST_SPANS, { what: 'spans' })}`;
}
