/** Lambda functions: who may invoke them, what code they run, and with which rights. */
import { isObject, type Json } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../../change.js';
import { runsLayersOf } from '../../../foreign-code.js';
import { accountOf, accountsIn } from '../../../request/account.js';
import type { Describers } from '../../../describers.js';
import {
  firstText,
  flagMember,
  listOf,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../../request/request.js';
import { listed, shortened } from '../../../sentence.js';
import { settingsText } from '../../../request/settings.js';
import {
  about,
  created,
  deleted,
  lastPart,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';
import { isLayerOfAws } from './aws-layers.js';

const LONGEST = 80;
/** What CloudTrail leaves out of a request. */
const UNSAID = ' (how is not in the record: perhaps its environment variables)';

export const functions: Describers = {
  CreateFunction: about(
    functionOf,
    (lambda, { requestParameters: request, recipientAccountId }) => {
      const role = textMember(request, 'role');
      const image = textOf(memberAt(request, 'code', 'imageUri'));
      const layers = layersOf(request).map((name) => layerText(name, recipientAccountId));
      const parts = [
        ...(role === undefined ? [] : [`role ${shortened(lastPart(role), LONGEST)}`]),
        ...(image === undefined ? [] : [`image ${shortened(image, LONGEST)}`]),
        ...(layers.length === 0 ? [] : [`layers ${listed(layers, ', ', 3)}`]),
      ];
      return created(lambda, parts.length === 0 ? '' : ` with ${parts.join(', ')}`);
    },
  ),
  DeleteFunction: about(functionOf, (lambda, event) => {
    const qualifier = qualifierOf(event);
    if (qualifier === undefined) return deleted(lambda);
    const object = `version ${shortened(qualifier, LONGEST)} of ${lambda.text}`;
    return { verb: 'delete', object, removes: [qualified(lambda, qualifier)] };
  }),
  UpdateFunctionCode: about(functionOf, describeCode),
  UpdateFunctionConfiguration: about(functionOf, describeConfiguration),
  PublishVersion: about(functionOf, (lambda) => ({
    verb: 'publish',
    object: `a version of ${lambda.text}`,
  })),
  CreateAlias: about(functionOf, (lambda, event) => describeAlias(lambda, event, 'create')),
  UpdateAlias: about(functionOf, (lambda, event) => describeAlias(lambda, event, 'change')),
  DeleteAlias: about(functionOf, (lambda, event) => describeAlias(lambda, event, 'delete')),
  PutFunctionConcurrency: about(functionOf, (lambda, { requestParameters }) => {
    const most = textMember(requestParameters, 'reservedConcurrentExecutions') ?? 'unknown';
    const off = most === '0';
    return {
      verb: off ? 'stop' : 'set',
      object: off
        ? `${lambda.text} by a limit of 0 runs at once`
        : `concurrency of ${lambda.text} to ${shortened(most)}`,
      ...(off ? { begins: [stateOf(lambda, 'stopped')] } : { ends: [stateOf(lambda, 'stopped')] }),
    };
  }),
  DeleteFunctionConcurrency: about(functionOf, (lambda) => ({
    verb: 'remove',
    object: `limit of concurrency of ${lambda.text}`,
    ends: [stateOf(lambda, 'stopped')],
  })),
  CreateEventSourceMapping: about(functionOf, (lambda, event) => ({
    verb: 'let',
    object: `${sourceText(event)} invoke ${lambda.text}`,
    begins: mappingStates(event),
  })),
  UpdateEventSourceMapping: describeMapping('change'),
  DeleteEventSourceMapping: describeMapping('delete'),
  InvokeFunction: about(functionOf, (lambda) => ({ verb: 'invoke', object: lambda.text })),
  Invoke: about(functionOf, (lambda) => ({ verb: 'invoke', object: lambda.text })),
};

/** A function by its name, partial ARN or ARN. A version or alias behind it is the qualifier. */
export function functionOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const text = firstText(requestParameters, 'functionName', 'FunctionName', 'functionArn');
  if (text === undefined) return undefined;
  const name = /(?:^|:)function:([^:]+)/s.exec(text)?.[1] ?? text.replace(/^([^:]+):[^:]+$/s, '$1');
  return subjectOf('function', name, 'Lambda function');
}

/** The version or alias that a call is about. Each has permissions and a URL of its own. */
export function qualifierOf({ requestParameters: request }: ChangeEvent): string | undefined {
  const name = firstText(request, 'functionName', 'FunctionName', 'functionArn') ?? '';
  const [, inArn] = /(?:^|:)function:[^:]+:([^:]+)$/s.exec(name) ?? [];
  const [, inName] = /^[^:]+:([^:]+)$/s.exec(name) ?? [];
  return (
    firstText(request, 'qualifier', 'Qualifier') ??
    inArn ??
    (name.startsWith('function:') ? undefined : inName)
  );
}

/** How states name a version or alias of a function, as a part of it. */
export function qualified({ key }: Subject, qualifier: string): string {
  return `${key}:${qualifier}`;
}

function describeCode(lambda: Subject, { requestParameters: request }: ChangeEvent): Description {
  const bucket = textMember(request, 's3Bucket');
  const key = textMember(request, 's3Key');
  const image = textMember(request, 'imageUri');
  const from =
    image === undefined
      ? bucket === undefined
        ? ''
        : ` with ${shortened(`${bucket}/${key ?? ''}`, LONGEST)}`
      : ` with image ${shortened(image, LONGEST)}`;
  return flagMember(request, 'dryRun') === true
    ? { verb: 'test', object: `whether the code of ${lambda.text} can be replaced${from}` }
    : { verb: 'replace', object: `code of ${lambda.text}${from}` };
}

function describeConfiguration(lambda: Subject, event: ChangeEvent): Description {
  const { requestParameters: request, recipientAccountId: own } = event;
  const scalars = [
    ['role', 'role'],
    ['handler', 'handler'],
    ['runtime', 'runtime'],
    ['timeout', 'timeout'],
    ['memorySize', 'memory'],
    ['kMSKeyArn', 'key'],
    ['description', 'description'],
  ].flatMap(([member = '', word = '']) => {
    // Empty text takes away what was set: without a key of its own, a function is encrypted with that of AWS.
    const text = memberOf(request, member) === '' ? 'none' : textMember(request, member);
    return text === undefined
      ? []
      : [`${word} ${shortened(member === 'role' ? lastPart(text) : text)}`];
  });
  const layers = memberOf(request, 'layers');
  const names = layersOf(request);
  const parts = [
    ...(layers === undefined || layers === null
      ? []
      : [
          names.length === 0
            ? 'no layers'
            : `layers ${listed(
                names.map((name) => layerText(name, own)),
                ', ',
                3,
              )}`,
        ]),
    ...scalars,
    ...environmentText(request),
    ...(memberOf(request, 'vpcConfig') === undefined ? [] : ['network']),
  ];
  return {
    verb: 'change',
    object: `${lambda.text}${parts.length === 0 ? othersText(lambda, event) || UNSAID : `: ${parts.join(', ')}`}`,
    ...(layers !== undefined && layers !== null && layerStates(lambda, names, own)),
  };
}

/** The layers of a call replace those before. */
function layerStates(
  lambda: Subject,
  layers: readonly string[],
  own: string | null,
): Pick<Description, 'begins' | 'removes'> {
  const part = `layers of ${lambda.key}`;
  return {
    begins: accountsIn(
      layers.filter((arn) => !isLayerOfAws(arn)),
      own,
    ).map((account) => ({
      ...stateOf(lambda, runsLayersOf(account)),
      part,
    })),
    removes: [part],
  };
}

/** The rest. An empty object stands for the variables that CloudTrail leaves out, and does not mean that there are none. */
function othersText(lambda: Subject, event: ChangeEvent): string {
  const { environment: _, ...request } = isObject(event.requestParameters)
    ? event.requestParameters
    : {};
  return settingsText(lambda, { ...event, requestParameters: request });
}

/** The names of the variables, never a value. CloudTrail mostly leaves out both. */
function environmentText(request: Json): readonly string[] {
  const environment = memberOf(request, 'environment') ?? null;
  if (!isObject(environment) || Object.keys(environment).length === 0) return [];
  const variables = memberOf(environment, 'variables') ?? null;
  const found = isObject(variables) ? Object.keys(variables).map((name) => shortened(name)) : [];
  return [`environment variables${found.length === 0 ? '' : ` ${listed(found, ', ', 6)}`}`];
}

function layersOf(request: ChangeEvent['requestParameters']): readonly string[] {
  return listOf(memberOf(request, 'layers')).flatMap((layer) => textOf(layer) ?? []);
}

/** A layer is code that runs in the function: whose it is matters. */
function layerText(name: string, own: string | null): string {
  const [account] = accountsIn([name], own);
  const text = shortened(name.replace(/^arn:.*:layer:/s, ''), LONGEST);
  if (account === undefined) return text;
  return isLayerOfAws(name) ? `${text} of AWS` : `${text} of account ${account}`;
}

function describeAlias(
  lambda: Subject,
  { requestParameters: request }: ChangeEvent,
  verb: 'create' | 'change' | 'delete',
): Description {
  const name = shortened(textMember(request, 'name') ?? 'without a name', LONGEST);
  const version = textMember(request, 'functionVersion');
  const to = version === undefined ? '' : ` → version ${shortened(version)}`;
  const states = [stateOf(lambda, `has alias ${name}`)];
  return {
    verb,
    object: `alias ${name} of ${lambda.text}${to}`,
    ...(verb === 'create' && { begins: states }),
    ...(verb === 'delete' && { ends: states, removes: [qualified(lambda, name)] }),
  };
}

function sourceText({ requestParameters }: ChangeEvent): string {
  const arn = textMember(requestParameters, 'eventSourceArn');
  if (arn === undefined) return 'an event source';
  const [, , service = '', , account, ...rest] = arn.split(':');
  const of = accountOf(account);
  return shortened(`${service} ${rest.join(':')}${of === undefined ? '' : ` of ${of}`}`, 120);
}

function mappingStates({ requestParameters, responseElements }: ChangeEvent) {
  const id =
    firstText(requestParameters, 'uUID', 'uuid') ?? textOf(memberAt(responseElements, 'uUID'));
  return id === undefined ? [] : [stateOf(subjectOf('event source', id), 'exists')];
}

function describeMapping(verb: 'change' | 'delete') {
  return (event: ChangeEvent): Description | undefined => {
    const id = firstText(event.requestParameters, 'uUID', 'uuid');
    if (id === undefined) return undefined;
    const source = subjectOf('event source', id);
    const lambda = functionOf(event);
    const enabled = flagMember(event.requestParameters, 'enabled');
    const state = enabled === undefined ? '' : enabled ? ', on' : ', off';
    return {
      verb,
      object: `${source.text}${lambda === undefined ? '' : ` of ${lambda.text}`}${state}`,
      resources: [source.resource],
      ...(verb === 'delete' && { ends: mappingStates(event) }),
    };
  };
}
