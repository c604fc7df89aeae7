/** What calls of CloudTrail and Organizations say of trails and event data stores. */
import type { Json } from '../../cloudtrail/json.js';
import { choicesOf } from '../../change/service/watching/cloudtrail/choices.js';
import { selectionOf } from '../../change/service/watching/cloudtrail/selectors.js';
import { firstText, flagMember, textMember } from '../../change/request/request.js';
import { shortened, shortenedOrNull } from '../../change/sentence.js';
import type { Fact, FactEvent, TrailId, TrailSettings } from './fact.js';

const TRAIL_CALLS = new Map([
  ['CreateTrail', 'created'],
  ['DeleteTrail', 'deleted'],
  ['UpdateTrail', 'changed'],
  ['StartLogging', 'started'],
  ['StopLogging', 'stopped'],
] as const satisfies readonly (readonly [string, TrailCall])[]);
type TrailCall = Extract<Fact, { kind: 'trail' }>['call'];

/** Whether a call switches a store off. */
const STORE_CALLS: ReadonlyMap<string, boolean> = new Map([
  ['DeleteEventDataStore', true],
  ['StopEventDataStoreIngestion', true],
  ['RestoreEventDataStore', false],
  ['StartEventDataStoreIngestion', false],
]);

/** What a call does to a trail, its selectors or an event data store; none for other calls, or where the request names none. */
export function trailFacts(event: FactEvent): readonly Fact[] {
  const { eventName: name, requestParameters: request } = event;
  const isStoreOff = STORE_CALLS.get(name ?? '');
  const store = textMember(request, 'eventDataStore');
  if (isStoreOff !== undefined)
    return store === undefined
      ? []
      : [{ kind: 'event data store', name: lastPart(store), isOff: isStoreOff }];
  const trail = trailOf(event);
  if (trail === undefined) return [];
  if (name === 'PutEventSelectors') {
    const selection = selectionOf(request);
    if (selection === undefined) return [];
    const { management } = selection;
    return [{ kind: 'selectors', trail, choices: choicesOf(request), management }];
  }
  const call = (TRAIL_CALLS as ReadonlyMap<string, TrailCall>).get(name ?? '');
  if (call === undefined) return [];
  const settings = settingsIn(request, 'enableLogFileValidation');
  const answered = settingsIn(event.responseElements, 'logFileValidationEnabled');
  return [{ kind: 'trail', call, trail, settings, answered }];
}

/** That an organization gave CloudTrail its access to all accounts, or took it away; none for other calls. */
export function organizationFacts({ eventName, requestParameters }: FactEvent): readonly Fact[] {
  const isOff = eventName === 'DisableAWSServiceAccess';
  if (!isOff && eventName !== 'EnableAWSServiceAccess') return [];
  const service = textMember(requestParameters, 'servicePrincipal');
  return service === 'cloudtrail.amazonaws.com'
    ? [{ kind: 'organization', name: 'access of CloudTrail', isOff }]
    : [];
}

/** The partition is part of neither the name nor the home. */
const TRAIL_ARN = /^arn:[^:]*:cloudtrail:([^:]*):([^:]*):trail\/(.+)$/s;

/** A request has the trail's name or its ARN; a call on a name is about the trail of the region in which it is made. */
function trailOf(event: FactEvent): TrailId | undefined {
  const { requestParameters: request, responseElements: response } = event;
  const named =
    textMember(response, 'trailARN') ??
    firstText(request, 'name', 'trailName', 'trailARN', 'trailArn');
  if (named === undefined) return undefined;
  const [, region, account, name] = TRAIL_ARN.exec(named) ?? [];
  return {
    name: lastPart(name ?? named),
    account: shortenedOrNull((account ?? event.recipientAccountId) || null, LONGEST),
    region: shortenedOrNull(region ?? event.awsRegion, LONGEST),
  };
}

function settingsIn(of: Json, validation: string): TrailSettings {
  const text = (name: string): string | undefined => {
    const own = textMember(of, name);
    return own === undefined ? undefined : shortened(own, LONGEST);
  };
  return {
    bucket: text('s3BucketName'),
    prefix: text('s3KeyPrefix'),
    validation: flagMember(of, validation),
    allRegions: flagMember(of, 'isMultiRegionTrail'),
    organization: flagMember(of, 'isOrganizationTrail'),
    globalEvents: flagMember(of, 'includeGlobalServiceEvents'),
    key: text('kmsKeyId'),
  };
}

const LONGEST = 512;

function lastPart(nameOrArn: string): string {
  return shortened(nameOrArn.replace(/^.*\//s, ''), LONGEST);
}
