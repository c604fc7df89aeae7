/** EventBridge: rules, their targets, and buses. */
import type { Describers } from '../describe.js';
import type { ChangeEvent } from '../change.js';
import { detail, named, names, resourceName, switching, textsIn } from '../call.js';
import { firstText, itemsOf, memberOf, textMember } from '../request.js';
import {
  about,
  created,
  creation,
  deletion,
  stateOf,
  subjectOf,
  type Subject,
} from '../subject.js';

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
  PutTargets: about(ruleOf, (subject, { requestParameters: request }) => {
    const targets = itemsOf(memberOf(request, 'targets'));
    const texts = targets.flatMap((target) => textMember(target, 'arn') ?? []);
    return {
      verb: 'add',
      object: `${texts.length === 1 ? 'target' : 'targets'} ${names(texts)} to ${subject.text}`,
      begins: targets
        .flatMap((target) => textMember(target, 'id') ?? [])
        .map((id) => stateOf(subject, `target ${id}`)),
    };
  }),
  RemoveTargets: about(ruleOf, (subject, { requestParameters: request }) => {
    const ids = textsIn(request, 'ids');
    return {
      verb: 'remove',
      object: `${ids.length === 1 ? 'target' : 'targets'} ${names(ids)} from ${subject.text}`,
      ends: ids.map((id) => stateOf(subject, `target ${id}`)),
    };
  }),
  ActivateEventSource: source.on,
  DeactivateEventSource: source.off,
  CreateEventBus: creation(busOf),
  DeleteEventBus: deletion(busOf),
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
