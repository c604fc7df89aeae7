/** Who did something and how: the person, pipeline or service behind the principal, and what sent the call. */
import { textMember } from '../request/request.js';
import { shortened, shortenedOrNull } from '../sentence.js';
import { callerOf, type CallEvent } from './caller.js';
import { carrierOf, type Carrier } from './carrier.js';
import { classOf, type ChangeClass } from './class.js';
import { ownFlags, type HowFlag } from './flags.js';
import { delegateOf, federatedBy, nameOf, roleOf, type Behind } from './name.js';
import { originOf, type Confidence, type Origin } from './origin.js';
import { toolTextOf } from './tool.js';

export interface Actor {
  /** For people: `user/ann`, `ann@example.com`, `root`, `role/Admin (session ci-42)`, `rds.amazonaws.com`. */
  readonly name: string;
  /** The principal's ARN, or its ID. */
  readonly principal: string | null;
  /** The name of the role, without its path. */
  readonly role: string | null;
  readonly session: string | null;
  readonly accessKey: string | null;
  /** Null where the log does not say: in the sessions of roles it says only that MFA was shown. */
  readonly mfa: boolean | null;
  readonly origin: Origin;
  /** The service that used the actor's rights. */
  readonly via: string | null;
  /**
   * Who is behind a session: the person, pipeline or service whose calls issued its key. Null where the events that issued it
   * are not in the logs, or where the session itself names its person. The records of a federated user, and of a company with
   * delegated access, say it alone.
   */
  readonly behind: Behind | null;
}

export interface How {
  readonly carrier: Carrier;
  /** `Terraform 1.1.2, provider 3.76.1`; null without a user agent. */
  readonly tool: string | null;
  readonly class: ChangeClass;
  /** How far the origin and the carrier can be trusted. */
  readonly confidence: { readonly origin: Confidence; readonly carrier: Confidence };
  /** What deserves a second look. Most need other events, and are known only when all of them have been read. */
  readonly flags: readonly HowFlag[];
}

/** Computed from the event alone, so that every engine gives the same. */
export function actorAndHow(event: CallEvent): { readonly actor: Actor; readonly how: How } {
  const caller = callerOf(event);
  const { origin, confidence: ofOrigin } = originOf(caller);
  const carried = carrierOf(caller);
  const delegate = delegateOf(caller);
  const own = nameOf(caller, origin);
  return {
    actor: {
      name: shortened(delegate === undefined ? own : `${delegate.name} as ${own}`, LONGEST),
      principal: shortenedOrNull(
        caller.arn ?? textMember(event.userIdentity, 'principalId'),
        LONGEST,
      ),
      role: shortenedOrNull(roleOf(caller), LONGEST),
      session: shortenedOrNull(caller.session, LONGEST),
      accessKey: shortenedOrNull(caller.accessKey, LONGEST),
      mfa: caller.mfa ?? null,
      origin,
      via: shortenedOrNull(caller.invokedBy, LONGEST),
      // Other events mostly say who is behind, so that it is known only after all of them have been read.
      behind: delegate ?? federatedBy(caller) ?? null,
    },
    how: {
      carrier: carried.carrier,
      tool: caller.agent === undefined ? null : toolTextOf(caller.agent),
      class: classOf({ origin, confidence: ofOrigin }, carried),
      confidence: { origin: ofOrigin, carrier: carried.confidence },
      flags: ownFlags(caller),
    },
  };
}

/** The length of the longest ARN. An attacker may choose these texts, and the report repeats them. */
const LONGEST = 2048;
