/** Events as a hunt watches them, for the tests of this folder. */
import { outcomeOf } from '../../src/change/outcome.js';
import type { Json } from '../../src/cloudtrail/json.js';
import { toEvent } from '../../src/findings/to-finding.js';
import { WatchedEvents, type WatchedLogs } from '../../src/watch/watched-events.js';

export const ACCOUNT = '112233445566';

export interface Call {
  readonly name: string;
  /** Within the day: `12:04:09`. */
  readonly at: string;
  readonly request?: Json;
  readonly response?: Json;
  readonly source?: string;
  readonly region?: string;
  readonly error?: string;
  readonly id?: string;
  readonly extra?: { readonly [member: string]: Json };
}

/** An event as a log has it. */
export function eventOf({
  name,
  at,
  request = null,
  response = null,
  source,
  region,
  error,
  id,
  extra,
}: Call) {
  return {
    eventVersion: '1.09',
    eventID: id ?? `${name} ${at} ${JSON.stringify(request)}`,
    eventTime: `2026-03-01T${at}Z`,
    eventName: name,
    eventSource: source ?? 'cloudtrail.amazonaws.com',
    awsRegion: region ?? 'eu-west-1',
    recipientAccountId: ACCOUNT,
    sourceIPAddress: '198.51.100.7',
    userIdentity: { type: 'IAMUser', userName: 'dana', arn: `arn:aws:iam::${ACCOUNT}:user/dana` },
    requestParameters: request,
    responseElements: response,
    ...(error === undefined ? {} : { errorCode: error }),
    ...extra,
  };
}

export function watched(calls: readonly Call[]): WatchedLogs {
  const all = new WatchedEvents();
  for (const call of calls) {
    const { eventTime, ...event } = eventOf(call);
    const columns = Object.entries(event).map(([name, value]) => [name.toLowerCase(), value]);
    const match = toEvent({
      body: JSON.stringify(Object.fromEntries(columns)),
      eventTime,
      extra: null,
      source: null,
    });
    all.add(match.event, { ...match.meaning, outcome: outcomeOf(match.event) });
  }
  return all.watched();
}
