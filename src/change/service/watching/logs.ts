/** CloudWatch Logs: groups, how long they keep events, and filters that watch them or pass them on. */
import { parseJson } from '../../../cloudtrail/json.js';
import { accountsIn } from '../../request/account.js';
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import { detail, named } from '../../request/call.js';
import { policyGiven } from '../../policy/resource.js';
import { memberOf, textMember } from '../../request/request.js';
import { otherSettings, settingsText } from '../../request/settings.js';
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

const SAID_OF_ACCOUNT_POLICY = ['policyName', 'policyType', 'policyDocument', 'scope'];

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
  PutAccountPolicy: about(accountPolicyOf, (policy, event) => {
    const goal = goalOfAccountPolicy(event);
    const said = detail(': events of all log groups go to ', goal);
    const settings =
      goal === undefined
        ? settingsText(policy, event)
        : otherSettings(event, SAID_OF_ACCOUNT_POLICY)
            .map((text) => `, ${text}`)
            .join('');
    return {
      verb: 'set',
      object: `${policy.text}${said}${settings}`,
      grantees: accountsIn([goal ?? ''], event.recipientAccountId),
      begins: [stateOf(policy, 'exists')],
    };
  }),
  DeleteAccountPolicy: deletion(accountPolicyOf),
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

/** Policies of two types may have the same name. */
function accountPolicyOf({ requestParameters: request }: ChangeEvent): Subject | undefined {
  const name = textMember(request, 'policyName');
  const type = textMember(request, 'policyType') ?? '';
  const word = /^[A-Z_]{1,40}_POLICY$/.test(type)
    ? type.toLowerCase().replaceAll('_', ' ')
    : 'policy';
  return name === undefined ? undefined : subjectOf(`account ${word}`, name, 'account policy');
}

/** Where a filter of all log groups of the account sends their events: it is JSON text. */
function goalOfAccountPolicy({ requestParameters: request }: ChangeEvent): string | undefined {
  const document = memberOf(request, 'policyDocument') ?? null;
  try {
    return textMember(
      typeof document === 'string' ? parseJson(document) : document,
      'DestinationArn',
    );
  } catch {
    return undefined;
  }
}

function goalText(event: ChangeEvent): string {
  return detail(': events go to ', goalOf(event));
}
