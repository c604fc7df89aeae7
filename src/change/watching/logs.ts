/** CloudWatch Logs: groups, how long they keep events, and filters that watch them or pass them on. */
import type { ChangeEvent, Description } from '../change.js';
import type { Describers } from '../describe.js';
import { changing, detail, named } from '../call.js';
import { textMember } from '../request.js';
import { shortened } from '../sentence.js';
import { about, creation, deletion, stateOf, subjectOf, type FindSubject } from '../subject.js';

const groupOf = named('log group', 'logGroupName', 'logGroupIdentifier');
const destinationOf = named('log destination', 'destinationName');
const deliveryOf = named('delivery', 'id', 'name');

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
    return { verb: 'set', object: `${group.text} to keep events for ${daysText(days)}` };
  }),
  DeleteRetentionPolicy: about(groupOf, (group) => ({
    verb: 'set',
    object: `${group.text} to keep events for ever`,
  })),
  ...filters('MetricFilter', 'metric filter'),
  ...filters('SubscriptionFilter', 'subscription filter'),
  PutDestination: creation(destinationOf),
  DeleteDestination: deletion(destinationOf),
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
      object: `${subject.text}${goalText(event)}`,
      begins: [stateOf(subject, 'exists')],
    })),
    [`Delete${kind}`]: deletion(filter),
  };
}

function goalText({ requestParameters }: ChangeEvent): Description['object'] {
  return detail(': events go to ', textMember(requestParameters, 'destinationArn'));
}
