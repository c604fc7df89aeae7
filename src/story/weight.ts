/**
 * Which of the changes of one concern a reader must see first. It decides about order alone: nothing that is found is left out
 * of a report for its weight.
 */
import type { Finding } from '../report/finding.js';
import type { Concern } from '../report/story.js';

export type WeighedFinding = Pick<Finding, 'eventName'> & {
  readonly change: Pick<NonNullable<Finding['change']>, 'rights' | 'begins'> | null;
};

/** The last of all. */
export const LIGHTEST = 3;

/** What lets somebody sign in or make calls. Trust in accounts outside is an exposure. `Modify` and the last ones set a password. */
const NEW_WAY_IN =
  /^(?:Create(?:User|AccessKey|LoginProfile|ServiceSpecificCredential|SAMLProvider|OpenIDConnectProvider|TrustAnchor|AccountAssignment|AccessEntry|KeyPair|BucketAccessKey|Activation)|Update(?:LoginProfile|AccessKey|SAMLProvider|TrustAnchor)|Upload|Import|ResetServiceSpecificCredential|AddUserToGroup|Add(?:ClientID|Permission)|Deactivate|DeleteMfaDevice|AssociateAccessPolicy|AssociateIdentityProviderConfig|ConsoleLogin|Modify(?:User|DBInstance|DBCluster|Cluster)$|UpdateRelationalDatabase|UpdateNamespace|UpdateCluster|Reset(?:User)?Password|AdminSetUserPassword|AcceptPrimaryEmailUpdate)/;
/** Rights of persons or groups of persons, code that runs with the rights of a role, and an account outside of its organization. */
const MORE_RIGHTS =
  /^(?:Attach|Put)(?:User|Group)Policy|^(?:CreatePolicyVersion|SetDefaultPolicyVersion|CreateProfile|UpdateProfile)$|^UpdateFunctionCode|Permission(?:s|Set)|^(?:LeaveOrganization|RemoveAccountFromOrganization|AcceptHandshake|PutDataLakeSettings)$|PodIdentityAssociation$/;
const TRUST = /^(?:CreateRole|UpdateAssumeRolePolicy)$/;
/** What ends a whole record of calls, or a whole watch over them. */
const SWITCHED_OFF =
  /^(?:StopLogging|DeleteTrail|DeleteEventDataStore|StopEventDataStoreIngestion|DeleteDetector|StopConfigurationRecorder|DeleteConfigurationRecorder)$/;
/** A site is often meant for everyone; the port of a shell or a database never is. */
const SITE = /^tcp (?:80|443) open to /;
const COMMAND =
  /^(?:SendCommand|ExecuteCommand|StartCommandExecution|InvokeAgentRuntimeCommand.*|(?:Start|Resume)Session|Send(?:SerialConsole)?SSHPublicKey|OpenTunnel|BatchGetSecretValue)$/;

/** The lower, the earlier a change is shown: 0 to `LIGHTEST`. */
export function weightOf({ eventName, change }: WeighedFinding, concern: Concern): number {
  const name = eventName ?? '';
  switch (concern) {
    case 'exposed':
      if (TRUST.test(name)) return 0;
      return isOnlySite(change) ? 2 : 1;
    case 'access':
      if (change?.rights !== undefined) return 0;
      if (NEW_WAY_IN.test(name)) return 1;
      return MORE_RIGHTS.test(name) ? 2 : LIGHTEST;
    case 'data':
      return COMMAND.test(name) ? 0 : 1;
    case 'logs':
      return SWITCHED_OFF.test(name) ? 0 : 1;
    case 'destroyed':
    case 'other':
      return 0;
    default:
      return concern satisfies never;
  }
}

function isOnlySite(change: WeighedFinding['change']): boolean {
  const begins = change?.begins ?? [];
  return begins.length > 0 && begins.every(({ what }) => SITE.test(what));
}
