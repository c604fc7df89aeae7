/** What hunt says of a call that has no sentence, because its request names nothing. An exception may name a change by these words. */

/** `called StopLogging` */
export function calledText(eventName: string | null): string {
  return eventName === null ? 'a call without a name' : `called ${eventName}`;
}
