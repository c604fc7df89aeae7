/** By hand, or not: the class of a change, from where the credential comes from and what sent the call. */
import type { CarrierFact } from './carrier.js';
import { isPerson, isService, type Origin, type OriginFact } from './origin.js';

export type ChangeClass =
  | 'console'
  | 'command line or SDK by a person'
  | 'infrastructure as code by a person'
  | 'automation'
  | 'service'
  /** The log cannot tell. */
  | 'unknown';

/** The class of a change by this origin, through this carrier. `queries/classes.yml` says the same as conditions. */
export function classOf(from: OriginFact, carried: CarrierFact): ChangeClass {
  const { carrier, confidence, isOrder } = carried;
  const { origin } = from;
  if (isService(origin)) return 'service';
  const person = personOf(from);
  switch (carrier) {
    case 'console':
      return 'console';
    case 'cloudshell':
      return 'command line or SDK by a person';
    case 'service':
      // Anyone may name their program like a service. What a service did for a hidden order is the principal's.
      return confidence === 'A' && isOrder !== true
        ? 'service'
        : byPerson(from, 'command line or SDK by a person');
    case 'aws internal':
      if (person === false) return 'automation';
      return person === true ? 'console' : 'unknown';
    case 'terraform':
    case 'pulumi':
    case 'cdk':
    case 'cloudformation':
      return byPerson(from, 'infrastructure as code by a person');
    // A program that runs by itself says so in its own words: nobody's credential becomes automation by that.
    case 'controller':
    case 'cli':
    case 'sdk':
    case 'agent':
    case 'unknown':
      return byPerson(from, 'command line or SDK by a person');
    default:
      return carrier satisfies never;
  }
}

function byPerson(from: OriginFact, direct: ChangeClass): ChangeClass {
  const person = personOf(from);
  if (person === false) return 'automation';
  return person === true || isUser(from.origin) ? direct : 'unknown';
}

/** Whoever assumes a role may name the session like an instance: only what AWS says of a workload counts. */
function personOf({ origin, confidence }: OriginFact): boolean | 'maybe' {
  return origin === 'workload' && confidence !== 'A' ? 'maybe' : isPerson(origin);
}

/** A user may be a person or a pipeline. It is a person until somebody says otherwise: that is the safe side. */
function isUser(origin: Origin): boolean {
  return origin === 'long-lived key' || origin === 'user session';
}
