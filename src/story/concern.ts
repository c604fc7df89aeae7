/** What a succeeded change came to: who was let in, which ways in were made, which logs were touched, which data was read. */
import type { Finding } from '../report/finding.js';
import type { Concern } from '../report/story.js';

export type ConcernFinding = Pick<Finding, 'eventSource' | 'eventName'> & {
  readonly change: Pick<
    NonNullable<Finding['change']>,
    'exposure' | 'begins' | 'ends' | 'removes' | 'onlyLimits'
  > | null;
};

interface Kind {
  readonly concern: Concern;
  readonly source: RegExp;
  readonly call: RegExp;
}

/** What only adds to what watches, shows logs or keeps them, or says who may: no log is weaker for it. */
const NOT_WEAKER =
  /^(?:Put(?:ResourcePolicy|(?:Organization)?(?:ConfigRule|ConformancePack)|ConfigurationAggregator|RemediationConfigurations)|Delete(?:ResourcePolicy|RetentionPolicy|QueryDefinition|Dashboards|Connection|ApiDestination))$/;
/** It lets somebody in only if it makes passwords weak, and then a state begins. */
const PASSWORD_POLICY = 'UpdateAccountPasswordPolicy';

/** The first that matches decides. */
const KINDS: readonly Kind[] = [
  {
    concern: 'logs',
    source: /^(?:cloudtrail|config|guardduty|securityhub|access-analyzer|macie2|inspector2)[.]/,
    call: /^(?:Stop|Delete|Disable|Disassociate|Update|Put|Archive|Create(?:Findings)?Filter|CreateIPSet)/,
  },
  { concern: 'logs', source: /^ec2[.]/, call: /^DeleteFlowLogs$/ },
  {
    concern: 'logs',
    source: /^(?:logs|monitoring|events)[.]/,
    call: /^(?:Delete|Disable|Remove(?!Permission))/,
  },
  { concern: 'logs', source: /^s3[.]/, call: /^(?:PutBucketLogging|PutBucketLifecycle)/ },
  {
    concern: 'access',
    source: /^(?:iam|sso|sso-directory|identitystore|rolesanywhere)[.]/,
    call: /^(?:Create|Put|Attach|Add|Update|Upload|Enable|Set|Import|Deactivate|Provision)/,
  },
  {
    concern: 'access',
    source: /^ec2[.]/,
    call: /^(?:ImportKeyPair|CreateKeyPair|AssociateIamInstanceProfile)$/,
  },
  { concern: 'access', source: /^signin[.]/, call: /^ConsoleLogin$/ },
  { concern: 'access', source: /^lambda[.]/, call: /^(?:UpdateFunctionCode|AddPermission)/ },
  { concern: 'access', source: /^eks[.]/, call: /^(?:CreateAccessEntry|AssociateAccessPolicy)$/ },
  {
    concern: 'data',
    source: /^secretsmanager[.]/,
    call: /^(?:GetSecretValue|BatchGetSecretValue)$/,
  },
  { concern: 'data', source: /^ssm[.]/, call: /^(?:GetParameter|SendCommand|StartSession)/ },
  { concern: 'data', source: /^ec2[.]/, call: /^(?:GetPasswordData|CreateSnapshot|CreateImage)$/ },
];

export function concernOf({ eventSource, eventName, change }: ConcernFinding): Concern {
  // Letting others in is worse than reaching others, which is how most networks are.
  if (change !== null && change.exposure?.direction === 'ingress') return 'exposed';
  const kind = KINDS.find(
    ({ source, call }) => source.test(eventSource ?? '') && call.test(eventName ?? ''),
  );
  if (kind === undefined || change?.onlyLimits === true) return 'other';
  const name = eventName ?? '';
  const hasStates = kind.concern === 'logs' || name === PASSWORD_POLICY;
  return NOT_WEAKER.test(name) || (hasStates && isUndoing(change)) ? 'other' : kind.concern;
}

/** Whether a change only ends states: logging that is on again is no concern. */
function isUndoing(change: ConcernFinding['change']): boolean {
  if (change === null) return false;
  const { begins, ends, removes } = change;
  return ends.length > 0 && begins.length === 0 && removes.length === 0;
}
