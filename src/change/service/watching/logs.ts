/** CloudWatch Logs: groups, how long they keep events, and filters that watch them or pass them on. */
import { accountsIn } from '../../request/account.js';
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import { changing, detail, named } from '../../request/call.js';
import { policyGiven } from '../../policy/resource.js';
import { memberOf, textMember } from '../../request/request.js';
import { shortened } from '../../sentence.js';
import { UNNOTICED_DAYS } from '../../short-life.js';
import {
  about,
  creation,
  deletion,
  stateOf,
  subjectOf,
  type FindSubject,
  type Subject,
} from '../../request/subject.js';

const groupOf = named('log group', 'logGroupName', 'logGroupIdentifier');
const destinationOf = named('log destination', 'destinationName');
const policyOf = named('resource policy', 'policyName', 'resourceArn');
const deliveryOf = named('delivery', 'id', 'name');

const EXPIRES_SOON = 'logs expire soon';

export const logs: Describers = {
  CreateLogGroup: creation(groupOf),
  DeleteLogGroup: deletion(groupOf),
  DeleteLogStream: about(groupOf, (group, { requestParameters }) => ({
    verb: 'delete',
    object: `log stream${detail(' ', textMember(requestParameters, 'logStreamName'))} of ${group.text}`,
  })),
  PutRetentionPolicy: about(groupOf, (group, { requestParameters }) => {
    const days = textMember(requestParameters, 'retentionInDays');
    if (days === undefined) return undefined;
    const states = [stateOf(group, EXPIRES_SOON)];
    return {
      verb: 'set',
      object: `${group.text} to keep events for ${daysText(days)}`,
      ...(Number(days) <= UNNOTICED_DAYS ? { begins: states } : { ends: states }),
    };
  }),
  DeleteRetentionPolicy: about(groupOf, (group) => ({
    verb: 'set',
    object: `${group.text} to keep events for ever`,
    ends: [stateOf(group, EXPIRES_SOON)],
  })),
  ...filters('MetricFilter', 'metric filter'),
  ...filters('SubscriptionFilter', 'subscription filter'),
  PutDestination: creation(destinationOf),
  PutDestinationPolicy: about(destinationOf, (destination, event) =>
    givenPolicy(destination, event, 'accessPolicy'),
  ),
  DeleteDestination: deletion(destinationOf),
  PutResourcePolicy: about(policyOf, (policy, event) => {
    const given = givenPolicy(policy, event, 'policyDocument');
    return { ...given, object: given.object.replace(/^policy of /, '') };
  }),
  DeleteResourcePolicy: deletion(policyOf),
  DeleteDelivery: deletion(deliveryOf),
  DeleteDeliverySource: deletion(named('delivery source', 'name')),
  DeleteDeliveryDestination: deletion(named('delivery destination', 'name')),
  PutAccountPolicy: changing(named('account policy', 'policyName')),
  DeleteAccountPolicy: deletion(named('account policy', 'policyName')),
  DeleteDataProtectionPolicy: about(groupOf, (group) => ({
    verb: 'delete',
    object: `data protection policy of ${group.text}`,
  })),
};

function daysText(days: string): string {
  return days === '1' ? '1 day' : `${days.slice(0, 10)} days`;
}

function filters(kind: string, word: string): Describers {
  const filter: FindSubject = (event) => {
    const group = groupOf(event);
    const name = textMember(event.requestParameters, 'filterName');
    return group && name !== undefined
      ? subjectOf(`${word} ${shortened(name)} of`, group.text, word)
      : undefined;
  };
  return {
    [`Put${kind}`]: about(filter, (subject, event) => ({
      verb: 'set',
      object: `${subject.text}${patternText(event)}${goalText(event)}`,
      // Whoever has the destination reads the events.
      grantees: accountsIn([goalOf(event) ?? ''], event.recipientAccountId),
      begins: [stateOf(subject, 'exists')],
    })),
    [`Delete${kind}`]: deletion(filter),
  };
}

function givenPolicy(subject: Subject, event: ChangeEvent, member: string): Description {
  const policy = memberOf(event.requestParameters, member) ?? null;
  return policyGiven(subject, policy, event.recipientAccountId);
}

/** An empty pattern is for all events. */
function patternText({ requestParameters: request }: ChangeEvent): string {
  if (memberOf(request, 'filterPattern') === '') return ' for all events';
  return detail(' for ', textMember(request, 'filterPattern'));
}

function goalOf({ requestParameters }: ChangeEvent): string | undefined {
  return textMember(requestParameters, 'destinationArn');
}

function goalText(event: ChangeEvent): string {
  return detail(': events go to ', goalOf(event));
}
