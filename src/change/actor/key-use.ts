/** What a finding says of the use of its key, to compare it with the other uses of the key and of its principal. */
import { cut } from '../../text/cut.js';
import { shortened } from '../sentence.js';
import type { Actor, How } from './actor.js';
import { isOfAws } from './carrier.js';
import { providerVersionOf } from './tool.js';
import { isSessionKey } from './credential-id.js';

export interface KeyUse {
  /** The key, with its principal: in some published logs all keys are equal. */
  readonly key: string;
  /** The role, or else the principal, with its account. */
  readonly principal: string;
  /** `yes` where AWS says that the session comes from the console, `maybe` where the log does not tell. */
  readonly console: 'yes' | 'maybe' | 'no';
  /** Null where AWS made the call with the caller's rights, or for itself. */
  readonly program: Program | null;
}

export interface Program {
  readonly isTerraform: boolean;
  readonly tool: string;
  readonly address: string | null;
  /** The version of Terraform's provider. */
  readonly version: string | null;
}

interface Event {
  readonly eventType: string | null;
  readonly recipientAccountId: string | null;
  readonly sourceIPAddress: string | null;
  readonly userAgent: string | null;
}

/** In UTF-16 units. An attacker may choose these texts. */
const LONGEST = 256;
const LONGEST_PRINCIPAL = 2048;

/** What tells keys apart. */
export function keyOf(accessKey: string, principal: string | null): string {
  return JSON.stringify([accessKey, principal]);
}

/** Undefined where the event has no key. */
export function keyUseOf(
  event: Event,
  { actor, how }: { readonly actor: Actor; readonly how: How },
): KeyUse | undefined {
  if (actor.accessKey === null) return undefined;
  const isTerraform = how.carrier === 'terraform';
  return {
    key: keyOf(actor.accessKey, actor.principal),
    principal: cut(
      JSON.stringify([event.recipientAccountId, actor.role ?? actor.principal]),
      LONGEST_PRINCIPAL,
    ),
    console: consoleOf(event, { actor, how }),
    program: isSentByAws(actor, how)
      ? null
      : {
          isTerraform,
          tool: shortened(how.tool ?? 'no user agent', LONGEST),
          address: event.sourceIPAddress && shortened(event.sourceIPAddress, LONGEST),
          version: isTerraform ? providerVersionOf(event.userAgent ?? '') : null,
        },
  };
}

function consoleOf(
  { eventType }: Event,
  { actor: { accessKey, origin }, how }: { readonly actor: Actor; readonly how: How },
): KeyUse['console'] {
  // A program may call the sign-in page too, so such a call does not show that the key was used in the console.
  if (origin === 'console person') return eventType === 'AwsConsoleSignIn' ? 'no' : 'yes';
  return how.class !== 'console' && isSessionKey(accessKey ?? '') ? 'maybe' : 'no';
}

function isSentByAws({ via }: Actor, { carrier }: How): boolean {
  return via !== null || isOfAws(carrier);
}
