/**
 * Describes what an event changed. The describers of a service are in a folder or file here, and have a line in `SERVICES`. A
 * call without a describer is named with all scalars of its request.
 */
import type { Change, ChangeEvent, Description, State } from './change.js';
import { rolesAnywhere } from './access/roles-anywhere.js';
import { secrets } from './access/secrets.js';
import { signIn } from './access/sign-in.js';
import { systemsManager } from './access/systems-manager.js';
import { certificates } from './acm/certificates.js';
import { failuresOf, withoutFailures } from './batch.js';
import { stacks } from './cloudformation/stacks.js';
import { stores } from './cloudtrail/stores.js';
import { trails } from './cloudtrail/trails.js';
import { identityPools, userPools } from './cognito/pools.js';
import { config } from './config/config.js';
import { ecs } from './containers/ecs.js';
import { eks } from './containers/eks.js';
import { guardDuty } from './detection/guardduty.js';
import { membership } from './detection/members.js';
import { accessAnalyzer, macie, securityHub } from './detection/others.js';
import { ec2 } from './ec2/calls.js';
import { instanceConnect } from './ec2/instance/access.js';
import { repositories } from './ecr/repositories.js';
import { describeAnyCall } from './fallback/describe.js';
import { accountSettings } from './iam/account.js';
import { policies } from './iam/policies.js';
import { roles } from './iam/roles.js';
import { users } from './iam/users.js';
import { keys } from './kms/keys.js';
import { functionAccess } from './lambda/access.js';
import { functions } from './lambda/functions.js';
import { layers } from './lambda/layers.js';
import { queues } from './messaging/queues.js';
import { topics } from './messaging/topics.js';
import { permissionSets } from './organization/identity-center.js';
import { identityStore } from './organization/identity-store.js';
import { organizations } from './organization/organizations.js';
import { databases } from './rds/database.js';
import { cacheGroups, databaseGroups, redshiftGroups } from './rds/group.js';
import { clusterSnapshots, databaseSnapshots } from './rds/snapshot.js';
import { domains } from './route53/domains.js';
import { resolver, zones } from './route53/zones.js';
import { buckets } from './s3/bucket.js';
import { bucketSettings } from './s3/settings.js';
import { onOneLine, shortened } from './sentence.js';
import { sessions } from './sts/sessions.js';
import { sentenceOf } from './verb.js';
import { alarms } from './watching/alarms.js';
import { events } from './watching/events.js';
import { logs } from './watching/logs.js';
import { distributions } from './web/distributions.js';
import { firewall } from './web/firewall.js';

/** By event name. A describer gives undefined where the request is not what the call takes; it never throws. */
export type Describers = Readonly<Record<string, (event: ChangeEvent) => Description | undefined>>;

/** By the name of the service in `eventSource`. Two services may have calls of one name. */
export const SERVICES: Readonly<Record<string, readonly Describers[]>> = {
  'access-analyzer.amazonaws.com': [accessAnalyzer],
  'acm.amazonaws.com': [certificates],
  'cloudformation.amazonaws.com': [stacks],
  'cloudfront.amazonaws.com': [distributions],
  'cloudtrail.amazonaws.com': [trails, stores],
  'cognito-identity.amazonaws.com': [identityPools],
  'cognito-idp.amazonaws.com': [userPools],
  'config.amazonaws.com': [config],
  'ec2-instance-connect.amazonaws.com': [instanceConnect],
  'ec2.amazonaws.com': ec2,
  'ecr-public.amazonaws.com': [repositories],
  'ecr.amazonaws.com': [repositories],
  'ecs.amazonaws.com': [ecs],
  'eks.amazonaws.com': [eks],
  'elasticache.amazonaws.com': [cacheGroups],
  'events.amazonaws.com': [events],
  'guardduty.amazonaws.com': [guardDuty, membership('GuardDuty')],
  'iam.amazonaws.com': [users, roles, policies, accountSettings],
  'identitystore.amazonaws.com': [identityStore],
  'kms.amazonaws.com': [keys],
  'lambda.amazonaws.com': [functions, functionAccess, layers],
  'logs.amazonaws.com': [logs],
  'macie2.amazonaws.com': [macie, membership('Macie')],
  'monitoring.amazonaws.com': [alarms],
  'organizations.amazonaws.com': [organizations],
  'rds.amazonaws.com': [databases, databaseSnapshots, databaseGroups],
  'redshift.amazonaws.com': [redshiftGroups, clusterSnapshots],
  'rolesanywhere.amazonaws.com': [rolesAnywhere],
  'route53.amazonaws.com': [zones],
  'route53domains.amazonaws.com': [domains],
  'route53resolver.amazonaws.com': [resolver],
  's3-control.amazonaws.com': [buckets],
  's3.amazonaws.com': [buckets, bucketSettings],
  'secretsmanager.amazonaws.com': [secrets],
  'securityhub.amazonaws.com': [securityHub, membership('Security Hub')],
  'signin.amazonaws.com': [signIn],
  'sns.amazonaws.com': [topics],
  'sqs.amazonaws.com': [queues],
  'ssm.amazonaws.com': [systemsManager],
  'sso-directory.amazonaws.com': [identityStore],
  'sso.amazonaws.com': [permissionSets, identityStore],
  'sts.amazonaws.com': [sessions],
  'waf-regional.amazonaws.com': [firewall],
  'waf.amazonaws.com': [firewall],
  'wafv2.amazonaws.com': [firewall],
};

/** What the call asked for, whether it succeeded or not; null if the request names nothing. Never throws. */
export function describeChange(event: ChangeEvent, outcome: 'succeeded' | 'failed'): Change | null {
  const whole = described(event) ?? describeAnyCall(event);
  if (whole === undefined) return null;
  const failures = outcome === 'failed' ? undefined : failuresOf(event);
  const description = failures === undefined ? whole : withoutFailures(whole, failures);
  const { verb, exposure = null, resources = [], grantees = [] } = description;
  const { begins = [], ends = [], removes = [] } = description;
  return {
    action: verb,
    sentence: sentenceOf(description, outcome),
    resources: bounded(resources).map(({ type, id, name }) => ({
      type: short(type),
      id: short(id),
      name: name && short(name),
    })),
    exposure,
    grantees: bounded(grantees),
    begins: bounded(begins).map(boundedState),
    ends: bounded(ends).map(boundedState),
    removes: bounded(removes).map(short),
  };
}

/** More than a real call has. */
const MOST = 1000;
/** The longest ARN. */
const LONGEST = 2048;

function bounded<T>(list: readonly T[]): readonly T[] {
  return list.slice(0, MOST);
}

function short(text: string): string {
  return onOneLine(shortened(text, LONGEST));
}

function boundedState({ resource, what, part }: State): State {
  return {
    resource: short(resource),
    what: short(what),
    ...(part !== undefined && { part: short(part) }),
  };
}

/** The version of an API at the end of a name: `AddPermission20150331v2`, `CreateDistribution2020_05_31`. */
const API_VERSION = /20[0-9]{2}_?[0-9]{2}_?[0-9]{2}(?:v[0-9]+)?$/;

/** Whether the call has a describer of its own, for this request. */
export function described(event: ChangeEvent): Description | undefined {
  const { eventName, eventSource } = event;
  if (eventName === null) return undefined;
  const names = [...new Set([eventName, eventName.replace(API_VERSION, '')])];
  for (const describers of SERVICES[eventSource ?? ''] ?? []) {
    for (const name of names) {
      const description = Object.hasOwn(describers, name) ? describers[name]?.(event) : undefined;
      if (description !== undefined) return description;
    }
  }
  return undefined;
}
