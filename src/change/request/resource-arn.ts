/** The ARN of one of the resources that an event lists. Logs call the member `ARN`; the table, and so every finding, calls it `arn`. */
import type { Json } from '../../cloudtrail/json.js';
import { firstText } from './request.js';

/** Undefined if the resource has no ARN that is text. */
export function resourceArn(resource: Json): string | undefined {
  return firstText(resource, 'arn', 'ARN');
}
