/**
 * Describes what an event changed. The describers of a service are in `service`, and have a line in its `SERVICES`. A call
 * without a describer is named with all scalars of its request.
 */
import { withoutVersion } from './call-name.js';
import type { Change, ChangeEvent, Description, Rename, State } from './change.js';
import { failuresOf, withoutFailures } from './request/batch.js';
import { ownAccountOf } from './request/own-account.js';
import { describeAnyCall, describeNetworkActivity } from './fallback/describe.js';
import { SERVICES } from './service/services.js';
import { wholeKey } from './key.js';
import { shortened } from './sentence.js';
import { sentenceOf } from './verb.js';

/** What the call asked for, whether it succeeded or not; null for an event without a name. Never throws. */
export function describeChange(given: ChangeEvent, outcome: 'succeeded' | 'failed'): Change | null {
  const event = { ...given, recipientAccountId: ownAccountOf(given) ?? null };
  const whole = describeNetworkActivity(event) ?? described(event) ?? describeAnyCall(event);
  if (whole === undefined) return null;
  const failures = outcome === 'failed' ? undefined : failuresOf(event);
  const description = failures === undefined ? whole : withoutFailures(whole, failures);
  const { verb, exposure = null, rights = null, resources = [], grantees = [] } = description;
  const { begins = [], ends = [], removes = [], renames = [] } = description;
  const lists = [resources, grantees, begins, ends, removes, renames];
  return {
    action: verb,
    sentence: sentenceOf(description, outcome),
    resources: bounded(resources).map(({ type, id, name }) => ({
      type: short(type),
      id: wholeKey(id),
      name: name && short(name),
    })),
    exposure,
    ...(rights !== null && { rights }),
    grantees: bounded(grantees),
    begins: bounded(begins).map(boundedState),
    ends: bounded(ends).map(boundedState),
    removes: bounded(removes).map(wholeKey),
    ...(renames.length > 0 && { renames: bounded(renames).map(boundedRename) }),
    ...(description.onlyLimits === true && { onlyLimits: true as const }),
    ...(lists.some(({ length }) => length > MOST) && { isCut: true as const }),
  };
}

/** More than a real call has. */
const MOST = 1000;
/** The longest ARN. */
const LONGEST = 2048;

function bounded<T>(list: readonly T[]): readonly T[] {
  return list.slice(0, MOST);
}

function short(text: string): string {
  return shortened(text, LONGEST);
}

function boundedState({ resource, what, part }: State): State {
  return {
    resource: wholeKey(resource),
    what: wholeKey(what),
    ...(part !== undefined && { part: wholeKey(part) }),
  };
}

function boundedRename({ resource, name, newResource, newName }: Rename): Rename {
  return {
    resource: wholeKey(resource),
    name: wholeKey(name),
    newResource: wholeKey(newResource),
    newName: wholeKey(newName),
  };
}

/** Whether the call has a describer of its own, for this request. */
export function described(event: ChangeEvent): Description | undefined {
  const { eventName, eventSource } = event;
  if (eventName === null) return undefined;
  const name = withoutVersion(eventName);
  // A log may name `__proto__`.
  const known = Object.hasOwn(SERVICES, eventSource ?? '')
    ? SERVICES[eventSource ?? '']
    : undefined;
  for (const describers of known ?? []) {
    const description = Object.hasOwn(describers, name) ? describers[name]?.(event) : undefined;
    if (description !== undefined) return description;
  }
  return undefined;
}
