/** What people call a call. */

/** `ec2`, of `ec2.amazonaws.com`. */
export function serviceName(eventSource: string): string {
  return eventSource.replace(/\.amazonaws\.com$/, '');
}

/** `ec2:RunInstances`; the name alone where the service is not known. */
export function callName(eventSource: string | null, eventName: string): string {
  const service = serviceName(eventSource ?? '');
  return service === '' ? eventName : `${service}:${eventName}`;
}
