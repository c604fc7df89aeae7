/**
 * The IDs of a resource in the answer to a call that has its name: that of the call that makes a secret, a stack or a user pool has its
 * ARN or its ID, and most later calls have only these. This goes by how AWS names members, and not by service.
 */
import { isObject, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { namedCall } from '../../change/fallback/words.js';
import { lastPart } from '../../change/request/subject.js';
import type { Finding } from '../../report/finding.js';

/** The sender decides how large and how deep an answer is. */
const DEEPEST = 6;
const MOST_OBJECTS = 1000;
const MOST_MEMBERS = 200;
const SHORTEST_ID = 6;
const LONGEST_ID = 2048;

export type AnsweredCall = Pick<Finding, 'eventName' | 'requestParameters' | 'responseElements'>;

/** None if calls can name the resource by its name alone: its ARN ends with the name. */
export function answeredIds(call: AnsweredCall, name: string): readonly string[] {
  const { eventName, requestParameters: request, responseElements: response } = call;
  if (eventName === null || !isObject(response)) return [];
  const { thing } = namedCall(eventName);
  const isNamed = (object: JsonObject): boolean => nameIn(object, thing) === name;
  // The answer may have the name too, and then it is certain whose ID it has.
  const asked =
    isObject(request) && isNamed(request)
      ? mainObjects(response, thing).filter((object) => nameIn(object, thing) === undefined)
      : [];
  const objects = [...asked, ...objectsIn(response).filter(isNamed)];
  const ids = objects.flatMap((object) => {
    const texts = membersOf(object, thing, /^(.*?)(?:id|arn)$/i).map(({ text }) => text);
    return idsOf(texts, name);
  });
  return [...new Set(ids)];
}

/** `nodegroupName` of a `nodegroup`, whose request may have the `name` of its cluster. */
function nameIn(object: JsonObject, thing: string): string | undefined {
  const [first] = membersOf(object, thing, /^(.*?)(?:name|identifier)$/i).toSorted(
    (one, other) => other.word.length - one.word.length,
  );
  return first?.text;
}

interface OwnMember {
  readonly word: string;
  readonly text: string;
}

/**
 * The texts of members of the thing itself, such as `poolName`, `userPoolName` and `name` of a `userpool`. A member of another thing,
 * such as `vpcId`, has another word in front.
 */
function membersOf(object: JsonObject, thing: string, pattern: RegExp): readonly OwnMember[] {
  return Object.entries(object)
    .slice(0, MOST_MEMBERS)
    .flatMap(([key, value]) => {
      const word = pattern.exec(key)?.[1]?.toLowerCase();
      const isOwn = typeof value === 'string' && word !== undefined && thing.endsWith(word);
      return isOwn ? [{ word, text: value }] : [];
    });
}

function idsOf(texts: readonly string[], name: string): readonly string[] {
  if (texts.some((text) => text.endsWith(`/${name}`) || text.endsWith(`:${name}`))) return [];
  return texts
    .map((text) => (text.startsWith('/') ? lastPart(text) : text))
    .filter((text) => text !== name && /\d/.test(text))
    .filter(({ length }) => length >= SHORTEST_ID && length <= LONGEST_ID);
}

/** What the answer is about: all of it, and the one thing in it, as `userPool` or `loadBalancers`. */
function mainObjects(response: JsonObject, thing: string): readonly JsonObject[] {
  const held = Object.entries(response)
    .slice(0, MOST_MEMBERS)
    .flatMap(([key, value]) => {
      const word = key.toLowerCase();
      const [only, ...others] = Array.isArray(value) ? (value as readonly Json[]) : [value];
      const isThing = word === thing || word === `${thing}s`;
      return isThing && others.length === 0 && isObject(only) ? [only] : [];
    });
  return [response, ...held];
}

/** All objects in an answer. */
export function objectsIn(response: JsonObject): readonly JsonObject[] {
  const found: JsonObject[] = [];
  const queue: { readonly value: Json; readonly depth: number }[] = [{ value: response, depth: 0 }];
  for (let next = 0; next < queue.length && next < MOST_OBJECTS; next++) {
    const { value = null, depth = 0 } = queue[next] ?? {};
    if (depth > DEEPEST) continue;
    if (isObject(value)) found.push(value);
    const inner: readonly Json[] = Array.isArray(value)
      ? value
      : isObject(value)
        ? Object.values(value)
        : [];
    for (const one of inner.slice(0, MOST_MEMBERS))
      if (typeof one === 'object' && one !== null) queue.push({ value: one, depth: depth + 1 });
  }
  return found;
}
