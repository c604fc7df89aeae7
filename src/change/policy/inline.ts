/** What it means for a user, group, role or permission set to get an inline policy. */
import type { Description } from '../change.js';
import { stateOf, type Subject } from '../request/subject.js';
import type { PolicySummary } from './summary.js';

/** The state of who has an inline policy that gives all rights. `has` is the state of who has one that does not. */
export function withAllRights(has: string): string {
  return `${has} with administrator rights`;
}

/**
 * The policy replaces the one of its name: all rights end with one that gives fewer. One that may give as many rights as the one
 * before, because it cannot be read or gives all but some, ends nothing.
 */
export function inlineStates(
  subject: Subject,
  has: string,
  summary: PolicySummary | undefined,
): Pick<Description, 'rights' | 'begins' | 'ends'> {
  const rights = summary?.rights ?? null;
  const few = [stateOf(subject, has)];
  const all = [stateOf(subject, withAllRights(has))];
  if (rights === 'all') return { rights, begins: all };
  return summary?.mayGiveAll === false
    ? { rights, begins: few, ends: all }
    : { rights, begins: few };
}
