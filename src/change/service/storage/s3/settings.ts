/** Settings of buckets: how long objects stay, where copies and logs go, and what protects them. */
import type { Json } from '../../../../cloudtrail/json.js';
import { accountOf, accountsIn } from '../../../request/account.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import {
  firstText,
  listOf,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../../request/request.js';
import { listed, shortened } from '../../../sentence.js';
import { about, stateOf, type Subject } from '../../../request/subject.js';
import { describeLifecycle, lifecycleStates } from './lifecycle.js';
import { describeAcl } from './acl.js';
import { unsaid } from './body.js';
import { bucketOf, objectOf } from './bucket.js';
import { describeNotification } from './notifications.js';

const LONGEST = 80;

export const bucketSettings: Describers = {
  PutBucketLifecycle: about(bucketOf, describeLifecycle),
  PutBucketLifecycleConfiguration: about(bucketOf, describeLifecycle),
  DeleteBucketLifecycle: about(bucketOf, (bucket) => ({
    verb: 'delete',
    object: `lifecycle rules of ${bucket.text}`,
    ends: lifecycleStates(bucket),
  })),
  PutBucketVersioning: about(bucketOf, (bucket, { requestParameters }) => {
    const settings = memberOf(requestParameters, 'VersioningConfiguration') ?? null;
    const mfa = firstText(settings, 'MfaDelete', 'MFADelete');
    const status = textMember(settings, 'Status');
    if (status === undefined) return unsaid('versioning', bucket);
    const on = status === 'Enabled';
    const text = `versioning of ${bucket.text}${mfa === undefined ? '' : `, MFA for deletion ${mfa === 'Enabled' ? 'on' : 'off'}`}`;
    return switched({ bucket, on, text, state: 'versioning off' });
  }),
  PutBucketEncryption: about(bucketOf, (bucket, { requestParameters, recipientAccountId }) => {
    const rule = ruleOf(memberAt(requestParameters, 'ServerSideEncryptionConfiguration', 'Rule'));
    const settings = memberOf(rule, 'ApplyServerSideEncryptionByDefault') ?? null;
    const key = textMember(settings, 'KMSMasterKeyID');
    const algorithm = textMember(settings, 'SSEAlgorithm');
    if (algorithm === undefined) return unsaid('encryption', bucket);
    // Whoever has the key decides who can read what is written from now on.
    const [owner] = key === undefined ? [] : accountsIn([key], recipientAccountId);
    const of = owner === undefined ? '' : ` of account ${owner}`;
    return {
      verb: 'set',
      object: `encryption of ${bucket.text} to ${shortened(algorithm)}${key === undefined ? '' : ` with key ${shortened(key, LONGEST)}${of}`}`,
      ends: [stateOf(bucket, 'encryption setting deleted')],
      removes: [encryptionOf(bucket)],
      begins:
        owner === undefined
          ? []
          : [
              {
                ...stateOf(bucket, `encrypted with a key of account ${owner}`),
                part: encryptionOf(bucket),
              },
            ],
    };
  }),
  DeleteBucketEncryption: about(bucketOf, (bucket) => ({
    verb: 'delete',
    object: `encryption setting of ${bucket.text}`,
    begins: [stateOf(bucket, 'encryption setting deleted')],
    removes: [encryptionOf(bucket)],
  })),
  PutBucketLogging: about(bucketOf, (bucket, { requestParameters }) => {
    if (memberOf(requestParameters, 'BucketLoggingStatus') === undefined)
      return unsaid('access logs', bucket);
    const target = memberAt(requestParameters, 'BucketLoggingStatus', 'LoggingEnabled') ?? null;
    const name = textMember(target, 'TargetBucket');
    const to = name === undefined ? '' : ` to bucket ${shortened(name, LONGEST)}`;
    const text = `access logs of ${bucket.text}${to}`;
    return switched({ bucket, on: name !== undefined, text, state: 'access logs off' });
  }),
  PutBucketReplication: about(bucketOf, describeReplication),
  DeleteBucketReplication: about(bucketOf, (bucket) => ({
    verb: 'switch off',
    object: `replication of ${bucket.text}`,
    ends: [stateOf(bucket, 'replicated')],
  })),
  PutBucketWebsite: about(bucketOf, (bucket, event) => ({
    verb: 'switch on',
    object: `website of ${bucket.text}${redirectText(event)}`,
    begins: [stateOf(bucket, 'is a website')],
  })),
  DeleteBucketWebsite: about(bucketOf, (bucket) => ({
    verb: 'switch off',
    object: `website of ${bucket.text}`,
    ends: [stateOf(bucket, 'is a website')],
  })),
  PutBucketCors: about(bucketOf, (bucket, { requestParameters }) => {
    const rules = listOf(memberAt(requestParameters, 'CORSConfiguration', 'CORSRule'));
    const origins = rules.flatMap((rule) =>
      listOf(memberOf(rule, 'AllowedOrigin')).flatMap((origin) => textOf(origin) ?? []),
    );
    const methods = rules.flatMap((rule) =>
      listOf(memberOf(rule, 'AllowedMethod')).flatMap((method) => textOf(method) ?? []),
    );
    const isWritten = methods.some((method) => /^(?:PUT|POST|DELETE)$/i.test(method));
    return {
      verb: 'let',
      object: `pages of ${origins.length === 0 ? 'other sites' : list(origins)} read ${isWritten ? 'and change ' : ''}${bucket.text} (CORS)`,
      begins: [stateOf(bucket, 'has CORS rules')],
    };
  }),
  DeleteBucketCors: about(bucketOf, (bucket) => ({
    verb: 'delete',
    object: `CORS rules of ${bucket.text}`,
    ends: [stateOf(bucket, 'has CORS rules')],
  })),
  PutBucketNotification: about(bucketOf, describeNotification),
  PutBucketNotificationConfiguration: about(bucketOf, describeNotification),
  PutBucketObjectLockConfiguration: about(bucketOf, describeObjectLock),
  PutObjectLockConfiguration: about(bucketOf, describeObjectLock),
  PutBucketRequestPayment: about(bucketOf, (bucket, { requestParameters }) => {
    const payer = textOf(memberAt(requestParameters, 'RequestPaymentConfiguration', 'Payer'));
    return {
      verb: 'set',
      object: `who pays for requests to ${bucket.text}: ${shortened(payer ?? 'unknown')}`,
    };
  }),
  PutObject: about(objectOf, (object, event) =>
    withAcl({ verb: 'put', object: `${object.text}${keyText(event)}` }, object, event),
  ),
  CopyObject: about(objectOf, (object, event) => {
    const from = textMember(event.requestParameters, 'x-amz-copy-source');
    const text = `${from === undefined ? 'an object' : shortened(from, LONGEST)} to ${object.text}`;
    return withAcl({ verb: 'copy', object: `${text}${keyText(event)}` }, object, event);
  }),
  DeleteObject: about(objectOf, (object) => ({ verb: 'delete', object: object.text })),
  DeleteObjects: about(bucketOf, (bucket) => ({
    verb: 'delete',
    object: `objects in ${bucket.text}`,
  })),
  RestoreObject: about(objectOf, (object) => ({ verb: 'restore', object: object.text })),
};

