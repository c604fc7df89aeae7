/**
 * What hunt says of a finding whose change has no sentence. Today only an event without a name has none; in a report of an earlier
 * version, a call whose request names nothing may lack one too. An exception may name a change by these words.
 */

export function calledText(eventName: string | null): string {
  return eventName === null ? 'a call without a name' : `called ${eventName}`;
}
