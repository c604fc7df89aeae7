/** What a call says of the logs: a trail that stops, a bucket whose objects expire, a log file that CloudTrail delivered. */
import type { Choice } from '../../change/service/watching/cloudtrail/choices.js';
import type { EventFields } from '../../report/finding.js';

/** A trail is known by its home: two regions may have trails of one name. */
export interface TrailId {
  readonly name: string;
  readonly account: string | null;
  readonly region: string | null;
}

/** What a request or an answer says of a trail. What it does not mention is undefined. */
export interface TrailSettings {
  readonly bucket: string | undefined;
  readonly prefix: string | undefined;
  readonly validation: boolean | undefined;
  readonly allRegions: boolean | undefined;
  readonly organization: boolean | undefined;
  readonly globalEvents: boolean | undefined;
  readonly key: string | undefined;
}

export type Fact =
  | {
      readonly kind: 'trail';
      readonly call: 'created' | 'deleted' | 'changed' | 'started' | 'stopped';
      readonly trail: TrailId;
      /** What the request asks for. */
      readonly settings: TrailSettings;
      /** How the trail is then, as far as the answer says it. */
      readonly answered: TrailSettings;
    }
  | {
      readonly kind: 'selectors';
      readonly trail: TrailId;
      readonly choices: readonly Choice[];
      /** Which management events are chosen, in words. Undefined if none is, empty if all are. */
      readonly management: string | undefined;
    }
  | { readonly kind: 'event data store'; readonly name: string; readonly isOff: boolean }
  | { readonly kind: 'organization'; readonly name: string; readonly isOff: boolean }
  | BucketFact
  | { readonly kind: 'key'; readonly key: string; readonly isOff: boolean }
  /** Of log files and digests. */
  | { readonly kind: 'delivery' | 'deletion'; readonly bucket: string; readonly key: string }
  /** The beginning of a resource, and how it ends: an effect needs its cause before it. */
  | {
      readonly kind: 'birth' | 'cause' | 'effect';
      readonly of: 'secret' | 'key';
      readonly resource: string;
    };

export interface BucketFact {
  readonly kind: 'bucket';
  readonly bucket: string;
  readonly state:
    | 'deleted'
    | 'expiring'
    | 'old versions expiring'
    | 'kept'
    | 'versions off'
    | 'versions on'
    | 'no policy for logs'
    | 'policy for logs';
  /** In how many days its objects expire, or their old versions. */
  readonly days: number | undefined;
}

/** What a fact is read from. */
export type FactEvent = Pick<
  EventFields,
  | 'eventName'
  | 'eventSource'
  | 'awsRegion'
  | 'recipientAccountId'
  | 'requestParameters'
  | 'responseElements'
  | 'additionalEventData'
  | 'serviceEventDetails'
  | 'resources'
>;
