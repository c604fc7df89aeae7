/** Sessions of STS: which role somebody takes, and the key that it comes with. */
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

function keyText({ responseElements }: ChangeEvent): string {
  const key = textOf(memberAt(responseElements, 'credentials', 'accessKeyId'));
  return key === undefined ? '' : ` (key ${shortened(key)})`;
}
