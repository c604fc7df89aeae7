/** Buckets of S3: who may reach what is in them. */
import type { ChangeEvent } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { policyDeleted, policyGiven } from '../../../policy/resource.js';
import { listOf, memberAt, memberOf, textMember, textOf } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import {
  about,
  created,
  deletion,
  lastPart,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';
import { describeAcl } from './acl.js';
import { unsaid } from './body.js';
import { describeBlock, describeBlockOff } from './public-access.js';

const LONGEST = 80;

export const buckets: Describers = {
  CreateBucket: about(bucketOf, (bucket, event) => {
    const acl = describeAcl(bucket, event, { mayBeEmpty: true });
    if (acl === undefined || acl.object.endsWith(': private')) return created(bucket);
    const base = created(bucket, `, ${acl.object}`);
    return { ...acl, ...base, begins: [...(base.begins ?? []), ...(acl.begins ?? [])] };
  }),
  DeleteBucket: deletion(bucketOf),
  PutBucketPolicy: about(bucketOf, (bucket, { requestParameters, recipientAccountId }) => {
    const policy =
      memberOf(requestParameters, 'bucketPolicy') ?? memberOf(requestParameters, 'policy');
    return policyGiven(bucket, policy ?? null, recipientAccountId);
  }),
  DeleteBucketPolicy: about(bucketOf, policyDeleted),
  PutBucketAcl: about(bucketOf, describeAcl),
  PutObjectAcl: about(objectOf, describeAcl),
  PutBucketOwnershipControls: about(bucketOf, (bucket, { requestParameters }) => {
    const rule = listOf(memberAt(requestParameters, 'OwnershipControls', 'Rule'))[0] ?? null;
    const owner = textMember(rule, 'ObjectOwnership');
    if (owner === undefined) return unsaid('ownership of objects', bucket);
    const off = owner === 'BucketOwnerEnforced';
    const states = [stateOf(bucket, 'ACLs count')];
    return {
      verb: off ? 'switch off' : 'switch on',
      object: `ACLs of ${bucket.text} (${shortened(owner)})`,
      ...(off ? { ends: states } : { begins: states }),
    };
  }),
  DeleteBucketOwnershipControls: about(bucketOf, (bucket) => ({
    verb: 'switch on',
    object: `ACLs of ${bucket.text} (ownership controls deleted)`,
    begins: [stateOf(bucket, 'ACLs count')],
  })),
  PutBucketPublicAccessBlock: about(bucketOf, describeBlock),
  DeleteBucketPublicAccessBlock: about(bucketOf, describeBlockOff),
  PutAccountPublicAccessBlock: about(accountOf, describeBlock),
  DeleteAccountPublicAccessBlock: about(accountOf, describeBlockOff),
  PutPublicAccessBlock: about(accountOf, describeBlock),
  DeletePublicAccessBlock: about(accountOf, describeBlockOff),
  CreateAccessPoint: about(accessPointOf, (point, { requestParameters }) => {
    const bucket =
      textMember(requestParameters, 'bucket') ??
      textOf(memberAt(requestParameters, 'CreateAccessPointRequest', 'Bucket'));
    return created(point, bucket === undefined ? '' : ` for bucket ${shortened(bucket, LONGEST)}`);
  }),
  DeleteAccessPoint: deletion(accessPointOf),
  PutAccessPointPolicy: about(accessPointOf, (point, { requestParameters, recipientAccountId }) => {
    const policy =
      memberOf(requestParameters, 'policy') ??
      memberAt(requestParameters, 'PutAccessPointPolicyRequest', 'Policy') ??
      memberOf(requestParameters, 'Policy');
    return policyGiven(point, policy ?? null, recipientAccountId);
  }),
  DeleteAccessPointPolicy: about(accessPointOf, policyDeleted),
};

/** The bucket that the request names, by its name, also where it has the ARN. */
export function bucketOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name =
    textMember(requestParameters, 'bucketName') ?? textMember(requestParameters, 'bucket');
  return name === undefined ? undefined : subjectOf('bucket', name.replace(/^arn:[^:]*:s3:::/, ''));
}

/** The object that the request names; without its key, all objects of the bucket. */
export function objectOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const bucket = textMember(requestParameters, 'bucketName');
  const key = textMember(requestParameters, 'key');
  return bucket === undefined ? undefined : subjectOf('object', `${bucket}/${key ?? '*'}`);
}

function accountOf({ requestParameters, recipientAccountId }: ChangeEvent): Subject | undefined {
  const account = textMember(requestParameters, 'accountId') ?? recipientAccountId;
  return account === null || account === undefined ? undefined : subjectOf('account', account);
}

function accessPointOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name =
    textMember(requestParameters, 'name') ?? textMember(requestParameters, 'accessPointName');
  return name === undefined ? undefined : subjectOf('access point', lastPart(name));
}
