/** Queues of SQS: who may send to them and read from them. */
import { isObject } from '../../../cloudtrail/json.js';
import type { Describers } from '../../describers.js';
import { wholePolicy, wholePolicyDeleted } from '../../policy/labelled.js';
import { memberAt, memberOf, textOf } from '../../request/request.js';
import { listed, shortened } from '../../sentence.js';
import { about, deletion, namedInCall } from '../../request/subject.js';
import { describePermission, describeRemoval } from './permission.js';
import { policyIn, withPolicy } from './topics.js';

const queueOf = namedInCall('queue', 'queueUrl', 'queueName');

export const queues: Describers = {
  CreateQueue: about(queueOf, (queue, event) => withPolicy(queue, event)),
  DeleteQueue: deletion(queueOf),
  PurgeQueue: about(queueOf, (queue) => ({
    verb: 'purge',
    object: `${queue.text}: all of its messages`,
  })),
  SetQueueAttributes: about(queueOf, (queue, event) => {
    const policy = policyIn(event, []);
    if (policy !== undefined) return wholePolicy(queue, policy, event.recipientAccountId);
    const attributes = memberOf(event.requestParameters, 'attributes');
    // An empty policy deletes it.
    if (memberAt(event.requestParameters, 'attributes', 'Policy') === '')
      return wholePolicyDeleted(queue);
    const parts = isObject(attributes)
      ? Object.entries(attributes).map(
          ([name, value]) => `${shortened(name)} ${shortened(textOf(value) ?? '', 80)}`,
        )
      : [];
    return {
      verb: 'change',
      object: `${queue.text}${parts.length === 0 ? '' : `: ${listed(parts, ', ', 4)}`}`,
    };
  }),
  AddPermission: about(queueOf, describePermission),
  RemovePermission: about(queueOf, describeRemoval),
};
