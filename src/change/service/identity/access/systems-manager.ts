/** Systems Manager: commands and sessions on instances, documents, and parameters. */
import type { Json } from '../../../../cloudtrail/json.js';
import { associations, commandText, targetsText } from './associations.js';
import { accountOf } from '../../../request/account.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { changing, detail, EVERYONE, named, names, textsIn } from '../../../request/call.js';
import { flagMember, memberOf, textMember, textOf } from '../../../request/request.js';
import { about, creation, deletion, stateOf, subjectOf } from '../../../request/subject.js';

const documentOf = named('document', 'name', 'documentName');
const parameterOf = named('parameter', 'name');

export const systemsManager: Describers = {
  SendCommand: runCommand,
  StartSession: about(named('instance', 'target'), (instance, event) => {
    const session = sessionIn(event.responseElements);
    const document = textMember(event.requestParameters, 'documentName');
    return {
      verb: 'start',
      object: `a session on ${instance.resource.id}${detail(' with document ', document)}`,
      begins: session === undefined ? [] : [stateOf(session, 'open')],
    };
  }),
  ResumeSession: about(named('session', 'sessionId'), (session) => ({
    verb: 'resume',
    object: session.text,
  })),
  TerminateSession: about(named('session', 'sessionId'), (session) => ({
    verb: 'stop',
    object: session.text,
    ends: [stateOf(session, 'open')],
  })),
  StartAutomationExecution: about(documentOf, startAutomation),
  StartChangeRequestExecution: about(documentOf, startAutomation),
  StartAccessRequest: (event) => ({
    verb: 'request',
    object: `access to ${targetsText(event.requestParameters)}`,
  }),
  ...associations,
  CreateDocument: creation(documentOf),
  UpdateDocument: changing(documentOf),
  UpdateDocumentDefaultVersion: changing(
    documentOf,
    ({ requestParameters: request }) =>
      `: version ${textMember(request, 'documentVersion') ?? 'unknown'} is the default`,
  ),
  DeleteDocument: deletion(documentOf),
  ModifyDocumentPermission: about(documentOf, (document, { requestParameters: request }) => {
    const added = textsIn(request, 'accountIdsToAdd');
    const removed = textsIn(request, 'accountIdsToRemove');
    if (added.length + removed.length === 0) return undefined;
    const states = (ids: readonly string[]) =>
      ids.map((id) => stateOf(document, `shared with ${peerText(id)}`));
    const gone = `sharing ${document.text} with ${names(removed.map(peerText))}`;
    const both = { begins: states(added), ends: states(removed) };
    if (added.length === 0) return { verb: 'stop', object: gone, ...both };
    return {
      verb: 'share',
      object: `${document.text} with ${names(added.map(peerText))}${removed.length === 0 ? '' : `, and stopped ${gone}`}`,
      exposure: added.some(isEverybody) ? EVERYONE : null,
      grantees: added.flatMap((id) => accountOf(id) ?? []),
      ...both,
    };
  }),
  PutParameter: about(parameterOf, (parameter, { requestParameters: request }) => {
    // Else the parameter is new: AWS refuses to overwrite one.
    const isOld = flagMember(request, 'overwrite') === true;
    return {
      verb: 'set',
      object: parameter.text,
      begins: isOld ? [] : [stateOf(parameter, 'exists')],
    };
  }),
  DeleteParameter: deletion(parameterOf),
  DeleteParameters: ({ requestParameters: request, responseElements: response }) => {
    const subjects = textsIn(request, 'names').map((name) => subjectOf('parameter', name));
    if (subjects.length === 0) return undefined;
    const deleted = new Set(textsIn(response, 'deletedParameters'));
    return {
      verb: 'delete',
      object: `${subjects.length === 1 ? 'parameter' : 'parameters'} ${names(textsIn(request, 'names'))}`,
      resources: subjects.map(({ resource }) => resource),
      removes: subjects.flatMap(({ key, resource }) => (deleted.has(resource.id) ? [key] : [])),
    };
  },
  GetParameter: about(parameterOf, (parameter) => ({ verb: 'read', object: parameter.text })),
  GetParameterHistory: about(parameterOf, (parameter) => ({
    verb: 'read',
    object: `history of ${parameter.text}`,
  })),
  GetParameters: ({ requestParameters: request }) => {
    const all = textsIn(request, 'names');
    if (all.length === 0) return undefined;
    return {
      verb: 'read',
      object: `${all.length === 1 ? 'parameter' : 'parameters'} ${names(all)}`,
      resources: all.map((name) => subjectOf('parameter', name).resource),
    };
  },
  GetParametersByPath: ({ requestParameters: request }) => ({
    verb: 'read',
    object: `all parameters${detail(' below ', textMember(request, 'path'))}${flagMember(request, 'recursive') === true ? ', at every level' : ''}`,
  }),
};

function runCommand({ requestParameters: request }: ChangeEvent): Description | undefined {
  const document = textMember(request, 'documentName');
  if (document === undefined) return undefined;
  const resources = textsIn(request, 'instanceIds').map((id) => subjectOf('instance', id).resource);
  return { verb: 'run', object: `${commandText(document)} on ${targetsText(request)}`, resources };
}

function startAutomation(
  document: { readonly text: string },
  { requestParameters: request }: ChangeEvent,
): Description {
  const target = textMember(request, 'targetParameterName');
  const on = target === undefined ? '' : ` on ${targetsText(request)}`;
  return { verb: 'start', object: `automation with ${document.text}${on}` };
}

/** AWS takes it in any spelling of upper and lower case. */
function isEverybody(id: string): boolean {
  return id.toLowerCase() === 'all';
}

function peerText(id: string): string {
  return isEverybody(id) ? 'everyone' : `account ${accountOf(id) ?? id}`;
}

function sessionIn(response: Json) {
  const id = textOf(memberOf(response, 'sessionId'));
  return id === undefined ? undefined : subjectOf('session', id);
}
