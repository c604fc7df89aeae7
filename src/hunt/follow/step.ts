/** A step of a chain of keys: an event that issued a key, or began a session of the console, and who made the call. */
import { actorAndHow } from '../../change/actor/actor.js';
import { callerOf } from '../../change/actor/caller.js';
import { toFollow, type ToFollow } from '../../change/actor/console-session.js';
import {
  linkTo,
  type IssuedKey,
  type IssuingEvent,
  type KeyLink,
} from '../../change/actor/issued-key.js';
import { foreignAccountOf } from '../../change/actor/name.js';
import { asSwitcher } from '../../change/actor/role-switch.js';
import { textMember } from '../../change/request/request.js';
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { callTable } from '../../rule/catalog/call-table.js';

export type Caller = ReturnType<typeof actorAndHow>;

export interface Step {
  readonly link: KeyLink;
  readonly by: Caller;
  /** The account of a caller of another account, of whom the event has no more than an ID. */
  readonly foreignAccount: string | null;
  /** Whether a service made the call that gives keys to people too. */
  readonly isForPeople: boolean;
  /** What leads on from the call; undefined if nothing does. */
  readonly next: ToFollow | undefined;
}

/** The step of an event that issued this key. Who switched roles in the console is its caller, and not the session that it began. */
export function stepOf(event: IssuingEvent, issued: IssuedKey): Step {
  const call = asSwitcher(event) ?? event;
  const by = actorAndHow(call);
  return {
    link: linkTo(event, issued),
    by,
    foreignAccount: foreignAccountOf(callerOf(call)) ?? null,
    isForPeople: givesToPeople(event),
    next: toFollow(by, event),
  };
}

const FOR_PEOPLE = 'gives-keys-to-people';
const INVOKED_BY = 'userIdentity.invokedBy';

let known: ReturnType<typeof callTable<typeof FOR_PEOPLE>> | undefined;

/** By `queries/origins.yml`. */
function givesToPeople({ userIdentity }: IssuingEvent): boolean {
  const service = textMember(userIdentity, 'invokedBy') ?? null;
  if (service === null) return false;
  known ??= callTable([FOR_PEOPLE]);
  return known((field) => (field === INVOKED_BY ? service : null)).length > 0;
}

/** The account of the caller knows the caller; that of the role may know only the caller's account. */
export function isBetter(a: Step, b: Step): boolean {
  const order =
    Number(b.by.actor.accessKey !== null) - Number(a.by.actor.accessKey !== null) ||
    Number(isOtherAccount(a)) - Number(isOtherAccount(b)) ||
    inOrder(a.link, b.link);
  return order < 0;
}

function isOtherAccount({ by }: Step): boolean {
  return by.actor.origin === 'another account';
}

/** By time; links without a time are last. */
export function inOrder(a: KeyLink, b: KeyLink): number {
  return byCodePoint(orderKey(a), orderKey(b));
}

/** Equal for equal links alone. By code point, `~` comes after every time. */
export function orderKey({ eventTime, ...rest }: KeyLink): string {
  return `${eventTime ?? '~'} ${JSON.stringify(rest)}`;
}
