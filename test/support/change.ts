/** Describes events given in a test. */
import type { Change, ChangeEvent } from '../../src/change/change.js';
import { describeChange } from '../../src/change/describe.js';
import { Pairing } from '../../src/story/pairing.js';
import { distinct } from '../../src/story/state-key.js';
import type { Json, JsonObject } from '../../src/cloudtrail/json.js';

/** A call of EC2 in account 111111111111, with its request, and its response if it matters. */
export function ec2Call(
  eventName: string | null,
  requestParameters: Json,
  responseElements: Json = null,
): ChangeEvent {
  return callOf('ec2', eventName, { requestParameters, responseElements });
}

/** A call of a service in account 111111111111. */
export function callOf(
  service: string,
  eventName: string | null,
  fields: Partial<ChangeEvent>,
): ChangeEvent {
  return {
    eventSource: `${service}.amazonaws.com`,
    eventName,
    recipientAccountId: '111111111111',
    awsRegion: 'eu-central-1',
    userIdentity: null,
    requestParameters: null,
    responseElements: null,
    additionalEventData: null,
    resources: null,
    ...fields,
  };
}

/** What a call that succeeded changed. */
export function changeOf(event: ChangeEvent): Change {
  const change = describeChange(event, 'succeeded');
  if (change === null) throw new Error(`${event.eventName} has no description`);
  return change;
}

/** The states that last after calls in a row of one service, as stories pair them: `what`, each once. */
export function lastingAfter(...changes: readonly Change[]): readonly string[] {
  const lasting = statesAfter(changes).flatMap(({ what, end }) => (end === null ? what : []));
  return [...new Set(lasting)];
}

/** Of each state that calls in a row of one service begin, the index of the call that ends it; null if it lasts. */
export function endsAfter(...changes: readonly Change[]): readonly (number | string | null)[] {
  return statesAfter(changes).map(({ end }) => end);
}

function statesAfter(changes: readonly Change[]) {
  const pairing = new Pairing();
  const place = { ownAccount: null, awsRegion: null, eventSource: null };
  changes.forEach((change, at) =>
    pairing.add({ ...place, outcome: 'succeeded' as const, change }, at),
  );
  return changes.flatMap(({ begins }, at) =>
    distinct(begins).map(({ what }, nth) => {
      const ending = pairing.endOf(at, nth);
      const end = ending.kind === 'ended' ? ending.at : ending.kind;
      return { what, end: end === 'open' ? null : end };
    }),
  );
}

/** A call, its response if it matters, and what is said of it. */
export type Said = [sentence: string, eventName: string, request: Json, response?: Json];

/** The fields of a record that say what it changed. */
export function eventOf(record: JsonObject): ChangeEvent {
  const member = (name: string): Json => record[name] ?? null;
  const text = (name: string): string | null => {
    const value = member(name);
    return typeof value === 'string' ? value : null;
  };
  return {
    eventSource: text('eventSource'),
    eventName: text('eventName'),
    recipientAccountId: text('recipientAccountId'),
    awsRegion: text('awsRegion'),
    userIdentity: member('userIdentity'),
    requestParameters: member('requestParameters'),
    responseElements: member('responseElements'),
    additionalEventData: member('additionalEventData'),
    resources: member('resources'),
  };
}
