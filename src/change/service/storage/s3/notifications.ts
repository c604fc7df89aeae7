/** Notifications of what is written to a bucket: who gets them. */
import type { ChangeEvent, Description } from '../../../change.js';
import { accountsIn } from '../../../request/account.js';
import { firstText, listOf, memberOf } from '../../../request/request.js';
import { stateOf, type Subject } from '../../../request/subject.js';
import { listed, shortened } from '../../../sentence.js';
import { unsaid } from './body.js';

const LONGEST = 80;

export function describeNotification(
  bucket: Subject,
  { requestParameters: request, recipientAccountId: own }: ChangeEvent,
): Description {
  const settings = memberOf(request, 'NotificationConfiguration');
  if (settings === undefined) return unsaid('notifications', bucket);
  const targets = [
    'TopicConfiguration',
    'QueueConfiguration',
    'CloudFunctionConfiguration',
    'LambdaFunctionConfiguration',
  ]
    .flatMap((name) => listOf(memberOf(settings, name)))
    .flatMap(
      (item) =>
        firstText(item, 'Topic', 'Queue', 'CloudFunction', 'LambdaFunctionArn', 'Function') ?? [],
    );
  const bus = memberOf(settings, 'EventBridgeConfiguration');
  const all = [
    ...targets.map((target) => shortened(target, LONGEST)),
    ...(bus === undefined ? [] : ['EventBridge']),
  ];
  // Whoever has the target learns what is written to the bucket.
  const grantees = accountsIn(
    targets.filter((target) => target.startsWith('arn:')),
    own,
  );
  const part = `notifications of ${bucket.key}`;
  return {
    verb: 'set',
    object: `notifications of ${bucket.text}: ${all.length === 0 ? 'none' : `to ${listed(all, ', ', 4)}`}`,
    grantees,
    begins: grantees.map((account) => ({
      ...stateOf(bucket, `notifications to account ${account}`),
      part,
    })),
    // The call replaces all targets.
    removes: [part],
  };
}
