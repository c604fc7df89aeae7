/** The IDs of what has the name in its tag `Name`: people call an instance or a VPC by this tag, and no call has it in place of the ID. */
import { isObject, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { namedCall } from '../../change/fallback/words.js';
import { itemsOf, memberOf, textMember } from '../../change/request/request.js';
import { objectsIn, type AnsweredCall } from './answered-ids.js';

/** Only EC2 and its relatives have this tag. */
export function taggedIds(call: AnsweredCall, name: string): readonly string[] {
  const { eventName, requestParameters: request, responseElements: response } = call;
  if (eventName === null) return [];
  if (eventName === 'CreateTags' && isObject(request) && isTagged(request, name))
    return itemsOf(memberOf(request, 'resourcesSet')).flatMap(
      (resource) => textMember(resource, 'resourceId') ?? [],
    );
  if (!isObject(response)) return [];
  // `RunInstances` answers with `instanceId`, and `CreateVpc` with `vpcId`.
  const member = `${namedCall(eventName).thing.replace(/s$/, '')}id`;
  return objectsIn(response)
    .filter((object) => isTagged(object, name))
    .flatMap((object) =>
      Object.entries(object).flatMap(([key, value]) =>
        key.toLowerCase() === member && typeof value === 'string' ? [value] : [],
      ),
    );
}

function isTagged(object: JsonObject, name: string): boolean {
  const tags: readonly Json[] = itemsOf(memberOf(object, 'tagSet'));
  return tags.some((tag) => textMember(tag, 'key') === 'Name' && textMember(tag, 'value') === name);
}
