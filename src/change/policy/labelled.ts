/** Policies of which one call adds a statement by a label, and another replaces all: those of topics, queues and event buses. */
import type { Json } from '../../cloudtrail/json.js';
import type { Description, State } from '../change.js';
import { stateOf, type Subject } from '../request/subject.js';
import { policyDeleted, policySummarised, summaryFor } from './resource.js';

/** What one labelled statement begins, and the call that removes it ends. */
export function permissionState(subject: Subject, label: string, letsInOthers: boolean): State {
  const state = stateOf(subject, `has permission ${label}`);
  return letsInOthers ? { ...state, part: permissionsPart(subject) } : state;
}

/** A whole policy. If it lets in nobody else, every permission of others is over; else one of them may still be in it. */
export function wholePolicy(subject: Subject, policy: Json, own: string | null): Description {
  const summary = summaryFor(subject, policy, own);
  const given = policySummarised(subject, summary);
  if (summary.outsiders !== 'none') return given;
  return { ...given, removes: [...(given.removes ?? []), permissionsPart(subject)] };
}

export function wholePolicyDeleted(subject: Subject): Description {
  const deleted = policyDeleted(subject);
  return { ...deleted, removes: [...(deleted.removes ?? []), permissionsPart(subject)] };
}

/** The permissions of others are a part of the subject. */
function permissionsPart({ key }: Subject): string {
  return `permissions of ${key}`;
}