/** Where a website sends its visitors. */
function redirectText({ requestParameters }: ChangeEvent): string {
  const settings = memberOf(requestParameters, 'WebsiteConfiguration') ?? null;
  const rules = listOf(memberAt(settings, 'RoutingRules', 'RoutingRule'));
  const hosts = [
    memberOf(settings, 'RedirectAllRequestsTo') ?? null,
    ...rules.map((rule) => memberOf(rule, 'Redirect') ?? null),
  ].flatMap((target) => textMember(target, 'HostName') ?? []);
  return hosts.length === 0 ? '' : `: it sends visitors to ${list(hosts)}`;
}

/** A setting replaces the one before. */
function encryptionOf({ key }: Subject): string {
  return `encryption of ${key}`;
}

/** Whoever alone has the key of an object can hold it for ransom. AWS does not keep a key that comes with the call. */
function keyText(event: ChangeEvent): string {
  const { requestParameters: request, additionalEventData, recipientAccountId } = event;
  const isOwn =
    textMember(request, 'x-amz-server-side-encryption-customer-algorithm') !== undefined ||
    textMember(additionalEventData, 'SSEApplied') === 'SSE_C';
  if (isOwn) return ", encrypted with a key of the caller's own";
  const key = textMember(request, 'x-amz-server-side-encryption-aws-kms-key-id') ?? '';
  const [account] = accountsIn([key], recipientAccountId);
  return account === undefined ? '' : `, encrypted with a key of account ${account}`;
}

