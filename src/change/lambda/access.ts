/** Who may invoke a Lambda function or use a layer: permissions, and URLs of functions. */
import type { ChangeEvent, Description } from '../change.js';
import type { Describers } from '../describe.js';
import { accessOf } from '../policy/resource.js';
import { summarisePolicy } from '../policy/summary.js';
import { firstText, memberAt, textMember, textOf } from '../request.js';
import { shortened } from '../sentence.js';
import { about, lastPart, stateOf, subjectOf, type Subject } from '../subject.js';
import { functionOf } from './functions.js';

const LONGEST = 80;
const URL_OPEN = 'has a URL without sign-in';
const URL_CLOSED = 'has a URL with sign-in';

export const functionAccess: Describers = {
  AddPermission: about(functionOf, describePermission),
  RemovePermission: about(functionOf, describeRemoval),
  AddLayerVersionPermission: about(layerOf, describePermission),
  RemoveLayerVersionPermission: about(layerOf, describeRemoval),
  CreateFunctionUrlConfig: about(functionOf, (lambda, event) =>
    describeUrl(lambda, event, 'create'),
  ),
  UpdateFunctionUrlConfig: about(functionOf, (lambda, event) =>
    describeUrl(lambda, event, 'change'),
  ),
  DeleteFunctionUrlConfig: about(functionOf, (lambda) => ({
    verb: 'delete',
    object: `URL of ${lambda.text}`,
    ends: [stateOf(lambda, URL_OPEN), stateOf(lambda, URL_CLOSED)],
  })),
};

function layerOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'layerName');
  if (name === undefined) return undefined;
  const version = textMember(requestParameters, 'versionNumber');
  return subjectOf(
    'layer',
    version === undefined ? lastPart(name) : `${lastPart(name)}:${version}`,
  );
}

const USES: Readonly<Record<string, string>> = {
  InvokeFunction: 'invoke',
  InvokeFunctionUrl: 'invoke the URL of',
  GetLayerVersion: 'use',
  '*': 'do all with',
};

/** The parameters of the call are those of one statement of the policy of the function. */
function describePermission(subject: Subject, event: ChangeEvent): Description | undefined {
  const { requestParameters: request, recipientAccountId: own } = event;
  const principal = textMember(request, 'principal');
  if (principal === undefined) return undefined;
  const id = firstText(request, 'statementId') ?? 'without an ID';
  const organization = firstText(request, 'principalOrgID', 'organizationId');
  const conditions = [
    ['aws:PrincipalOrgID', organization],
    ['aws:SourceAccount', textMember(request, 'sourceAccount')],
    ['aws:SourceArn', textMember(request, 'sourceArn')],
    ['lambda:FunctionUrlAuthType', textMember(request, 'functionUrlAuthType')],
  ].flatMap(([key = '', value]) => (value === undefined ? [] : [[key, value] as const]));
  const isAws = /^(?:\*|arn:.*|[0-9]{12})$/s.test(principal);
  const summary = summarisePolicy(
    {
      Statement: {
        Effect: 'Allow',
        Principal: isAws ? { AWS: principal } : { Service: principal },
        Action: textMember(request, 'action') ?? 'lambda:InvokeFunction',
        Condition: { StringLike: Object.fromEntries(conditions) },
      },
    },
    { own },
  );
  const [who = '', what = ''] = summary.text.split(/ may (?:lambda:)?/);
  const [action = '', ...rest] = what.split(' ');
  const use = Object.hasOwn(USES, action) ? USES[action] : `call ${action} on`;
  return {
    verb: 'let',
    object: [who, use, subject.text, ...rest].join(' '),
    ...accessOf(summary),
    begins: [stateOf(subject, `has permission ${id}`)],
  };
}

function describeRemoval(
  subject: Subject,
  { requestParameters }: ChangeEvent,
): Description | undefined {
  const id = textMember(requestParameters, 'statementId');
  if (id === undefined) return undefined;
  return {
    verb: 'remove',
    object: `permission ${shortened(id, LONGEST)} from ${subject.text}`,
    ends: [stateOf(subject, `has permission ${id}`)],
  };
}

function describeUrl(
  lambda: Subject,
  { requestParameters, responseElements }: ChangeEvent,
  verb: 'create' | 'change',
): Description {
  const type = firstText(requestParameters, 'authType') ?? firstText(responseElements, 'authType');
  const open = type?.toUpperCase() === 'NONE';
  const url = textOf(memberAt(responseElements, 'functionUrl'));
  const signIn = type === undefined ? '' : open ? ' without sign-in' : ' with sign-in';
  const closed = type === undefined ? [] : [stateOf(lambda, URL_CLOSED)];
  return {
    verb,
    object: `URL${signIn} of ${lambda.text}${url === undefined ? '' : `: ${shortened(url, 120)}`}`,
    exposure: open ? { peer: 'everyone', direction: 'ingress' } : null,
    begins: open ? [stateOf(lambda, URL_OPEN)] : closed,
    ends: open
      ? [stateOf(lambda, URL_CLOSED)]
      : type === undefined
        ? []
        : [stateOf(lambda, URL_OPEN)],
  };
}
