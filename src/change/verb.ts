/** The verbs of changes. A finding says `opened`, and of a failed call `tried to open`, so that no attempt reads as done. */
import { onOneLine, shortened } from './sentence.js';

/** From what a call asks for to what it did. */
const PAST = {
  add: 'added',
  allow: 'allowed',
  attach: 'attached',
  block: 'blocked',
  call: 'called',
  change: 'changed',
  close: 'closed',
  create: 'created',
  delete: 'deleted',
  detach: 'detached',
  disable: 'disabled',
  enable: 'enabled',
  give: 'gave',
  import: 'imported',
  let: 'let',
  open: 'opened',
  remove: 'removed',
  replace: 'replaced',
  request: 'requested',
  run: 'ran',
  schedule: 'scheduled',
  set: 'set',
  share: 'shared',
  start: 'started',
  stop: 'stopped',
  'switch off': 'switched off',
  'switch on': 'switched on',
  take: 'took',
  tag: 'tagged',
  update: 'updated',
} as const;

/** Describers are shorter. This is for what they forget. */
const LONGEST_SENTENCE = 600;

export type Verb = keyof typeof PAST;

/** What the verb and its object say of a call that succeeded or failed. */
export function sentenceOf(
  { verb, object }: { readonly verb: Verb; readonly object: string },
  outcome: 'succeeded' | 'failed',
): string {
  const sentence = `${outcome === 'failed' ? `tried to ${verb}` : PAST[verb]} ${object}`;
  return onOneLine(shortened(sentence, LONGEST_SENTENCE)).trimEnd();
}
