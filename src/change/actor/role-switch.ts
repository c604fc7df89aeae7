/**
 * Who switched to a role in the console. The event has the new session as its caller, and names the person beside it. AWS describes
 * neither: the fields are those of published events.
 */
import type { Json } from '../../cloudtrail/json.js';
import { textMember } from '../request/request.js';
import { actorAndHow } from './actor.js';
import type { ChainStart } from './behind.js';
import type { CallEvent } from './caller.js';

/** The calls that begin a session of a role in the console, or begin it anew. */
const SWITCHES: ReadonlySet<string> = new Set(['SwitchRole', 'RenewRole']);

type Switch = Pick<CallEvent, 'eventName' | 'eventSource'>;

/** Whether an event begins a session of a role in the console, or begins it anew. */
export function isRoleSwitch({ eventName, eventSource }: Switch): boolean {
  return eventSource === 'signin.amazonaws.com' && SWITCHES.has(eventName ?? '');
}

/** Where an event of the page of sign-in says who was there before, by an ARN. */
const SWITCHED_FROM = 'SwitchFrom';

const PRINCIPAL =
  /^arn:[\w-]+:(?:iam|sts)::(?<accountId>\d{12}):(?<kind>user|assumed-role|federated-user)\/(?:.*\/)?(?<last>[^/]+)$/s;
const TYPES: ReadonlyMap<string, string> = new Map([
  ['user', 'IAMUser'],
  ['assumed-role', 'AssumedRole'],
  ['federated-user', 'FederatedUser'],
]);

/** The identity of who switched to the role, as far as its ARN says; undefined where the event names nobody. */
export function switcherIn(additionalEventData: Json): SwitcherIdentity | undefined {
  const arn = textMember(additionalEventData, SWITCHED_FROM);
  const { accountId, kind = '', last } = PRINCIPAL.exec(arn ?? '')?.groups ?? {};
  const type = TYPES.get(kind);
  if (arn === undefined || accountId === undefined || type === undefined) return undefined;
  return {
    type,
    arn,
    accountId,
    ...(kind === 'user' && last !== undefined ? { userName: last } : {}),
  };
}

export interface SwitcherIdentity {
  readonly type: string;
  readonly arn: string;
  readonly accountId: string;
  readonly userName?: string;
}

/** The event with the person who switched to the role as its caller; undefined if it is no switch, or names no person. */
export function asSwitcher<E extends CallEvent>(event: E): E | undefined {
  if (!isRoleSwitch(event)) return undefined;
  const identity = switcherIn(event.additionalEventData ?? null);
  // What has no column is of the new session.
  return identity && { ...event, userIdentity: { ...identity }, extra: null };
}

/** Who is behind the session that a switch begins; undefined where the event is no switch, or names nobody. */
export function startOfSwitch(event: CallEvent): ChainStart | undefined {
  const switcher = asSwitcher(event);
  if (switcher === undefined) return undefined;
  const { actor, how } = actorAndHow(switcher);
  const { name, principal, origin } = actor;
  // The event itself says it.
  const from = { origin, confidence: how.confidence.origin };
  return { name, principal, account: null, eventIDs: [], from, isForPeople: false };
}
