/** Who may invoke a Lambda function or use a layer: permissions, and URLs of functions. */
import type { Json } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description, State } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { accessOf } from '../../../policy/resource.js';
import { summarisePolicy, whoMay } from '../../../policy/summary.js';
import { firstText, memberAt, textMember, textOf } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import { about, stateOf, type Subject } from '../../../request/subject.js';
import { functionOf, qualified, qualifierOf } from './functions.js';
import { layerOf, layerVersionOf } from './layers.js';

const LONGEST = 80;
const FUNCTION = 'Lambda function';
const URL_OPEN = 'has a URL without sign-in';
const URL_CLOSED = 'has a URL with sign-in';

export const functionAccess: Describers = {
  AddPermission: about(functionOf, describePermission),
  RemovePermission: about(functionOf, describeRemoval),
  AddLayerVersionPermission: about(layerVersionOf, describePermission),
  RemoveLayerVersionPermission: about(layerVersionOf, describeRemoval),
  CreateFunctionUrlConfig: about(functionOf, (lambda, event) =>
    describeUrl(lambda, event, 'create'),
  ),
  UpdateFunctionUrlConfig: about(functionOf, (lambda, event) =>
    describeUrl(lambda, event, 'change'),
  ),
  DeleteFunctionUrlConfig: about(functionOf, (lambda, event) => {
    const { text, state } = partOf(lambda, event);
    return {
      verb: 'delete',
      object: `URL of ${text}`,
      ends: [state(URL_OPEN), state(URL_CLOSED)],
    };
  }),
};

/** What a call is about: the whole, or a version or alias of it. */
interface Part {
  readonly text: string;
  readonly state: (what: string) => State;
}

/** Each version and alias has its own permissions and URL. */
function partOf(subject: Subject, event: ChangeEvent): Part {
  if (subject.resource.type !== FUNCTION) return layerPartOf(subject, event);
  const qualifier = qualifierOf(event);
  if (qualifier === undefined)
    return { text: subject.text, state: (what) => stateOf(subject, what) };
  return {
    text: `${subject.text}:${shortened(qualifier, LONGEST)}`,
    state: (what) => ({
      ...stateOf(subject, `${what} (${qualifier})`),
      part: qualified(subject, qualifier),
    }),
  };
}

function layerPartOf(version: Subject, event: ChangeEvent): Part {
  const layer = layerOf(event) ?? version;
  const number = textMember(event.requestParameters, 'versionNumber');
  return {
    text: version.text,
    state: (what) =>
      number === undefined
        ? stateOf(layer, what)
        : { ...stateOf(layer, `${what} (${number})`), part: version.key },
  };
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
  const signIn = textMember(request, 'functionUrlAuthType');
  const isOpen = signIn?.toUpperCase() === 'NONE';
  const conditions = [
    ['aws:PrincipalOrgID', firstText(request, 'principalOrgID', 'organizationId')],
    ['aws:SourceAccount', textMember(request, 'sourceAccount')],
    ['aws:SourceArn', textMember(request, 'sourceArn')],
    ['lambda:FunctionUrlAuthType', isOpen ? undefined : signIn],
  ].flatMap(([key = '', value]) => (value === undefined ? [] : [[key, value] as const]));
  const isAws = /^(?:\*|arn:.*|[0-9]{12})$/s.test(principal);
  const policy: Json = {
    Statement: {
      Effect: 'Allow',
      Principal: isAws ? { AWS: principal } : { Service: principal },
      Condition: { StringLike: Object.fromEntries(conditions) },
    },
  };
  const { who, condition } = whoMay(policy, own) ?? { who: shortened(principal), condition: '' };
  const action = (textMember(request, 'action') ?? 'InvokeFunction').replace(/^lambda:/, '');
  const use = Object.hasOwn(USES, action) ? USES[action] : `call ${shortened(action)} on`;
  const { text, state } = partOf(subject, event);
  return {
    verb: 'let',
    object: `${who} ${use} ${text}${isOpen ? ' without sign-in' : ''}${condition}`,
    ...accessOf(summarisePolicy(policy, { own })),
    begins: [state(`has permission ${id}`)],
  };
}

function describeRemoval(subject: Subject, event: ChangeEvent): Description | undefined {
  const id = textMember(event.requestParameters, 'statementId');
  if (id === undefined) return undefined;
  const { text, state } = partOf(subject, event);
  return {
    verb: 'remove',
    object: `permission ${shortened(id, LONGEST)} from ${text}`,
    ends: [state(`has permission ${id}`)],
  };
}

function describeUrl(lambda: Subject, event: ChangeEvent, verb: 'create' | 'change'): Description {
  const { requestParameters, responseElements } = event;
  const type = firstText(requestParameters, 'authType') ?? firstText(responseElements, 'authType');
  const open = type?.toUpperCase() === 'NONE';
  const url = textOf(memberAt(responseElements, 'functionUrl'));
  const { text, state } = partOf(lambda, event);
  const signIn = type === undefined ? '' : open ? ' without sign-in' : ' with sign-in';
  const end = url === undefined ? '' : `: ${shortened(url, 120)}`;
  return {
    ...(verb === 'create' || type === undefined
      ? { verb, object: `URL${signIn} of ${text}${end}` }
      : { verb: 'set', object: `URL of ${text} to one${signIn}${end}` }),
    exposure: open ? { peer: 'everyone', direction: 'ingress' } : null,
    ...(type !== undefined && {
      begins: [state(open ? URL_OPEN : URL_CLOSED)],
      ends: [state(open ? URL_CLOSED : URL_OPEN)],
    }),
  };
}
