/** CloudTrail's trails: whether they log, what, and where to. */
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import {
  flagMember,
  firstText,
  listOf,
  memberOf,
  textMember,
  textOf,
} from '../../../request/request.js';
import { listed, shortened } from '../../../sentence.js';
import {
  about,
  created,
  deletion,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';
import { selectionOf, selectionStates, selectionText } from './selectors.js';

const LONGEST = 80;
const NO_INSIGHTS = 'insights off';
const GLOBAL = 'events of global services';

export const trails: Describers = {
  CreateTrail: about(trailOf, (trail, event) => created(trail, settingsText(event, trail).text)),
  DeleteTrail: deletion(trailOf),
  UpdateTrail: about(trailOf, describeUpdate),
  StopLogging: about(trailOf, (trail) => ({
    verb: 'switch off',
    object: `logging of ${trail.text}`,
    begins: [stateOf(trail, 'logging off')],
  })),
  StartLogging: about(trailOf, (trail) => ({
    verb: 'switch on',
    object: `logging of ${trail.text}`,
    ends: [stateOf(trail, 'logging off')],
  })),
  PutEventSelectors: about(trailOf, describeSelectors),
  PutInsightSelectors: about(trailOf, describeInsights),
};

/** A trail, or an event data store where the call is about one. Its name stands at the end of its ARN. */
function trailOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const store = textMember(requestParameters, 'eventDataStore');
  const name = firstText(requestParameters, 'name', 'trailName', 'trailARN', 'trailArn');
  if (name !== undefined) return subjectOf('trail', name.replace(/^arn:.*:trail\//s, ''));
  return store === undefined ? undefined : storeSubject(store);
}

/** An event data store, which has one key for its ID and its ARN. */
export function storeSubject(nameOrArn: string): Subject {
  return subjectOf('event data store', nameOrArn.replace(/^arn:.*:eventdatastore\//s, ''));
}

function describeUpdate(trail: Subject, event: ChangeEvent): Description {
  const { text, begins, ends } = settingsText(event, trail);
  const places = placesOf(event, trail);
  return {
    verb: 'change',
    object: `${trail.text}${text}`,
    begins: [...begins, ...places.begins],
    ends: [...ends, ...places.ends],
    removes: places.removes,
  };
}

/** Where the logs go from now on, in place of where they went before: a bucket, a log group or none; and what they are encrypted with. */
function placesOf({ requestParameters: request }: ChangeEvent, trail: Subject) {
  const group = memberOf(request, 'cloudWatchLogsLogGroupArn');
  const states = [stateOf(trail, 'no log group')];
  const set = [
    ['s3BucketName', 'bucket', 'logs go to bucket'],
    ['s3KeyPrefix', 'prefix', 'logs go to prefix'],
    ['kmsKeyId', 'key', 'logs encrypted with key'],
  ].flatMap(([member = '', word = '', what = '']) => {
    const value = textMember(request, member);
    const part = `${word} of ${trail.key}`;
    return value === undefined || value === ''
      ? []
      : [{ ...stateOf(trail, `${what} ${shortened(value, LONGEST)}`), part }];
  });
  return {
    begins: [...set, ...(group === '' ? states : [])],
    ends: textOf(group) === undefined || group === '' ? [] : states,
    removes: set.map(({ part }) => part),
  };
}

/** What the request says of a trail. What it does not mention stays as it is. */
function settingsText({ requestParameters: request }: ChangeEvent, trail: Subject) {
  const flags = [
    ['enableLogFileValidation', 'log validation'],
    ['isMultiRegionTrail', 'logging in all regions'],
    ['includeGlobalServiceEvents', GLOBAL],
    ['isOrganizationTrail', 'logging of the whole organization'],
  ].flatMap(([member = '', word = '']) => {
    const on = flagMember(request, member);
    return on === undefined ? [] : { on, word };
  });
  const places = [
    ['s3BucketName', 'bucket'],
    ['s3KeyPrefix', 'prefix'],
    ['cloudWatchLogsLogGroupArn', 'log group'],
    ['snsTopicName', 'topic'],
    ['kmsKeyId', 'key'],
  ].flatMap(([member = '', word = '']) => {
    const value = memberOf(request, member);
    if (value === '') return [`no ${word}`];
    const text = textOf(value);
    return text === undefined ? [] : [`${word} ${shortened(text, LONGEST)}`];
  });
  const off = flags.filter(({ on }) => !on).map(({ word }) => `${word} off`);
  // Events of global services are on unless somebody says otherwise.
  const on = flags
    .filter((flag) => flag.on && flag.word !== GLOBAL)
    .map(({ word }) => `${word} on`);
  const parts = [...off, ...on, ...places];
  return {
    text: parts.length === 0 ? '' : `: ${parts.join(', ')}`,
    begins: off.map((what) => stateOf(trail, what)),
    ends: flags.flatMap(({ on: isOn, word }) => (isOn ? stateOf(trail, `${word} off`) : [])),
  };
}

function describeSelectors(
  trail: Subject,
  { requestParameters }: ChangeEvent,
): Description | undefined {
  const selection = selectionOf(requestParameters);
  if (selection === undefined) return undefined;
  const { management, data } = selection;
  const states = selectionStates(trail, selection);
  if (management !== undefined)
    return {
      verb: 'set',
      object: `what ${trail.text} logs: ${selectionText(selection)}`,
      ...states,
    };
  const rest = data.length === 0 ? '' : `; data events of ${listed(data, ', ', 4)}`;
  return { verb: 'switch off', object: `management events of ${trail.text}${rest}`, ...states };
}

function describeInsights(trail: Subject, { requestParameters }: ChangeEvent): Description {
  const kinds = listOf(memberOf(requestParameters, 'insightSelectors')).flatMap(
    (selector) => textMember(selector, 'insightType') ?? [],
  );
  const states = [stateOf(trail, NO_INSIGHTS)];
  return kinds.length === 0
    ? // The call does not say whether there were any before: the console makes it for each new trail.
      { verb: 'set', object: `insights of ${trail.text}: none`, begins: states }
    : {
        verb: 'switch on',
        object: `insights of ${trail.text}: ${listed(
          kinds.map((kind) => shortened(kind)),
          ', ',
        )}`,
        ends: states,
      };
}
