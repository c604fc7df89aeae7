/** What an event changed, as data. `service/` computes it from the event, with a file for each kind of resource. */
import type { Json } from '../cloudtrail/json.js';
import type { Verb } from './verb.js';

/** The fields of an event that say what it changed. */
export interface ChangeEvent {
  readonly eventSource: string | null;
  readonly eventName: string | null;
  readonly recipientAccountId: string | null;
  readonly awsRegion: string | null;
  readonly userIdentity: Json;
  readonly requestParameters: Json;
  readonly responseElements: Json;
  readonly additionalEventData: Json;
  readonly resources: Json;
  /** What a service did that nobody asked it for. */
  readonly serviceEventDetails?: Json;
  readonly eventType?: string | null;
  /** The VPC endpoint that the call went through. */
  readonly vpcEndpointId?: string | null;
}

/** What a describer says of a call. The call may have failed: the describer does not care. */
export interface Description {
  readonly verb: Verb;
  /** What follows the verb, as unescaped text: `tcp 22 to everyone (0.0.0.0/0) on sg-1 "web" in vpc-1`. */
  readonly object: string;
  readonly resources?: readonly ChangedResource[];
  /** Where the change lets everyone in, or lets the resource reach everyone. */
  readonly exposure?: Exposure | null;
  /** The rights that the change gives, where they are, or may come to, all. A change that only limits rights gives none. */
  readonly rights?: GivenRights | null;
  /** The accounts (12 digits) that the change gives access, in the order of the request. Whose they are is decided later. */
  readonly grantees?: readonly string[];
  /** States that begin with the change, and states that end. A later change may undo them. */
  readonly begins?: readonly State[];
  readonly ends?: readonly State[];
  /** The IDs of resources, or of parts of them, that the change deletes. All of their states end, before those of `begins` begin. */
  readonly removes?: readonly string[];
  /** Resources that go on under another name, with all of their states. */
  readonly renames?: readonly Rename[];
  /** Whether it only takes rights away: nobody can do more after it, whatever begins. */
  readonly onlyLimits?: boolean;
  /** What failed, in words, where the rest of this description leaves that out. Empty where it has no words for it. */
  readonly failed?: readonly string[];
}

/** A change, as findings show it. */
export interface Change {
  readonly action: Verb;
  /** `opened tcp 22 to everyone …`; of a failed call `tried to open tcp 22 to everyone …`. Unescaped text. */
  readonly sentence: string;
  readonly resources: readonly ChangedResource[];
  /** Null if the change gives nobody outside of the known accounts access. */
  readonly exposure: Exposure | null;
  /** Left out where the change gives fewer rights. */
  readonly rights?: GivenRights;
  readonly grantees: readonly string[];
  readonly begins: readonly State[];
  readonly ends: readonly State[];
  readonly removes: readonly string[];
  /** Left out where the change renames nothing. */
  readonly renames?: readonly Rename[];
  /** Left out where somebody may be able to do more after the change. */
  readonly onlyLimits?: true;
  /** That the call named more than a list here has. Left out where all are here. */
  readonly isCut?: true;
}

/** A resource as the event names it. `type` in the field's words: `security group`, `IAM user`, `bucket`. */
export interface ChangedResource {
  readonly type: string;
  /** What identifies it within an account and region: its ID, else its name or ARN. */
  readonly id: string;
  readonly name: string | null;
}

/** `much of the internet` is a part of it that is larger than any network that one party has: of 33 million addresses or more. */
export type ExposedPeer = 'everyone' | 'much of the internet' | 'foreign account';

/** `perhaps all`: all but some, all on a pattern of names, or rights of IAM with which one may give oneself all others. */
export type GivenRights = 'all' | 'perhaps all';

/** Others may reach the resource (`ingress`), or the resource may reach others (`egress`). */
export interface Exposure {
  readonly peer: ExposedPeer;
  readonly direction: 'ingress' | 'egress';
}

/** What states call a resource before and after, such as `user ann` and `user dana`, and the two names alone. */
export interface Rename {
  readonly resource: string;
  readonly name: string;
  readonly newResource: string;
  readonly newName: string;
}

/**
 * A state that lasts until another change ends it. Two changes are opposite if one begins and the other ends the same state.
 * `what` is for people, and equal for the opposite change: `tcp 22 open to 0.0.0.0/0`, `user exists`, `logging off`.
 */
export interface State {
  /** The ID of the resource. */
  readonly resource: string;
  readonly what: string;
  /** The ID of the part of the resource that is in this state, such as a rule of a security group: removing it ends its states. */
  readonly part?: string;
}
