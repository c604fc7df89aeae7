/** What people call a call. */
import { DOMAIN_PATTERN } from './service-name.js';

const DOMAIN = new RegExp(String.raw`\.${DOMAIN_PATTERN}$`);

/** `ec2`, of `ec2.amazonaws.com`. */
export function serviceName(eventSource: string): string {
  return eventSource.replace(DOMAIN, '');
}

/** `ec2:RunInstances`; the name alone where the service is not known. */
export function callName(eventSource: string | null, eventName: string): string {
  const service = serviceName(eventSource ?? '');
  return service === '' ? eventName : `${service}:${eventName}`;
}
