/** A finding as reports have it: an event, what it means, and which rules matched it. It is a part of the model of a report. */
import type { Actor, How } from '../change/actor/actor.js';
import type { Change } from '../change/change.js';
import type { Json } from '../cloudtrail/json.js';
import type { CallKind } from '../rule/catalog/kinds.js';
import type { Severity } from '../rule/severity.js';
import type { Disposition } from './disposition.js';
import type { StoryFields } from './story.js';

/**
 * Findings in the order of the report. They may exceed memory, so this is not an array: a format iterates over them, as often
 * as it needs.
 */
export interface Findings<F = Finding> extends Iterable<F> {
  readonly length: number;
  /** The findings as JSON texts, if they are stored as such: a format that writes JSON saves parsing them. */
  readonly texts?: () => Iterable<string>;
  /** The findings, each in the form that is asked for, if they are stored so that this saves work. */
  readonly items?: () => Iterable<FindingItem>;
  /** Where each finding is, if this is stored so that it need not be parsed. */
  readonly places?: () => Iterable<FindingPlace>;
}

/**
 * `rule`: by the first rule that matched, in the order of the sections. `severity`: by the highest severity that a rule gives the
 * event. Both then by time.
 */
export const FINDING_ORDERS = ['time', 'rule', 'severity'] as const;
export type FindingOrder = (typeof FINDING_ORDERS)[number];

/**
 * The fields of an event that AWS documents for its Athena table. A field that the event does not have is null. Objects are in
 * canonical form: without nulls and empty objects. Their keys are sorted, but those of AWS's structs are in CloudTrail's order.
 */
export interface EventFields {
  readonly eventID: string | null;
  /** Null for an event without a readable time. */
  readonly eventTime: string | null;
  readonly eventName: string | null;
  readonly eventSource: string | null;
  readonly awsRegion: string | null;
  readonly recipientAccountId: string | null;
  readonly sourceIPAddress: string | null;
  readonly userAgent: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly userIdentity: Json;
  readonly requestParameters: Json;
  readonly responseElements: Json;
  readonly additionalEventData: Json;
  readonly resources: Json;
  /** `true` or `false` as text. */
  readonly readOnly: string | null;
  readonly eventType: string | null;
  readonly eventCategory: string | null;
  readonly requestID: string | null;
  readonly sharedEventID: string | null;
  readonly vpcEndpointId: string | null;
  readonly vpcEndpointAccountId: string | null;
  /** `true` as text where the credential comes from a sign-in to the console. */
  readonly sessionCredentialFromConsole: string | null;
  readonly tlsDetails: Json;
  readonly serviceEventDetails: Json;
  readonly addendum: Json;
  readonly edgeDeviceDetails: Json;
  readonly eventVersion: string | null;
  readonly apiVersion: string | null;
}

/** What `hunt` tells from the event. It takes no part in the order of findings, nor in the choice among the records of an event. */
export interface EventMeaning {
  /** Whether what was asked for happened. A failed call changed nothing. */
  readonly outcome: 'succeeded' | 'failed';
  /** What the call is for, whether it succeeded or not. */
  readonly kinds: readonly CallKind[];
  readonly actor: Actor;
  readonly how: How;
  /** What the call asked for; null for an event without a name. */
  readonly change: Change | null;
}

/** An event that a rule matched, and what reading all findings together says of it. */
export interface Finding extends MatchedFinding, StoryFields {
  readonly disposition: Disposition | null;
}

/** An event that a rule matched. */
export interface MatchedFinding extends EventFields, EventMeaning {
  /** The rules that matched it, in the order of the sections. */
  readonly rules: readonly MatchedRule[];
  /** The path of the file with the event; `-` is standard input. */
  readonly source: string | null;
  /** Fields of the event that CloudTrail's documented table does not have, by dotted path. */
  readonly extra: Json;
}

/** When and where a finding was. A long account or region is cut, and still differs from every other. The path is whole. */
export type FindingPlace = Pick<
  MatchedFinding,
  'eventTime' | 'recipientAccountId' | 'awsRegion' | 'source'
>;

/** When and where each finding was, in the order of the findings. */
export function placesOf(findings: Findings<FindingPlace>): Iterable<FindingPlace> {
  return findings.places?.() ?? findings;
}

/** A stored finding. Each form is made when it is asked for. */
export interface FindingItem {
  /** JSON. */
  readonly text: () => string;
  readonly brief: () => BriefFinding;
}

/** The fields of a finding from which its story and the overview are made. The request is parsed when it is asked for. */
export type BriefFinding = Pick<
  MatchedFinding,
  | 'eventID'
  | 'eventTime'
  | 'eventName'
  | 'eventSource'
  | 'awsRegion'
  | 'recipientAccountId'
  | 'sourceIPAddress'
  | 'requestParameters'
  | 'responseElements'
  | 'outcome'
  | 'kinds'
  | 'actor'
  | 'how'
  | 'change'
> & {
  readonly rules: readonly Pick<MatchedRule, 'id'>[];
  /** The account that it happened in, also where the record does not name it; null where nothing says it. */
  readonly ownAccount: string | null;
};

/** A rule that matched an event, and what it says of it. */
export interface MatchedRule {
  readonly id: string;
  /** The rule's `DynamicSeverities` may give the event another severity than the rule has. */
  readonly severity: Severity;
  /** Null if the rule has no alert. */
  readonly alert: FindingAlert | null;
}

/** A rule's `AlertTitle`, `AlertContext` and `GroupBy`, with the event's values. */
export interface FindingAlert {
  readonly title: string | null;
  readonly context: { readonly [name: string]: Json };
  /** The values of `GroupBy`; null if the rule groups by nothing. */
  readonly group: readonly string[] | null;
}
