/**
 * Associations and tasks of maintenance windows, by which Systems Manager runs documents on instances, again and again. A document may
 * run any command, so one of these is also a way to stay.
 */
import type { Json } from '../../../../cloudtrail/json.js';
import type { ChangeEvent } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { detail, named, names, resourceName, textsIn } from '../../../request/call.js';
import { itemsOf, listOf, memberOf, textMember, textOf } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import { about, answeredText, deletion, stateOf, subjectOf } from '../../../request/subject.js';

const LONGEST = 80;
const associationOf = named('association', 'associationId', 'associationName', 'name');
const windowOf = named('maintenance window', 'windowId');

/** Documents of AWS that run what the caller gives them. CloudTrail hides the command. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['AWS-RunShellScript', 'a shell command'],
  ['AWS-RunPowerShellScript', 'a PowerShell command'],
  ['AWS-RunRemoteScript', 'a script from elsewhere'],
]);

export const associations: Describers = {
  CreateAssociation: about(named('document', 'name'), (document, event) => {
    const id = answeredText(event.responseElements, ['associationId']);
    return {
      verb: 'create',
      object: `association of ${document.text} with ${targetsText(event.requestParameters)}${workText(event.requestParameters)}`,
      begins: id === undefined ? [] : [stateOf(subjectOf('association', id), 'exists')],
    };
  }),
  CreateAssociationBatch: ({ requestParameters: request }) => ({
    verb: 'create',
    object: `associations of documents ${names(
      itemsOf(memberOf(request, 'entries')).flatMap((entry) => {
        const name = textMember(entry, 'name');
        return name === undefined
          ? []
          : [`${shortened(name, LONGEST)} with ${targetsText(entry)}${workText(entry)}`];
      }),
    )}`,
  }),
  UpdateAssociation: about(associationOf, (association, { requestParameters: request }) => {
    const hasTargets = ['targets', 'instanceId'].some(
      (name) => memberOf(request, name) !== undefined,
    );
    return {
      verb: 'change',
      object: `${association.text}${hasTargets ? ` with ${targetsText(request)}` : ''}${workText(request)}`,
    };
  }),
  DeleteAssociation: deletion(associationOf),
  RegisterTaskWithMaintenanceWindow: about(windowOf, (window, event) => ({
    verb: 'add',
    object: `task to ${window.text}: it runs ${taskText(event)}`,
  })),
  UpdateMaintenanceWindowTask: about(windowOf, (window, event) => ({
    verb: 'change',
    object: `task of ${window.text}${textMember(event.requestParameters, 'taskArn') === undefined ? '' : `: it runs ${taskText(event)}`}`,
  })),
};

/** What running a document means: `a shell command`, `document Deploy`. */
export function commandText(document: string): string {
  return COMMANDS.get(document) ?? `document ${shortened(resourceName(document), LONGEST)}`;
}

/** `i-1, i-2`, or how the instances are chosen: `instances with tag:Env prod`. */
export function targetsText(request: Json): string {
  const ids = [
    ...textsIn(request, 'instanceIds'),
    ...listOf(memberOf(request, 'instanceId')),
  ].flatMap((id) => textOf(id) ?? []);
  const chosen = itemsOf(memberOf(request, 'targets')).flatMap((target) => {
    const key = textMember(target, 'key');
    const values = textsIn(target, 'values');
    if (key === undefined) return [];
    if (values.includes('*')) return 'all instances';
    return key === 'InstanceIds' ? values : `instances with ${key} ${values.join(', ')}`;
  });
  const all = [...ids, ...chosen];
  return all.length === 0 ? 'instances' : names(all);
}

/** What an association does there, and when. Documents of AWS say by their names what they do, but for those that run any command. */
function workText(request: Json): string {
  const document = textMember(request, 'name') ?? 'AWS';
  const command =
    COMMANDS.get(document) ?? (/^(?:AWS|Amazon)/.test(document) ? undefined : 'what it says');
  const runs = command === undefined ? '' : `: it runs ${command}`;
  return `${runs}${detail(', on schedule ', textMember(request, 'scheduleExpression'))}`;
}

const TASKS: ReadonlyMap<string, string> = new Map([
  ['AUTOMATION', 'automation'],
  ['LAMBDA', 'function'],
  ['STEP_FUNCTIONS', 'state machine'],
]);

function taskText({ requestParameters: request }: ChangeEvent): string {
  const arn = textMember(request, 'taskArn') ?? 'unknown';
  const kind = TASKS.get(textMember(request, 'taskType') ?? '');
  const what =
    kind === undefined ? commandText(arn) : `${kind} ${shortened(resourceName(arn), LONGEST)}`;
  const targets = memberOf(request, 'targets');
  const on = targets === undefined ? '' : ` on ${targetsText(request)}`;
  const role = textMember(request, 'serviceRoleArn');
  return `${what}${on}${role === undefined ? '' : ` as role ${shortened(resourceName(role), LONGEST)}`}`;
}
