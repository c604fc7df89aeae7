/** The description of a call that has no describer of its own: the IDs, names and ARNs in its request. */
import type { Json } from '../cloudtrail/json.js';
import type { ChangeEvent, Description } from './change.js';
import { textOf } from './request.js';
import { listed, shortened } from './sentence.js';

const NAMES_SHOWN = 4;
const VALUES_SHOWN = 6;
const LONGEST_VALUE = 128;
// The sender decides how large a request is and how deeply it is nested, so both are limited here.
const DEEPEST = 6;
const MOST_VALUES = 1000;
const naming = /(?:id|name|arn)s?$/i;

/** What the request names; undefined if it names nothing. */
export function describeAnyCall(event: ChangeEvent): Description | undefined {
  const object = namedIn(event.requestParameters);
  return object === '' ? undefined : { verb: 'call', object: `${event.eventName}: ${object}` };
}

/** `roleName admin, policyArn arn:…`, the outermost members first. Empty if the request names nothing. */
function namedIn(request: Json): string {
  const found: string[] = [];
  const queue: { value: Json; depth: number }[] = [{ value: request, depth: 0 }];
  for (let next = 0; next < queue.length && next < MOST_VALUES; next++) {
    const { value, depth } = queue[next] ?? { value: null, depth: 0 };
    if (depth >= DEEPEST || typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value).slice(0, MOST_VALUES)) {
      const values = naming.test(key) ? textsOf(inner) : [];
      if (values.length > 0)
        found.push(`${key} ${shortened(values.slice(0, VALUES_SHOWN).join(' '), LONGEST_VALUE)}`);
      else if (typeof inner === 'object') queue.push({ value: inner, depth: depth + 1 });
    }
  }
  return listed(found, ', ', NAMES_SHOWN);
}

function textsOf(value: Json): readonly string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) => textOf(item) ?? []);
}
