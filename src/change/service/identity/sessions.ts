/** Sessions of STS, and of pods in EKS: which role somebody takes, and the key that it comes with. */
import { accountOf } from '../../request/account.js';
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import { summarisePolicy } from '../../policy/summary.js';
import { memberAt, memberOf, textMember, textOf } from '../../request/request.js';
import { shortened } from '../../sentence.js';
import { lastPart, subjectOf } from '../../request/subject.js';

const LONGEST = 80;

export const sessions: Describers = {
  AssumeRole: describeRole,
  AssumeRoleWithSAML: describeRole,
  AssumeRoleWithWebIdentity: describeRole,
  AssumeRoot: (event) => {
    const target = textMember(event.requestParameters, 'targetPrincipal');
    return target === undefined
      ? undefined
      : {
          verb: 'assume',
          object: `root of account ${shortened(target, LONGEST)}${keyText(event)}`,
        };
  },
  GetSessionToken: (event) => ({
    verb: 'request',
    object: `a session of the caller${keyText(event)}`,
  }),
  GetFederationToken: (event) => {
    const name = textMember(event.requestParameters, 'name');
    const policy = memberOf(event.requestParameters, 'policy');
    const rights =
      policy === undefined || policy === null || policy === ''
        ? ''
        : `: ${summarisePolicy(policy, { own: event.recipientAccountId }).text}`;
    return {
      verb: 'request',
      object: `a session for ${shortened(name ?? 'a federated user', LONGEST)}${keyText(event)}${rights}`,
    };
  },
};

export const podRoles: Describers = { AssumeRoleForPodIdentity: describePodRole };

function describeRole(event: ChangeEvent): Description | undefined {
  const arn = textMember(event.requestParameters, 'roleArn');
  if (arn === undefined) return undefined;
  const role = subjectOf('role', lastPart(arn), 'IAM role');
  const account = accountOf(arn.split(':')[4]);
  const of =
    account === undefined || account === event.recipientAccountId ? '' : ` of account ${account}`;
  const session = textMember(event.requestParameters, 'roleSessionName');
  const as = session === undefined ? '' : ` as ${shortened(session, LONGEST)}`;
  return {
    verb: 'assume',
    object: `${role.text}${of}${as}${keyText(event)}`,
    resources: [role.resource],
  };
}

/** The request names the cluster alone. The answer says which role it was, and for whom in the cluster. */
function describePodRole(event: ChangeEvent): Description | undefined {
  const { requestParameters, responseElements: answer } = event;
  const cluster = textMember(requestParameters, 'clusterName');
  if (cluster === undefined) return undefined;
  const arn = textOf(memberAt(answer, 'assumedRoleUser', 'arn')) ?? '';
  const name = /^[^/]*:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  const role = name === undefined ? undefined : subjectOf('role', name, 'IAM role');
  const namespace = textOf(memberAt(answer, 'subject', 'namespace'));
  const account = textOf(memberAt(answer, 'subject', 'serviceAccount'));
  const pod =
    namespace === undefined || account === undefined
      ? 'a pod'
      : `the pods of ${shortened(`${namespace}/${account}`, LONGEST)}`;
  return {
    verb: 'assume',
    object: `${role?.text ?? 'a role'} for ${pod} in cluster ${shortened(cluster, LONGEST)}${keyText(event)}`,
    resources: role === undefined ? [] : [role.resource],
  };
}

function keyText({ responseElements }: ChangeEvent): string {
  const key = textOf(memberAt(responseElements, 'credentials', 'accessKeyId'));
  return key === undefined ? '' : ` (key ${shortened(key)})`;
}
