/** What calls of S3 say of buckets of logs, and of log files. */
import { bucketFolders } from '../../cloudtrail/file-name/bucket-folders.js';
import type { Json } from '../../cloudtrail/json.js';
import { statementsOf, type Statement } from '../../change/policy/document.js';
import { memberAt, memberOf, textMember, textOf } from '../../change/request/request.js';
import { shortened } from '../../change/sentence.js';
import { expiriesIn } from '../../change/service/storage/s3/lifecycle.js';
import { HISTORY_DAYS } from '../../change/short-life.js';
import type { BucketFact, Fact, FactEvent } from './fact.js';

/** Keys may have 1,024 bytes, and names of buckets 63. */
const LONGEST = 1024;

/** The folders of log files and of digests, wherever a trail's prefix puts them. */
const OF_TRAILS = new Set<string | undefined>(['CloudTrail', 'CloudTrail-Digest']);

/** A log file that was delivered or deleted, or what a call makes of a bucket; none for other calls. */
export function bucketFacts(event: FactEvent): readonly Fact[] {
  const { eventName, requestParameters: request } = event;
  const bucket = textMember(request, 'bucketName');
  if (bucket === undefined) return [];
  const name = shortened(bucket, LONGEST);
  if (eventName === 'PutObject' || eventName === 'DeleteObject') {
    const key = textMember(request, 'key');
    const kind = eventName === 'PutObject' ? 'delivery' : 'deletion';
    return key === undefined || key.length > LONGEST || !OF_TRAILS.has(bucketFolders(key)?.service)
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

/** Undefined where the log does not have the rules. The rule `AWS.S3.ManualLifecycleExpiration` finds the same. */
function lifecycle(request: Json): BucketState | undefined {
  const soon = expiriesIn(request)
    // The day of a date may have passed.
    ?.map(({ of, days, date }) => ({ of, days: date === undefined ? days : 0 }))
    .filter(({ days }) => days <= HISTORY_DAYS);
  if (soon === undefined) return undefined;
  if (soon.length === 0) return { state: 'kept', days: undefined };
  const current = soon.filter(({ of }) => of === 'objects');
  const [state, worst] =
    current.length > 0
      ? (['expiring', current] as const)
      : (['old versions expiring', soon] as const);
  return { state, days: Math.min(...worst.map(({ days }) => days)) };
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
