/** EventBridge: rules, their targets, and buses. */
import type { Describers } from '../../describers.js';
import type { Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent, Description, State } from '../../change.js';
import { accountsIn } from '../../request/account.js';
import { detail, named, names, resourceName, switching, textsIn } from '../../request/call.js';
import {
  permissionRemoved,
  permissionState,
  wholePolicy,
  wholePolicyDeleted,
} from '../../policy/labelled.js';
import { accessOf } from '../../policy/resource.js';
import { summarisePolicy, whoMay } from '../../policy/summary.js';
import { firstText, flagMember, itemsOf, memberOf, textMember } from '../../request/request.js';
import {
  about,
  created,
  creation,
  deletion,
  stateOf,
  subjectOf,
  type Subject,
} from '../../request/subject.js';

const busOf = named('event bus', 'name');
const archiveOf = named('archive', 'archiveName');
const connectionOf = named('connection', 'name');
const sourceOf = named('event source', 'name');
const rule = switching(ruleOf);
const source = switching(sourceOf);

export const events: Describers = {
  PutRule: (event) => {
    const { requestParameters: request } = event;
    if (textMember(request, 'state') === 'DISABLED') return rule.off(event);
    const schedule = detail(', on schedule ', textMember(request, 'scheduleExpression'));
    const pattern = detail(', for events ', textMember(request, 'eventPattern'));
    return about(ruleOf, (subject) => ({
      ...created(subject, `${schedule}${pattern}`),
      verb: 'set',
      ends: [stateOf(subject, 'off')],
    }))(event);
  },
  DisableRule: rule.off,
  EnableRule: rule.on,
  DeleteRule: deletion(ruleOf),
  PutTargets: about(ruleOf, (subject, { requestParameters: request, recipientAccountId: own }) => {
    const targets = itemsOf(memberOf(request, 'targets'));
    const texts = targets.flatMap((target) => textMember(target, 'arn') ?? []);
    return {
      verb: 'add',
      object: `${texts.length === 1 ? 'target' : 'targets'} ${names(texts)} to ${subject.text}`,
      // Whoever has the target gets the events.
      grantees: accountsIn(texts, own),
      begins: targets.flatMap((target) => targetState(subject, target, own)),
      // A target replaces the one of its ID.
      removes: targets.flatMap((target) => {
        const id = textMember(target, 'id');
        return id === undefined ? [] : [targetPart(subject, id)];
      }),
    };
  }),
  RemoveTargets: about(ruleOf, (subject, { requestParameters: request }) => {
    const ids = textsIn(request, 'ids');
    return {
      verb: 'remove',
      object: `${ids.length === 1 ? 'target' : 'targets'} ${names(ids)} from ${subject.text}`,
      ends: ids.map((id) => stateOf(subject, `target ${id}`)),
      removes: ids.map((id) => targetPart(subject, id)),
    };
  }),
  ActivateEventSource: source.on,
  DeactivateEventSource: source.off,
  CreateEventBus: creation(busOf),
  DeleteEventBus: deletion(busOf),
  PutPermission: describePermission,
  RemovePermission: (event) => {
    const { requestParameters: request } = event;
    const bus = permittedBus(event);
    if (flagMember(request, 'removeAllPermissions') === true)
      return { ...wholePolicyDeleted(bus), resources: [bus.resource] };
    const id = textMember(request, 'statementId');
    return id === undefined
      ? undefined
      : {
          verb: 'remove',
          object: `permission${detail(' ', id)} from ${bus.text}`,
          resources: [bus.resource],
          ...permissionRemoved(bus, id),
        };
  },
  CreateArchive: creation(archiveOf),
  DeleteArchive: deletion(archiveOf),
  CreateConnection: creation(connectionOf),
  DeleteConnection: deletion(connectionOf),
  DeauthorizeConnection: switching(connectionOf).off,
};

/** A rule by its name, and by its bus if that is not the default one: another bus may have a rule of the same name. */
function ruleOf({ requestParameters: request }: ChangeEvent): Subject | undefined {
  const name = firstText(request, 'name', 'rule');
  if (name === undefined) return undefined;
  const bus = resourceName(textMember(request, 'eventBusName') ?? 'default');
  return subjectOf('rule', bus === 'default' ? name : `${bus}/${name}`);
}

function targetState(subject: Subject, target: Json, own: string | null): readonly State[] {
  const id = textMember(target, 'id');
  if (id === undefined) return [];
  const [account] = accountsIn([textMember(target, 'arn') ?? ''], own);
  const of = account === undefined ? '' : ` of account ${account}`;
  return [{ ...stateOf(subject, `target ${id}${of}`), part: targetPart(subject, id) }];
}

function targetPart({ key }: Subject, id: string): string {
  return `target ${id} of ${key}`;
}

function permittedBus({ requestParameters: request }: ChangeEvent): Subject {
  return subjectOf('event bus', resourceName(textMember(request, 'eventBusName') ?? 'default'));
}

/** A whole policy, or one statement of it. */
function describePermission(event: ChangeEvent): Description | undefined {
  const { requestParameters: request, recipientAccountId: own } = event;
  const bus = permittedBus(event);
  const whole = memberOf(request, 'policy');
  const resources = [bus.resource];
  if (whole !== undefined && whole !== null) return { ...wholePolicy(bus, whole, own), resources };
  const principal = textMember(request, 'principal');
  if (principal === undefined) return undefined;
  const condition = memberOf(request, 'condition') ?? null;
  const key = textMember(condition, 'key');
  const policy: Json = {
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: principal },
      Condition: {
        [textMember(condition, 'type') ?? 'StringEquals']:
          key === undefined ? {} : { [key]: memberOf(condition, 'value') ?? null },
      },
    },
  };
  const summary = summarisePolicy(policy, { own });
  const { who, condition: ifText } = whoMay(policy, own) ?? { who: 'somebody', condition: '' };
  return {
    verb: 'let',
    object: `${who} send events to ${bus.text}${ifText}`,
    resources,
    ...accessOf(summary),
    begins: [
      permissionState(
        bus,
        textMember(request, 'statementId') ?? 'without an ID',
        summary.outsiders === 'some',
      ),
    ],
  };
}
