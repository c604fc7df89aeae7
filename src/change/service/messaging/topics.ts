/** Topics of SNS: who may publish to them, and who gets what is published. */
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import { wholePolicy } from '../../policy/labelled.js';
import { accountsIn } from '../../request/account.js';
import { memberAt, memberOf, textMember, textOf } from '../../request/request.js';
import { shortened } from '../../sentence.js';
import {
  about,
  created,
  deletion,
  lastPart,
  namedInCall,
  stateOf,
  type Subject,
} from '../../request/subject.js';
import { describePermission, describeRemoval } from './permission.js';

const topicOf = namedInCall('topic', 'topicArn', 'name');

export const topics: Describers = {
  CreateTopic: about(topicOf, (topic, event) => withPolicy(topic, event, 'policy')),
  DeleteTopic: deletion(topicOf),
  SetTopicAttributes: about(
    topicOf,
    (topic, { requestParameters: request, recipientAccountId }) => {
      const name = textMember(request, 'attributeName') ?? 'an attribute';
      const value = memberOf(request, 'attributeValue') ?? null;
      return name === 'Policy'
        ? wholePolicy(topic, value, recipientAccountId)
        : {
            verb: 'set',
            object: `${shortened(name)} of ${topic.text} to ${shortened(textOf(value) ?? 'nothing', 80)}`,
          };
    },
  ),
  AddPermission: about(topicOf, describePermission),
  RemovePermission: about(topicOf, describeRemoval),
  Subscribe: about(topicOf, (topic, event) => {
    const { requestParameters: request, responseElements, recipientAccountId: own } = event;
    const protocol = textMember(request, 'protocol') ?? '';
    const endpoint = textMember(request, 'endpoint') ?? 'an endpoint';
    const text = `${shortened(protocol)} ${shortened(endpoint, 120)}`.trim();
    const arn = textMember(responseElements, 'subscriptionArn') ?? '';
    // Without an ARN it waits for somebody to confirm it.
    const begins = arn.startsWith('arn:')
      ? [
          {
            // The log may hide the endpoint: then subscriptions differ only in their IDs.
            ...stateOf(topic, `sends to ${text} as subscription ${lastPart(arn)}`),
            part: subscriptionPart(arn),
          },
        ]
      : [];
    return {
      verb: 'subscribe',
      object: `${text} to ${topic.text}`,
      // Whoever has the queue or the function gets the messages. A number of a telephone is no account.
      grantees: endpoint.startsWith('arn:') ? accountsIn([endpoint], own) : [],
      begins,
    };
  }),
  Unsubscribe: ({ requestParameters }) => {
    const arn = textMember(requestParameters, 'subscriptionArn');
    if (arn === undefined) return undefined;
    const [, , , , , topic = 'unknown', id = 'unknown'] = arn.split(':');
    return {
      verb: 'delete',
      object: `subscription ${shortened(id)} of topic ${shortened(topic, 80)}`,
      removes: [subscriptionPart(arn)],
    };
  },
};

function subscriptionPart(arn: string): string {
  return `subscription ${lastPart(arn)} of a topic`;
}

/** A new topic or queue, with the policy among its attributes, if there is one. */
export function withPolicy(
  subject: Subject,
  event: ChangeEvent,
  ...names: readonly string[]
): Description {
  const policy = policyIn(event, names);
  if (policy === undefined) return created(subject);
  const {
    object,
    exposure = null,
    grantees = [],
    begins = [],
  } = wholePolicy(subject, policy, event.recipientAccountId);
  const text = object.slice(`policy of ${subject.text}`.length);
  return {
    ...created(subject, text),
    exposure,
    grantees,
    begins: [stateOf(subject, 'exists'), ...begins],
  };
}

/**
 * The text of the policy in the attributes of a request; undefined if it sets none. `names` are further names of the
 * attribute.
 */
export function policyIn(
  { requestParameters }: ChangeEvent,
  names: readonly string[],
): string | undefined {
  return ['policy', 'Policy', ...names]
    .map((name) => textOf(memberAt(requestParameters, 'attributes', name)))
    .find((text) => text !== undefined);
}
