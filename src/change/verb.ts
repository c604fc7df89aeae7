/** The verbs of changes. A finding says `opened`, and of a failed call `tried to open`, so that no attempt reads as done. */
import { onOneLine, shortened } from './sentence.js';

/** From what a call asks for to what it did. */
const PAST = {
  accept: 'accepted',
  activate: 'activated',
  add: 'added',
  allocate: 'allocated',
  allow: 'allowed',
  apply: 'applied',
  archive: 'archived',
  assign: 'assigned',
  associate: 'associated',
  assume: 'assumed',
  attach: 'attached',
  authorize: 'authorized',
  block: 'blocked',
  call: 'called',
  cancel: 'cancelled',
  change: 'changed',
  close: 'closed',
  confirm: 'confirmed',
  copy: 'copied',
  create: 'created',
  deactivate: 'deactivated',
  delete: 'deleted',
  deploy: 'deployed',
  deregister: 'deregistered',
  detach: 'detached',
  disable: 'disabled',
  disassociate: 'disassociated',
  enable: 'enabled',
  execute: 'executed',
  export: 'exported',
  generate: 'generated',
  give: 'gave',
  grant: 'granted',
  import: 'imported',
  invite: 'invited',
  invoke: 'invoked',
  launch: 'launched',
  leave: 'left',
  let: 'let',
  link: 'linked',
  lock: 'locked',
  merge: 'merged',
  modify: 'modified',
  monitor: 'monitored',
  move: 'moved',
  open: 'opened',
  pause: 'paused',
  promote: 'promoted',
  provision: 'provisioned',
  publish: 'published',
  purge: 'purged',
  put: 'put',
  read: 'read',
  reboot: 'rebooted',
  register: 'registered',
  reject: 'rejected',
  release: 'released',
  remove: 'removed',
  replace: 'replaced',
  request: 'requested',
  reset: 'reset',
  restore: 'restored',
  resume: 'resumed',
  retire: 'retired',
  revoke: 'revoked',
  rotate: 'rotated',
  run: 'ran',
  schedule: 'scheduled',
  send: 'sent',
  set: 'set',
  share: 'shared',
  start: 'started',
  stop: 'stopped',
  subscribe: 'subscribed',
  suspend: 'suspended',
  'switch off': 'switched off',
  'switch on': 'switched on',
  tag: 'tagged',
  take: 'took',
  terminate: 'terminated',
  transfer: 'transferred',
  unassign: 'unassigned',
  unlink: 'unlinked',
  unlock: 'unlocked',
  unsubscribe: 'unsubscribed',
  untag: 'untagged',
  update: 'updated',
  upload: 'uploaded',
} as const;

/** Describers are shorter. This is for what they forget. */
const LONGEST_SENTENCE = 600;

export type Verb = keyof typeof PAST;

export function isVerb(word: string): word is Verb {
  return Object.hasOwn(PAST, word);
}

/** What the verb and its object say of a call that succeeded or failed. */
export function sentenceOf(
  { verb, object }: { readonly verb: Verb; readonly object: string },
  outcome: 'succeeded' | 'failed',
): string {
  const sentence = `${outcome === 'failed' ? `tried to ${verb}` : PAST[verb]} ${object}`;
  return onOneLine(shortened(sentence, LONGEST_SENTENCE)).trimEnd();
}
