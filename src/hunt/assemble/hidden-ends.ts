/**
 * Whether what limits a hunt to some calls may hide the call that ends what another call began. A report must not say that something
 * is still there if it did not look at the calls of others.
 */
import { serviceName } from '../../cloudtrail/service-call.js';
import type { Conjunct, RuleQuery } from '../../query/query.js';
import { callsOf, withoutVersion, wordsOf } from '../../rule/calls/names.js';
import {
  fieldsOf,
  testsOf,
  type Condition,
  type FieldPath,
} from '../../rule/condition/condition.js';
import { compiled, type Leaf } from '../../rule/condition/holds.js';
import { textTest } from '../../rule/condition/text-test.js';
import { remembering, rememberingByObject } from '../../memory/remembering.js';
import type { BeginningCall } from '../../story/facts.js';
import { endsAlike, oppositesOf } from '../../story/opposite.js';

/** What a call asks for, and what it gave. */
const CONTENT =
  /^(?:requestParameters|responseElements|additionalEventData|serviceEventDetails|resources)$/i;
/** Who made a call, from where, and which call it was. Whoever ends something may be anybody. */
const CALLER = /^(?:userIdentity|sourceIPAddress|userAgent|eventID|vpcEndpointId|tlsDetails)$/i;

/** The call that may end something: somebody's successful call of the API. A field that is not here may have any value. */
type EndingCall = ReadonlyMap<string, string | null>;

/** Says of a call that began something whether the rules find every call that may end it which they are about, and at least one. */
export function findsEndsIn(rules: readonly RuleQuery[]): (call: BeginningCall) => boolean {
  const ofPlace = remembering(
    (key) => {
      const place = JSON.parse(key) as BeginningPlace;
      const opposites = oppositesOf(place.eventName);
      const ends = possibleEnds(place, opposites).map((name) => {
        const call = endingCall({ ...place, eventName: name });
        return {
          isOpposite: opposites.some((one) => endsAlike(one, name)),
          isFound: rules.some((one) => finds(one, call)),
          mayBeFound: rules.some((one) => mayFind(one, call)),
        };
      });
      return (
        ends.some(({ isFound, isOpposite }) => isFound && isOpposite) &&
        ends.every(({ isFound, mayBeFound }) => isFound || !mayBeFound)
      );
    },
    { most: 1000, longest: 400 },
  );
  const resources = rules.map(({ conjuncts }) =>
    conjuncts.filter(isAboutResource).map(({ condition }) => namesIn(condition)),
  );
  return ({ eventName, eventSource, awsRegion, recipientAccountId, change }) => {
    if (eventName === null) return false;
    const place: BeginningPlace = { eventName, eventSource, awsRegion, recipientAccountId };
    if (!ofPlace(JSON.stringify(place))) return false;
    const begun = change?.begins.map(({ resource }) => resource) ?? [];
    return resources.some((lists) => lists.every((names) => begun.every(isOneOf(names))));
  };
}

interface BeginningPlace {
  readonly eventName: string;
  readonly eventSource: string | null;
  readonly awsRegion: string | null;
  readonly recipientAccountId: string | null;
}

function endingCall({
  eventName,
  eventSource,
  awsRegion,
  recipientAccountId,
}: BeginningPlace): EndingCall {
  const known = [
    ['eventname', eventName],
    ['eventsource', eventSource],
    ['awsregion', awsRegion],
    ['recipientaccountid', recipientAccountId],
  ] as const;
  return new Map<string, string | null>([
    ...known.flatMap(([name, text]) => (text === null ? [] : [[name, text] as const])),
    ['readonly', 'false'],
    ['eventcategory', 'Management'],
    ['managementevent', 'true'],
    ['eventtype', 'AwsApiCall'],
    ['errorcode', null],
    ['errormessage', null],
  ]);
}

/** Whether a conjunct may leave out calls that its rule is about. */
function isLimit({ origin, exclusion, condition }: Conjunct): boolean {
  return origin === 'filter' || (!exclusion && tests(condition, CALLER));
}

function tests(condition: Condition, fields: RegExp): boolean {
  return fieldsOf(condition).some(([name]) => fields.test(name ?? ''));
}

/** A filter for one resource leaves the calls that end its states, by whomever. */
function isAboutResource({ origin, condition }: Conjunct): boolean {
  return origin === 'filter' && tests(condition, CONTENT) && !tests(condition, CALLER);
}

/** Whether the rule may find such a call, whatever the filters are. */
function mayFind({ conjuncts }: RuleQuery, call: EndingCall): boolean {
  return conjuncts.every(
    ({ origin, condition }) => origin === 'filter' || holdsOf(condition, call) !== false,
  );
}

/** Whether the rule finds it, whoever made it. */
function finds({ conjuncts }: RuleQuery, call: EndingCall): boolean {
  return conjuncts.every((conjunct) => {
    if (isAboutResource(conjunct)) return true;
    const holds = holdsOf(conjunct.condition, call);
    return isLimit(conjunct) ? holds === true : holds !== false;
  });
}

function holdsOf(condition: Condition, call: EndingCall): boolean | undefined {
  return asFunction(condition)(call);
}

const asFunction = rememberingByObject((condition: Condition) => compiled(condition, leafHolds));

function leafHolds(leaf: Leaf): (call: EndingCall) => boolean | undefined {
  if (leaf.kind !== 'test') return () => undefined;
  const name = columnOf(leaf.field);
  return (call) => {
    const text = call.get(name);
    return text === undefined ? undefined : textTest(leaf)(text);
  };
}

function columnOf(field: FieldPath): string {
  return field.length === 1 ? (field[0] ?? '').toLowerCase() : '';
}

/** The calls that may take it back, and those that may delete what it is about: those that the service is known to have. */
function possibleEnds(
  { eventName, eventSource }: BeginningPlace,
  opposites: readonly string[],
): readonly string[] {
  const known = callsOf(serviceName(eventSource ?? ''));
  const ends = known.filter(
    (name) => opposites.some((one) => endsAlike(one, name)) || deletesPart(name, eventName),
  );
  // A new service may have calls of any name.
  return ends.length > 0 ? ends : opposites;
}

const DELETING = /^(?:Delete|Deregister|Terminate)(?=[A-Z])/;

/** `DeleteBucket` ends what `PutBucketPolicy` began. */
function deletesPart(name: string, eventName: string): boolean {
  const call = withoutVersion(name);
  const thing = DELETING.test(call) ? call.replace(DELETING, '') : '';
  return thing !== '' && ` ${wordsIn(eventName)} `.includes(` ${wordsIn(thing)} `);
}

function wordsIn(name: string): string {
  return wordsOf(withoutVersion(name)).join(' ');
}

/** What the tests of a filter for a resource ask for. */
function namesIn(condition: Condition): readonly string[] {
  return testsOf(condition).flatMap(({ op, values }) =>
    op === 'mentions' && !('parameter' in values) ? values : [],
  );
}

/** Whether a resource, as states name it, is one of those names: `bucket logs`, `arn:aws:s3:::logs`. */
function isOneOf(names: readonly string[]): (resource: string) => boolean {
  const tails = new Set(names.flatMap((name) => [name, name.split(/[:/]/).at(-1) ?? name]));
  return (resource) =>
    names.includes(resource) ||
    resource.split(/[\s:/]+/).some((word) => tails.has(word)) ||
    names.some((name) => /\s/.test(name) && resource.includes(name));
}