/** A new object may come with an ACL. */
function withAcl(description: Description, object: Subject, event: ChangeEvent): Description {
  const acl = describeAcl(object, event, { mayBeEmpty: true });
  const { exposure = null, begins = [] } = acl ?? {};
  if (acl === undefined || begins.length === 0) return description;
  return { ...description, object: `${description.object}, ${acl.object}`, exposure, begins };
}

interface Switch {
  readonly bucket: Subject;
  readonly on: boolean;
  readonly text: string;
  readonly state: string;
}

function switched({ bucket, on, text, state }: Switch): Description {
  const states = [stateOf(bucket, state)];
  return on
    ? { verb: 'switch on', object: text, ends: states }
    : { verb: 'switch off', object: text, begins: states };
}

function describeReplication(
  bucket: Subject,
  { requestParameters, recipientAccountId }: ChangeEvent,
): Description {
  const rules = listOf(memberAt(requestParameters, 'ReplicationConfiguration', 'Rule'));
  if (rules.length === 0) return unsaid('replication', bucket);
  const active = rules.filter((rule) => textMember(rule, 'Status') !== 'Disabled');
  if (active.length === 0)
    return {
      verb: 'switch off',
      object: `replication of ${bucket.text}`,
      ends: [stateOf(bucket, 'replicated')],
    };
  const targets = active.map((rule) => memberOf(rule, 'Destination') ?? null);
  const names = targets.flatMap((target) => {
    const name = textMember(target, 'Bucket')?.replace(/^arn:[^:]*:s3:::/, '');
    const account = accountOf(textMember(target, 'Account'));
    const of =
      account === undefined || account === recipientAccountId ? '' : ` of account ${account}`;
    return name === undefined ? [] : [`bucket ${shortened(name, LONGEST)}${of}`];
  });
  const accounts = targets.flatMap((target) => accountOf(textMember(target, 'Account')) ?? []);
  return {
    verb: 'switch on',
    object: `replication of ${bucket.text}${names.length === 0 ? '' : ` to ${list(names)}`}`,
    grantees: [...new Set(accounts)].filter((account) => account !== recipientAccountId),
    begins: [stateOf(bucket, 'replicated')],
  };
}

function describeObjectLock(bucket: Subject, { requestParameters }: ChangeEvent): Description {
  if (memberOf(requestParameters, 'ObjectLockConfiguration') === undefined)
    return unsaid('object lock', bucket);
  const retention =
    memberAt(requestParameters, 'ObjectLockConfiguration', 'Rule', 'DefaultRetention') ?? null;
  const mode = textMember(retention, 'Mode');
  const days = textMember(retention, 'Days');
  const years = textMember(retention, 'Years');
  const time =
    days === undefined
      ? years === undefined
        ? ''
        : ` for ${shortened(years)} years`
      : ` for ${shortened(days)} days`;
  const states = [stateOf(bucket, 'no default object lock')];
  return mode === undefined
    ? { verb: 'set', object: `object lock of ${bucket.text}: no default retention`, begins: states }
    : {
        verb: 'set',
        object: `object lock of ${bucket.text}: ${shortened(mode)}${time}`,
        ends: states,
      };
}

function ruleOf(value: Json | undefined): Json {
  return listOf(value)[0] ?? null;
}

function list(names: readonly string[]): string {
  return listed(
    names.map((name) => shortened(name, 120)),
    ', ',
    4,
  );
}
