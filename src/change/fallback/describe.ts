/** The description of a call that has no describer of its own: its name in words, and all that it was given. */
import { isObject, type Json } from '../../cloudtrail/json.js';
import { callName, serviceName } from '../../cloudtrail/service-call.js';
import type { ChangedResource, ChangeEvent, Description } from '../change.js';
import { textMember } from '../request/request.js';
import { resourceArn } from '../request/resource-arn.js';
import { lastPart } from '../request/subject.js';
import { listed, shortened } from '../sentence.js';
import type { Verb } from '../verb.js';
import { accessGiven, isOfPolicy } from './access.js';
import { existence } from './existence.js';
import {
  NAMING,
  parametersOf,
  parametersOrNone,
  parametersText,
  type Parameter,
} from './parameters.js';
import { letInAccounts } from './let-in-account.js';
import { letIn } from './let-in.js';
import { logsSwitched } from './logs-off.js';
import { publicSetting } from './public.js';
import { renaming } from './rename.js';
import { namedCall, wordsOf, type NamedCall } from './words.js';

const LONGEST_REQUEST = 400;
const LONGEST_EVENT_NAME = 80;
const LONGEST_ACCESS = 200;
const IDS_SHOWN = 3;
const RESOURCES_SHOWN = 20;
/** What these answer was there before. */
const MAKES_NOTHING = new Set<Verb>(['delete', 'read', 'remove', 'terminate', 'release']);

/** What the call names; undefined for an event without a name. */
export function describeAnyCall(event: ChangeEvent): Description | undefined {
  const { eventName } = event;
  if (eventName === null) return undefined;
  const call = namedCall(eventName);
  const { verb, noun } = call;
  // Nobody asked for what an event of a service says: its details are apart.
  const asked = event.requestParameters ?? event.serviceEventDetails ?? null;
  const request = parametersOf(asked);
  const answer = verb === 'read' ? [] : parametersOf(event.responseElements);
  const made = idsMade(call, answer, request);
  const what = verb === undefined ? shortened(eventName, LONGEST_EVENT_NAME) : noun;
  const own = event.recipientAccountId;
  const parameters = { request, made: answer, own };
  const { text, ...access } = accessGiven(event, call, parameters);
  const all = hasFormalMembers(event, verb) ? request : parametersOrNone(asked);
  const effects = [
    access,
    publicSetting(call, parameters),
    letIn(event, call, parameters),
    letInAccounts(event, parameters),
    logsSwitched(call, { ...parameters, request: all }, event.eventSource),
  ];
  // What a policy allows is said in words.
  const rest = text === '' ? all : request.filter((one) => !isOfPolicy(one));
  const given = shortened(parametersText(rest), LONGEST_REQUEST);
  const said = given === '' ? '' : `: ${given}`;
  const answered = made.length === 0 ? '' : ` → ${parametersText(made)}`;
  const exists = existence(
    call,
    // Which the request may name by `name` alone.
    { request, made: verb === 'create' ? answer : made, own },
    event.eventSource,
  );
  const on = verb === 'read' ? '' : unnamedText(event, [...request, ...answer]);
  return {
    verb: verb ?? 'call',
    object: `${what}${on}${said}${answered}${text === '' ? '' : `: ${shortened(text, LONGEST_ACCESS)}`}`,
    resources: resourcesIn(event.resources),
    ...together([exists, ...effects]),
    ...renaming(call, request),
  };
}

type Effects = Pick<Description, 'exposure' | 'grantees' | 'begins' | 'ends' | 'removes'>;

/** What several readers of one call found. */
function together(all: readonly Effects[]): Effects {
  return {
    exposure: all.flatMap(({ exposure }) => exposure ?? []).at(-1) ?? null,
    grantees: [...new Set(all.flatMap(({ grantees = [] }) => grantees))],
    begins: all.flatMap(({ begins = [] }) => begins),
    ends: all.flatMap(({ ends = [] }) => ends),
    removes: [...new Set(all.flatMap(({ removes = [] }) => removes))],
  };
}

/** What a VPC endpoint logged: that the call went through it. What the call did, its own record says. */
export function describeNetworkActivity(event: ChangeEvent): Description | undefined {
  const { eventName, eventSource, eventType, vpcEndpointId, resources } = event;
  if (eventType !== 'AwsVpceEvent' || eventName === null) return undefined;
  const call = shortened(callName(eventSource, eventName), LONGEST_EVENT_NAME);
  const endpoint = shortened(vpcEndpointId ?? '', LONGEST_EVENT_NAME);
  return {
    verb: 'call',
    object: `${call} through ${endpoint === '' ? 'a VPC endpoint' : `VPC endpoint ${endpoint}`}`,
    resources: resourcesIn(resources),
  };
}

