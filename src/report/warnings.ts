/**
 * Every warning that a report can hold, what a reader should do about it, and what it weighs. The tables of `warnings/` are the
 * source of the warning codes and of the documentation of them, so a new warning starts with a new row there.
 */
import { DOUBTS, SMALL_DOUBTS } from './warnings/doubts.js';
import { EMPTY, GRAVE_LOSSES, LOSSES } from './warnings/losses.js';
import { NOTES, VOID } from './warnings/notes.js';

const BY_WEIGHT = {
  'grave loss': GRAVE_LOSSES,
  loss: LOSSES,
  empty: EMPTY,
  doubt: DOUBTS,
  'small doubt': SMALL_DOUBTS,
  void: VOID,
  note: NOTES,
} as const;

type Weight = keyof typeof BY_WEIGHT;

export const WARNINGS = {
  ...GRAVE_LOSSES,
  ...LOSSES,
  ...EMPTY,
  ...DOUBTS,
  ...SMALL_DOUBTS,
  ...VOID,
  ...NOTES,
} as const;

/** For scripts: a code never changes its meaning. */
export type WarningCode = keyof typeof WARNINGS;

/** The warnings that weigh so much, the gravest first. */
export function codesOf(weight: Weight): readonly WarningCode[] {
  return Object.keys(BY_WEIGHT[weight]) as readonly WarningCode[];
}

/** Whether a warning weighs so much. */
export function weighs({ code }: { readonly code: WarningCode }, weight: Weight): boolean {
  return Object.hasOwn(BY_WEIGHT[weight], code);
}

/**
 * Whether the exit code is 3 because of this warning: evidence was lost, or a zero proves nothing. `allowEmpty`: a hunt that looked at
 * nothing counts as complete.
 */
export function causesThree(warning: { readonly code: WarningCode }, allowEmpty: boolean): boolean {
  const isLoss = weighs(warning, 'grave loss') || weighs(warning, 'loss');
  return isLoss || (!allowEmpty && weighs(warning, 'empty'));
}
