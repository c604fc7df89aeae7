/** Which describers there are, by service. The folders beside this file say what the calls of each service change. */
import type { Describers } from '../describers.js';
import { rolesAnywhere } from './identity/access/roles-anywhere.js';
import { portfolioShares } from './identity/access/portfolio-shares.js';
import { resourceShares } from './identity/access/resource-shares.js';
import { secrets } from './identity/access/secrets.js';
import { signIn } from './identity/access/sign-in.js';
import { systemsManager } from './identity/access/systems-manager.js';
import { certificates } from './web/certificates.js';
import { builds } from './compute/builds.js';
import { appImages, workspaceImages } from './compute/images.js';
import { lightsail } from './compute/lightsail.js';
import { stacks } from './compute/stacks.js';
import { ipGroups } from './compute/workspaces.js';
import { stores } from './watching/cloudtrail/stores.js';
import { trails } from './watching/cloudtrail/trails.js';
import { identityPools, userPools } from './identity/pools.js';
import { config } from './watching/config.js';
import { ecs } from './compute/containers/ecs.js';
import { eks } from './compute/containers/eks.js';
import { guardDuty } from './watching/detection/guardduty.js';
import { membership } from './watching/detection/members.js';
import { detective, inspector } from './watching/detection/inspector.js';
import { accessAnalyzer, macie, securityHub } from './watching/detection/others.js';
import { ec2 } from './compute/ec2/calls.js';
import { instanceConnect } from './compute/ec2/instance/access.js';
import { repositories } from './compute/containers/repositories.js';
import { accountSettings } from './identity/iam/account.js';
import { policies } from './identity/iam/policies.js';
import { roles } from './identity/iam/roles.js';
import { users } from './identity/iam/users.js';
import { backupCopies, tableExports } from './storage/copies.js';
import { keys } from './storage/keys.js';
import { lake } from './storage/lake.js';
import { searchPolicies } from './storage/search.js';
import { functionAccess } from './compute/lambda/access.js';
import { functions } from './compute/lambda/functions.js';
import { layers } from './compute/lambda/layers.js';
import { queues } from './messaging/queues.js';
import { senderIdentities } from './messaging/sender-identities.js';
import { topics } from './messaging/topics.js';
import { permissionSets } from './identity/organization/identity-center.js';
import { identityStore } from './identity/organization/identity-store.js';
import { organizations } from './identity/organization/organizations.js';
import { databases } from './storage/rds/database.js';
import { cacheGroups, databaseGroups, redshiftGroups } from './storage/rds/group.js';
import { clusterSnapshots, databaseSnapshots } from './storage/rds/snapshot.js';
import { warehouses, workgroups } from './storage/rds/warehouse.js';
import { dataShares } from './storage/rds/data-share.js';
import { domains } from './web/route53/domains.js';
import { resolver, zones } from './web/route53/zones.js';
import { buckets } from './storage/s3/bucket.js';
import { bucketSettings } from './storage/s3/settings.js';
import { podRoles, sessions } from './identity/sessions.js';
import { alarms } from './watching/alarms.js';
import { stages } from './watching/api-stages.js';
import { events } from './watching/events.js';
import { logs } from './watching/logs.js';
import { loadBalancers, models, networkFirewall, warehouseLogs } from './watching/service-logs.js';
import { distributions } from './web/distributions.js';
import { firewall } from './web/firewall.js';

/** By the name of the service in `eventSource`. Two services may have calls of one name. */
export const SERVICES: Readonly<Record<string, readonly Describers[]>> = {
  'access-analyzer.amazonaws.com': [accessAnalyzer],
  'acm.amazonaws.com': [certificates],
  'aoss.amazonaws.com': [searchPolicies],
  'apigateway.amazonaws.com': [stages],
  'appstream.amazonaws.com': [appImages],
  'backup.amazonaws.com': [backupCopies],
  'bedrock.amazonaws.com': [models],
  'cloudformation.amazonaws.com': [stacks],
  'cloudfront.amazonaws.com': [distributions],
  'cloudtrail.amazonaws.com': [trails, stores],
  'codebuild.amazonaws.com': [builds],
  'cognito-identity.amazonaws.com': [identityPools],
  'cognito-idp.amazonaws.com': [userPools],
  'config.amazonaws.com': [config],
  'detective.amazonaws.com': [detective, membership('Detective')],
  'dynamodb.amazonaws.com': [tableExports],
  'ec2-instance-connect.amazonaws.com': [instanceConnect],
  'ec2.amazonaws.com': ec2,
  'ecr-public.amazonaws.com': [repositories],
  'ecr.amazonaws.com': [repositories],
  'ecs.amazonaws.com': [ecs],
  'eks-auth.amazonaws.com': [podRoles],
  'eks.amazonaws.com': [eks],
  'elasticache.amazonaws.com': [cacheGroups],
  'elasticloadbalancing.amazonaws.com': [loadBalancers],
  'events.amazonaws.com': [events],
  'guardduty.amazonaws.com': [guardDuty, membership('GuardDuty')],
  'iam.amazonaws.com': [users, roles, policies, accountSettings],
  'identitystore.amazonaws.com': [identityStore],
  'kms.amazonaws.com': [keys],
  'lakeformation.amazonaws.com': [lake],
  'lambda.amazonaws.com': [functions, functionAccess, layers],
  'lightsail.amazonaws.com': [lightsail],
  'logs.amazonaws.com': [logs],
  'inspector2.amazonaws.com': [inspector, membership('Inspector')],
  'macie2.amazonaws.com': [macie, membership('Macie')],
  'monitoring.amazonaws.com': [alarms],
  'network-firewall.amazonaws.com': [networkFirewall],
  'organizations.amazonaws.com': [organizations],
  'ram.amazonaws.com': [resourceShares],
  'rds.amazonaws.com': [databases, databaseSnapshots, databaseGroups],
  'redshift.amazonaws.com': [
    warehouses,
    dataShares,
    redshiftGroups,
    clusterSnapshots,
    warehouseLogs,
  ],
  'redshift-serverless.amazonaws.com': [workgroups],
  'rolesanywhere.amazonaws.com': [rolesAnywhere],
  'route53.amazonaws.com': [zones],
  'route53domains.amazonaws.com': [domains],
  'route53resolver.amazonaws.com': [resolver],
  's3-control.amazonaws.com': [buckets],
  's3.amazonaws.com': [buckets, bucketSettings],
  'secretsmanager.amazonaws.com': [secrets],
  'securityhub.amazonaws.com': [securityHub, membership('Security Hub')],
  'servicecatalog.amazonaws.com': [portfolioShares],
  'ses.amazonaws.com': [senderIdentities],
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
  'workspaces.amazonaws.com': [workspaceImages, ipGroups],
};
