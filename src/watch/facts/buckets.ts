/** What calls of S3 say of buckets of logs, and of log files. */
import { isObject, type Json } from '../../cloudtrail/json.js';
import { statementsOf, type Statement } from '../../change/policy/document.js';
import { listOf, memberAt, memberOf, textMember, textOf } from '../../change/request/request.js';
import { shortened } from '../../change/sentence.js';
import type { BucketFact, Fact, FactEvent } from './fact.js';

/** Keys may have 1,024 bytes, and names of buckets 63. */
const LONGEST = 1024;
/** CloudTrail keeps the history of events for so many days. Objects that live longer are archived, and not hidden. */
const SHORT_LIFE = 90;

/** Of log files and digests, wherever a trail's prefix puts them. */
const LOG_KEY = /(?:^|\/)AWSLogs\/(?:[^/]+\/)?\d{12}\/CloudTrail(?:-Digest)?\//;

export function bucketFacts(event: FactEvent): readonly Fact[] {
  const { eventName, requestParameters: request } = event;
  const bucket = textMember(request, 'bucketName');
  if (bucket === undefined) return [];
  const name = shortened(bucket, LONGEST);
  if (eventName === 'PutObject' || eventName === 'DeleteObject') {
    const key = textMember(request, 'key');
    const kind = eventName === 'PutObject' ? 'delivery' : 'deletion';
    return key === undefined || key.length > LONGEST || !LOG_KEY.test(key)
      ? []
      : [{ kind, bucket: name, key }];
  }
  const found = stateAfter(event);
  return found === undefined ? [] : [{ kind: 'bucket', bucket: name, ...found }];
}

type BucketState = Pick<BucketFact, 'state' | 'days'>;

function stateAfter({
  eventName,
  requestParameters: request,
  recipientAccountId,
}: FactEvent): BucketState | undefined {
  const only = (state: BucketFact['state']): BucketState => ({ state, days: undefined });
  switch (eventName) {
    case 'DeleteBucket':
      return only('deleted');
    case 'DeleteBucketLifecycle':
      return only('kept');
    case 'PutBucketLifecycle':
    case 'PutBucketLifecycleConfiguration':
      return lifecycle(request);
    case 'PutBucketVersioning': {
      const status = textOf(memberAt(request, 'VersioningConfiguration', 'Status'));
      return status === undefined
        ? undefined
        : only(status === 'Suspended' ? 'versions off' : 'versions on');
    }
    case 'DeleteBucketPolicy':
      return only('no policy for logs');
    case 'PutBucketPolicy': {
      const policy = memberOf(request, 'bucketPolicy') ?? memberOf(request, 'policy') ?? null;
      const statements = statementsOf(policy, recipientAccountId);
      if (statements === undefined) return undefined;
      const lets = statements.some(letsDeliver) && !statements.some(stopsDelivery);
      return only(lets ? 'policy for logs' : 'no policy for logs');
    }
    default:
      return undefined;
  }
}

/** Undefined where the log does not have the rules. */
function lifecycle(request: Json): BucketState | undefined {
  const configured = memberOf(request, 'LifecycleConfiguration');
  if (configured === undefined) return undefined;
  const rules = listOf(memberOf(configured, 'Rule')).filter(isObject);
  const days = rules
    .filter((rule) => textMember(rule, 'Status') !== 'Disabled')
    .flatMap((rule) => [
      textOf(memberAt(rule, 'Expiration', 'Days')),
      // Its day may have passed.
      memberAt(rule, 'Expiration', 'Date') === undefined ? undefined : '0',
    ])
    .map(Number)
    .filter((count) => count < SHORT_LIFE);
  return days.length === 0
    ? { state: 'kept', days: undefined }
    : { state: 'expiring', days: Math.min(...days) };
}

const WRITES = /^(?:\*|s3:\*|s3:Put\*|s3:PutObject)$/i;

function isAboutDelivery({ actions, allBut, principals }: Statement): boolean {
  return (
    !allBut.actions &&
    actions.some((action) => WRITES.test(action)) &&
    JSON.stringify(principals ?? []).includes('cloudtrail.amazonaws.com')
  );
}

function letsDeliver(statement: Statement): boolean {
  return statement.effect === 'allow' && isAboutDelivery(statement);
}

function stopsDelivery(statement: Statement): boolean {
  return (
    statement.effect === 'deny' && statement.conditions.length === 0 && isAboutDelivery(statement)
  );
}
