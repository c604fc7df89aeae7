/** What calls of KMS and Secrets Manager say: a key that cannot be used, and effects that need a cause. */
import { firstText, listOf, memberAt, textOf } from '../../change/request/request.js';
import { resourceArn } from '../../change/request/resource-arn.js';
import { shortened } from '../../change/sentence.js';
import type { Fact, FactEvent } from './fact.js';

const LONGEST = 512;

type Role = 'birth' | 'cause' | 'effect';

const SECRETS: ReadonlyMap<string, Role> = new Map([
  ['CreateSecret', 'birth'],
  ['DeleteSecret', 'cause'],
  ['EndSecretVersionDelete', 'effect'],
  ['StartSecretVersionDelete', 'effect'],
]);

/** A cause or an effect that concerns a secret, by its ARN or its name; none for other calls. */
export function secretFacts(event: FactEvent): readonly Fact[] {
  const kind = SECRETS.get(event.eventName ?? '');
  const resource =
    firstText(event.additionalEventData, 'ARN') ??
    firstText(event.responseElements, 'aRN', 'arn') ??
    firstText(event.requestParameters, 'secretId');
  return kind === undefined || resource === undefined
    ? []
    : [{ kind, of: 'secret', resource: shortened(resource, LONGEST) }];
}

const KEYS: ReadonlyMap<string, Role> = new Map([
  ['CreateKey', 'birth'],
  ['ScheduleKeyDeletion', 'cause'],
  ['DeleteKey', 'effect'],
]);

/** Whether a key cannot be used after the call. */
const KEY_STATES: ReadonlyMap<string, boolean> = new Map([
  ['DisableKey', true],
  ['ScheduleKeyDeletion', true],
  ['EnableKey', false],
  ['CancelKeyDeletion', false],
]);

/** A cause or an effect that concerns a KMS key, and whether the call switches the key off or on; none for other calls. */
export function keyFacts(event: FactEvent): readonly Fact[] {
  const key = keyOf(event);
  if (key === undefined) return [];
  const kind = KEYS.get(event.eventName ?? '');
  const isOff = KEY_STATES.get(event.eventName ?? '');
  return [
    ...(kind === undefined ? [] : [{ kind, of: 'key' as const, resource: key }]),
    ...(isOff === undefined ? [] : [{ kind: 'key' as const, key, isOff }]),
  ];
}

/** The ID of a key, which stands at the end of its ARN. */
function keyOf({
  requestParameters,
  responseElements,
  resources,
  ...event
}: FactEvent): string | undefined {
  const named =
    textOf(memberAt(responseElements, 'keyMetadata', 'keyId')) ??
    listOf(resources)
      .map(resourceArn)
      .find((arn) => arn?.includes(':key/') === true) ??
    firstText(responseElements, 'keyId') ??
    firstText(event.serviceEventDetails, 'keyId') ??
    firstText(event.additionalEventData, 'keyId') ??
    firstText(requestParameters, 'keyId');
  return named === undefined ? undefined : keyId(named);
}

/** The ID of a key, from an ARN too. Hostile text is cut. */
export function keyId(idOrArn: string): string {
  return shortened(idOrArn.replace(/^.*\//s, ''), LONGEST);
}
