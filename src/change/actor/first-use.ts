/** What a finding says of the habits of its actor: to find what somebody does for the first time. */
import { serviceName } from '../../cloudtrail/service-call.js';
import { isAddress, smallNetwork } from '../../network/addresses.js';
import { remembering } from '../../memory/remembering.js';
import { shortened } from '../sentence.js';
import type { Actor, How } from './actor.js';
import { isOfAws } from './carrier.js';
import { isNamedPerson, isService } from './origin.js';

/** What of a call may be new for an actor, in the order in which a report says it. */
export const HABITS = ['network', 'tool', 'call'] as const;
export type Habit = (typeof HABITS)[number];

export interface FirstUse extends Readonly<Record<Habit, string | null>> {
  /** What tells actors apart: the role or user with its account, and of a person also the session, which names the person. */
  readonly actor: string;
  /** For people. */
  readonly name: string;
}

interface Event {
  readonly recipientAccountId: string | null;
  readonly sourceIPAddress: string | null;
  readonly eventSource: string | null;
  readonly eventName: string | null;
}

/** In UTF-16 units. An attacker may choose these texts. */
const LONGEST = 256;

/** Undefined where AWS acts for itself, or where the event names nobody. */
export function firstUseOf(
  event: Event,
  { actor, how }: { readonly actor: Actor; readonly how: How },
): FirstUse | undefined {
  const principal = actor.role ?? actor.principal;
  if (principal === null || isService(actor.origin)) return undefined;
  const session = isNamedPerson(actor.origin) ? actor.session : null;
  const { sourceIPAddress: address, eventSource, eventName } = event;
  return {
    actor: shortened(JSON.stringify([event.recipientAccountId, principal, session]), 4 * LONGEST),
    name: shortened(actor.name, LONGEST),
    network: address !== null && isAddress(address) ? networkOf(address) : null,
    tool: toolName(how),
    call:
      eventName === null
        ? null
        : shortened(`${serviceName(eventSource ?? '')}:${eventName}`, LONGEST),
  };
}

/** A log has few addresses, each many times. */
const networkOf = remembering(smallNetwork, { most: 10_000 });

/** The tool without its version: `Terraform`, `Boto3`, `Chrome`. Null where AWS sent the call; but people choose CloudFormation as they choose Terraform. */
function toolName({ tool, carrier }: How): string | null {
  if (tool === null || (isOfAws(carrier) && carrier !== 'cloudformation')) return null;
  return shortened(tool.replace(/(?: v?\d[^ ,]*)?(?:,.*)?$/s, ''), LONGEST);
}