/**
 * Whether what is empty says nothing: the lists of EC2 stand for each list that a call does not give, the texts of S3 for the name of
 * the call, and those of a read for no filter.
 */
function hasFormalMembers({ eventSource }: ChangeEvent, verb: Verb | undefined): boolean {
  return (
    verb === 'read' || eventSource === 'ec2.amazonaws.com' || eventSource === 's3.amazonaws.com'
  );
}

/** The IDs, names and ARNs of what was made: those in the response that the request does not have, the thing's own first. */
function idsMade(
  { verb, thing }: NamedCall,
  answered: readonly Parameter[],
  request: readonly Parameter[],
): readonly Parameter[] {
  if (verb === undefined || MAKES_NOTHING.has(verb)) return [];
  if (answered.length === 0) return [];
  const known = new Set(request.flatMap(({ values }) => values));
  const isOwn = ({ name }: Parameter): number => Number(name.toLowerCase().startsWith(thing));
  return answered
    .filter(({ name }) => NAMING.test(name) && !name.startsWith('owner'))
    .filter(({ values }) => !values.every((value) => known.has(value)))
    .toSorted((one, other) => isOwn(other) - isOwn(one))
    .slice(0, IDS_SHOWN);
}

/**
 * Of the resources that the event lists, what the call is on, if no parameter says it: a push to CodeCommit has the name of the
 * repository only there. Resources of other services, such as a role or a key, are what the call uses.
 */
function unnamedText(
  { eventSource, resources }: ChangeEvent,
  parameters: readonly Parameter[],
): string {
  const service = eventSource === null ? undefined : serviceName(eventSource);
  const own = resourcesIn(resources).flatMap(({ type, id }) => {
    const [, of, whole] = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.+)$/s.exec(id) ?? [];
    // Of a log group, some calls list the ARN of all that is in it.
    const name = whole?.replace(/:\*$/, '');
    return of === service && name !== undefined ? [{ type, id, name }] : [];
  });
  if (own.length === 0) return '';
  if (own.some((resource) => parameters.some((parameter) => isNamedBy(parameter, resource))))
    return '';
  return ` on ${listed(
    own.map(({ type, name }) => `${type} ${shortened(lastPart(name), LONGEST_EVENT_NAME)}`),
    ', ',
    2,
  )}`;
}

/** Whether a value of the parameter is the ID or the name, or ends as the name does: the name may follow a word, and the value be a URL. */
function isNamedBy(
  parameter: Parameter,
  { id, name }: { readonly id: string; readonly name: string },
): boolean {
  // Of other parameters, a number is seldom the name of something; and a name often stands before an ID.
  const isNaming = NAMING.test(parameter.name);
  const parts = isNaming ? name.split(/[:/]/) : [];
  return parameter.values.some(
    (value) =>
      [id, name, ...parts].includes(value) ||
      endsIn(value, name) ||
      ((isNaming || /\D/.test(value)) && endsIn(name, value)),
  );
}

/** Whether the end is that of the text, from a `/` or `:` on. */
function endsIn(text: string, end: string): boolean {
  if (end === '' || !text.endsWith(end)) return false;
  return /^[:/]/.test(end) || /[:/]$/.test(text.slice(0, text.length - end.length));
}

/** The resources that the event itself lists. */
function resourcesIn(resources: Json): readonly ChangedResource[] {
  if (!Array.isArray(resources)) return [];
  return resources.slice(0, RESOURCES_SHOWN).flatMap((resource: Json) => {
    if (!isObject(resource)) return [];
    const id = resourceArn(resource);
    const type = textMember(resource, 'type') ?? textMember(resource, 'Type') ?? 'resource';
    return id === undefined ? [] : [{ type: typeText(type), id, name: null }];
  });
}

/** What describers call a thing without its service. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'table',
  'AWS::S3::Bucket': 'bucket',
  'AWS::S3::Object': 'object',
};

/** `IAM access key` for `AWS::IAM::AccessKey`. */
function typeText(type: string): string {
  const own = Object.hasOwn(OWN_WORDS, type) ? OWN_WORDS[type] : undefined;
  if (own !== undefined) return own;
  const [service, ...name] = type.replace(/^AWS::/, '').split('::');
  return [shortened(service ?? ''), ...name.flatMap(wordsOf)].join(' ');
}
