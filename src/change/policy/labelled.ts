/**
 * Policies of which one call adds or removes a statement by its label, and another replaces all: those of topics, queues and event
 * buses.
 */
import type { Json } from '../../cloudtrail/json.js';
import type { Description, State } from '../change.js';
import { stateOf, type Subject } from '../request/subject.js';
import { statementsOf, type Statement } from './document.js';
import { reachOf } from './reach.js';
import { placedPolicy, policyDeleted, policySummarised, summaryFor } from './resource.js';

/** What one labelled statement begins, and the call that removes it ends. */
export function permissionState(subject: Subject, label: string, letsInOthers: boolean): State {
  const state = stateOf(subject, `has permission ${label}`);
  return letsInOthers ? { ...state, part: permissionsPart(subject) } : state;
}

/** What the call ends that removes a statement: it may have come with a whole policy. */
export function permissionRemoved(subject: Subject, label: string): Pick<Description, 'ends'> {
  const open = PUBLIC.map((peer) => openState(subject, peer, label));
  return { ends: [permissionState(subject, label, false), ...open] };
}

/**
 * A whole policy. If it lets in nobody else, every permission of others is over; else one of them may still be in it. If one
 * statement alone lets in everyone, the state has its label, and the states that did not know it are over: nothing else would end
 * them when that statement is removed.
 */
export function wholePolicy(subject: Subject, policy: Json, own: string | null): Description {
  const summary = summaryFor(subject, policy, own);
  const given = policySummarised(subject, summary);
  const label = publicLabel(policy, own);
  const unlabelled = PUBLIC.map(placedPolicy(subject.key).openTo);
  const begins = (given.begins ?? []).map((state) => {
    const peer = PUBLIC[unlabelled.indexOf(state.what)];
    return label === undefined || peer === undefined ? state : openState(subject, peer, label);
  });
  const ends =
    label === undefined ? (given.ends ?? []) : unlabelled.map((what) => stateOf(subject, what));
  const removes = [
    ...(given.removes ?? []),
    // What this policy opens itself goes on.
    ...(summary.isReadable ? [publicPart(subject)] : []),
    ...(summary.outsiders === 'none' ? [permissionsPart(subject)] : []),
  ];
  return { ...given, begins, ends, removes };
}

/** It also ends the states of permissions that calls have added by label. */
export function wholePolicyDeleted(subject: Subject): Description {
  const deleted = policyDeleted(subject);
  const parts = [publicPart(subject), permissionsPart(subject)];
  return { ...deleted, removes: [...(deleted.removes ?? []), ...parts] };
}

/** Whom a statement with a label may let in, so that a call that has only the label can end it. */
const PUBLIC = ['everyone', 'much of the internet'] as const;

/** The label of the only statement that lets in everyone, or much of the internet; undefined if several do, or none. */
function publicLabel(policy: Json, own: string | null): string | undefined {
  const statements = statementsOf(policy, own) ?? [];
  const open = statements.filter((statement) => isPublic([statement], own));
  const [only] = open;
  if (only === undefined || open.length > 1) return undefined;
  const others = statements.filter((statement) => statement !== only);
  return isPublic(others, own) || only.id === '' ? undefined : only.id;
}

function isPublic(statements: readonly Statement[], own: string | null): boolean {
  const { toEveryone, toMuch } = reachOf(statements, own);
  return toEveryone || toMuch;
}

function openState(subject: Subject, peer: (typeof PUBLIC)[number], label: string): State {
  const what = `${placedPolicy(subject.key).openTo(peer)} (${label})`;
  return { ...stateOf(subject, what), part: publicPart(subject) };
}

/** What the statements with a label open to so many is a part of the subject. */
function publicPart({ key }: Subject): string {
  return `public statements of ${key}`;
}

/** The permissions of others are a part of the subject. */
function permissionsPart({ key }: Subject): string {
  return `permissions of ${key}`;
}
