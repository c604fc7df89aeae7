/** CloudWatch: alarms and what they do. One call may be about several alarms. */
import type { Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import { detail, named, names, switching, textsIn } from '../../request/call.js';
import { flagMember, textMember } from '../../request/request.js';
import {
  about,
  created,
  creation,
  deletion,
  stateOf,
  subjectOf,
  type Subject,
} from '../../request/subject.js';

const ACTIONS_OFF = 'actions off';
const alarmOf = named('alarm', 'alarmName');
const muteRuleOf = named('mute rule', 'name', 'alarmMuteRuleName');
const actions = switching(alarmOf, 'actions');

export const alarms: Describers = {
  PutMetricAlarm: put,
  PutCompositeAlarm: put,
  DisableAlarmActions: ({ requestParameters }) =>
    several(requestParameters, (text, all) => ({
      verb: 'switch off',
      object: `actions of ${text}`,
      begins: all.map((alarm) => stateOf(alarm, ACTIONS_OFF)),
    })),
  EnableAlarmActions: ({ requestParameters }) =>
    several(requestParameters, (text, all) => ({
      verb: 'switch on',
      object: `actions of ${text}`,
      ends: all.map((alarm) => stateOf(alarm, ACTIONS_OFF)),
    })),
  DeleteAlarms: ({ requestParameters }) =>
    several(requestParameters, (text, all) => ({
      verb: 'delete',
      object: text,
      ends: all.map((alarm) => stateOf(alarm, 'exists')),
      removes: all.map(({ key }) => key),
    })),
  SetAlarmState: about(alarmOf, (alarm, { requestParameters }) => ({
    verb: 'set',
    object: `state of ${alarm.text}${detail(' to ', textMember(requestParameters, 'stateValue'))}`,
  })),
  PutAlarmMuteRule: creation(muteRuleOf, () => ': alarms stay silent'),
  DeleteAlarmMuteRule: deletion(muteRuleOf),
};

function put(event: ChangeEvent): Description | undefined {
  const { requestParameters: request } = event;
  if (flagMember(request, 'actionsEnabled') === false) return actions.off(event);
  const metric = detail(' on metric ', textMember(request, 'metricName'));
  return about(alarmOf, (alarm) => ({
    ...created(alarm, `${metric}${limitText(request)}`),
    verb: 'set',
    ends: [stateOf(alarm, ACTIONS_OFF)],
  }))(event);
}

/** When it goes off, and whether anyone hears of it. The call replaces all settings of the alarm, its actions too. */
function limitText(request: Json): string {
  const threshold = detail(' ', textMember(request, 'threshold'));
  const operator = detail(', when ', textMember(request, 'comparisonOperator'));
  const isSilent = ['alarmActions', 'oKActions', 'insufficientDataActions'].every(
    (name) => textsIn(request, name).length === 0,
  );
  return `${operator === '' ? '' : `${operator}${threshold}`}${isSilent ? ', without actions' : ''}`;
}

function several(
  request: Json,
  describe: (text: string, all: readonly Subject[]) => Description,
): Description | undefined {
  const all = textsIn(request, 'alarmNames');
  if (all.length === 0) return undefined;
  const subjects = all.map((name) => subjectOf('alarm', name));
  const text = `${all.length === 1 ? 'alarm' : 'alarms'} ${names(all)}`;
  return { resources: subjects.map(({ resource }) => resource), ...describe(text, subjects) };
}
