/**
 * Where calls of other services than S3 have the name of a bucket. A name means one bucket in all accounts, but elsewhere the same
 * text may be the name of something else.
 */
import { testOf } from '../condition/build.js';
import type { Condition } from '../condition/condition.js';
import { membersHave } from './mentions.js';

/** Members of a request that are a bucket's name in whatever call. */
const MEMBERS = [
  'bucketName',
  's3Bucket',
  's3BucketName',
  'outputBucketName',
  'outputS3BucketName',
  'code.s3Bucket',
  'content.s3Bucket',
  'deliveryChannel.s3BucketName',
  'exportToS3.s3Bucket',
  'loadBalancerAttributes.accessLog.s3BucketName',
  'reportDefinition.s3Bucket',
  's3BucketSource.s3Bucket',
  's3Destination.bucketName',
  's3ExportLocation.s3Bucket',
  's3Settings.bucketName',
  'sourceBundle.s3Bucket',
].map(ofRequest);

/** Members that are a bucket's name in these calls. */
const OF_CALLS: readonly (readonly [member: string, eventNames: readonly string[]])[] = [
  ['destination', ['CreateExportTask']],
  ['attributes.value', ['ModifyLoadBalancerAttributes']],
  ['bucket', ['CreateSpotDatafeedSubscription', 'CreateStoreImageTask']],
  ['pipeline.artifactStore.location', ['CreatePipeline', 'UpdatePipeline']],
];

/** Holds for calls that have the name in a member that is always a bucket, or in one that is a bucket in this call. */
export function namesBucket(bucket: string): Condition {
  const of = OF_CALLS.map(([member, eventNames]): Condition => {
    const named = [
      testOf('eventName', 'in', eventNames),
      membersHave([ofRequest(member)], [bucket]),
    ];
    return { kind: 'all', of: named };
  });
  return { kind: 'any', of: [membersHave(MEMBERS, [bucket]), ...of] };
}

function ofRequest(member: string): string {
  return `requestParameters.${member}`;
}
