/** CloudFront: distributions, the functions that run for each request, and the keys and policies that they use. */
import type { Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent } from '../../change.js';
import type { Describers } from '../../describers.js';
import { changing, detail, named, names } from '../../request/call.js';
import { keyByArn } from '../../request/arn-kind.js';
import { accessOf, placedPolicy, statesOf } from '../../policy/resource.js';
import { summarisePolicy } from '../../policy/summary.js';
import {
  flagMember,
  itemsOf,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../request/request.js';
import {
  about,
  created,
  creation,
  deletion,
  subjectOf,
  type Subject,
} from '../../request/subject.js';

const functionOf = named('CloudFront function', 'name');
const keyGroupOf = named('key group', 'id');
const policyOf = (kind: string) => changing(named(kind, 'id'));
const webAcl = (more: string) => changing(distributionOf, () => more);

export const distributions: Describers = {
  CreateDistribution: create,
  CreateDistributionWithTags: create,
  CopyDistribution: about(named('distribution', 'primaryDistributionId'), (distribution) => ({
    verb: 'copy',
    object: distribution.text,
  })),
  // The call repeats the whole configuration, so its origins begin nothing: they may be those of before.
  UpdateDistribution: changing(distributionOf, (event) => configText(configOf(event))),
  UpdateDistributionWithStagingConfig: changing(distributionOf, () => ': staging is live'),
  DeleteDistribution: deletion(distributionOf),
  AssociateAlias: changing(named('distribution', 'targetDistributionId'), ({ requestParameters }) =>
    detail(': serves ', textMember(requestParameters, 'alias')),
  ),
  AssociateDistributionWebACL: webAcl(': another web ACL'),
  DisassociateDistributionWebACL: webAcl(': no web ACL'),
  CreateFunction: creation(functionOf),
  UpdateFunction: changing(functionOf, () => ': code replaced'),
  PublishFunction: about(functionOf, (subject) => ({
    verb: 'publish',
    object: `${subject.text}: it runs for each request`,
  })),
  DeleteFunction: deletion(functionOf),
  UpdateOriginAccessControl: policyOf('origin access control'),
  DeleteOriginAccessControl: deletion(named('origin access control', 'id')),
  UpdateCachePolicy: policyOf('cache policy'),
  UpdateOriginRequestPolicy: policyOf('origin request policy'),
  UpdateResponseHeadersPolicy: policyOf('response headers policy'),
  DeleteResponseHeadersPolicy: deletion(named('response headers policy', 'id')),
  CreatePublicKey: ({ requestParameters: request }) => ({
    verb: 'create',
    object: `public key${detail(' ', textOf(memberAt(request, 'publicKeyConfig', 'name')))}`,
  }),
  UpdatePublicKey: policyOf('public key'),
  CreateKeyGroup: ({ requestParameters: request }) => ({
    verb: 'create',
    object: `key group${detail(' ', textOf(memberAt(request, 'keyGroupConfig', 'name')))}`,
  }),
  UpdateKeyGroup: changing(keyGroupOf),
  DeleteRealtimeLogConfig: deletion(named('log of requests', 'name', 'arn', 'ARN')),
  DeleteMonitoringSubscription: about(distributionOf, (distribution) => ({
    verb: 'switch off',
    object: `metrics of ${distribution.text}`,
  })),
  PutResourcePolicy: ({ requestParameters: request, recipientAccountId: own }) => {
    const document = memberOf(request, 'policyDocument') ?? null;
    const summary = summarisePolicy(document, { own });
    const arn = textMember(request, 'resourceArn');
    return {
      verb: 'set',
      object: `policy${detail(' of ', arn)}: ${summary.text}`,
      ...accessOf(summary),
      ...(arn !== undefined && statesOf(placedPolicy(keyByArn(arn, own)), summary)),
    };
  },
};

function distributionOf({
  requestParameters: request,
  responseElements: response,
}: ChangeEvent): Subject | undefined {
  const id = textMember(request, 'id') ?? textOf(memberAt(response, 'distribution', 'id'));
  return id === undefined ? undefined : subjectOf('distribution', id);
}

function create(event: ChangeEvent) {
  const subject = distributionOf(event);
  const text = configText(configOf(event));
  return subject === undefined
    ? { verb: 'create' as const, object: `a distribution${text}` }
    : { ...created(subject, text), resources: [subject.resource] };
}

function configOf({ requestParameters: request }: ChangeEvent): Json {
  return (
    memberOf(request, 'distributionConfig') ??
    memberAt(request, 'distributionConfigWithTags', 'distributionConfig') ??
    null
  );
}

/**
 * What decides: whether it is on, the names it serves, where it gets the content, whether a firewall is before it, whether it keeps
 * logs in a bucket, and whether it asks for TLS.
 */
function configText(config: Json): string {
  const aliases = itemsOf(memberOf(config, 'aliases')).flatMap((alias) => textOf(alias) ?? []);
  const origins = originsIn(config);
  const behaviours = [
    memberOf(config, 'defaultCacheBehavior') ?? null,
    ...itemsOf(memberOf(config, 'cacheBehaviors')),
  ];
  const parts = [
    ...(flagMember(config, 'enabled') === false ? ['off'] : []),
    ...(aliases.length === 0 ? [] : [`serves ${names(aliases)}`]),
    ...(origins.length === 0 ? [] : [`from ${names(origins)}`]),
    ...(memberOf(config, 'webACLId') === '' ? ['no web ACL'] : []),
    ...(keepsNoLogsInBucket(config) ? ['no standard logs to a bucket'] : []),
    ...(behaviours.some((one) => textMember(one, 'viewerProtocolPolicy') === 'allow-all')
      ? ['also without TLS']
      : []),
  ];
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

function originsIn(config: Json): readonly string[] {
  return itemsOf(memberOf(config, 'origins')).flatMap(
    (origin) => textMember(origin, 'domainName') ?? [],
  );
}

/**
 * The bucket is empty where no standard logs of the first version are kept; some records have `enabled` too. Those of the second
 * version are deliveries of CloudWatch Logs, and leave it empty.
 */
function keepsNoLogsInBucket(config: Json): boolean {
  const logging = memberOf(config, 'logging') ?? null;
  return flagMember(logging, 'enabled') === false || memberOf(logging, 'bucket') === '';
}
