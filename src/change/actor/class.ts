/** By hand, or not: the class of a change, from where the credential comes from and what sent the call. */
import type { CarrierFact } from './carrier.js';
import { isPerson, type Origin } from './origin.js';

export type ChangeClass =
  | 'console'
  | 'command line or SDK by a person'
  | 'infrastructure as code by a person'
  | 'automation'
  | 'service'
  /** The log cannot tell. */
  | 'unknown';

/** The class of a change by this origin, through this carrier. `queries/classes.yml` says the same as conditions. */
export function classOf(origin: Origin, { carrier, confidence }: CarrierFact): ChangeClass {
  if (origin === 'service' || origin === 'service-linked role') return 'service';
  const person = isPerson(origin);
  switch (carrier) {
    case 'console':
      return 'console';
    case 'cloudshell':
      return 'command line or SDK by a person';
    case 'controller':
      // The program names itself: it does not outweigh what AWS says of the credential. A user's key in it may be a person's.
      return person === true || isUser(origin) ? 'command line or SDK by a person' : 'automation';
    case 'service':
      // Anyone may name their program like a service.
      return confidence === 'A' ? 'service' : byPerson(origin, 'command line or SDK by a person');
    case 'aws internal':
      if (person === false) return 'automation';
      return person === true ? 'console' : 'unknown';
    case 'terraform':
    case 'pulumi':
    case 'cdk':
    case 'cloudformation':
      return byPerson(origin, 'infrastructure as code by a person');
    case 'cli':
    case 'sdk':
    case 'agent':
    case 'unknown':
      return byPerson(origin, 'command line or SDK by a person');
    default:
      return carrier satisfies never;
  }
}

function byPerson(origin: Origin, direct: ChangeClass): ChangeClass {
  const person = isPerson(origin);
  if (person === false) return 'automation';
  return person === true || isUser(origin) ? direct : 'unknown';
}

/** A user may be a person or a pipeline. It is a person until somebody says otherwise: that is the safe side. */
function isUser(origin: Origin): boolean {
  return origin === 'long-lived key' || origin === 'user session';
}
