/** How many files or rules were skipped, and why, in words. The reasons are in the plural where a reader counts them. */
import type { SkipCount } from './report.js';

const SINGULAR: readonly (readonly [plural: RegExp, one: string])[] = [
  [/^files that are no rules$/, 'file that is no rule'],
  [/^filters that apply/, 'filter that applies'],
  [/(polic|quer)ies$/, '$1y'],
  [/\b(rule|correlation|pack|helper|model|table)s\b/, '$1'],
];

/** `4 rules about other logs`, `1 rule about other logs`. */
export function skipText({ reason, count }: SkipCount): string {
  if (count !== 1) return `${count} ${reason}`;
  const [plural, one] = SINGULAR.find(([words]) => words.test(reason)) ?? [];
  return `1 ${plural === undefined || one === undefined ? reason : reason.replace(plural, one)}`;
}
