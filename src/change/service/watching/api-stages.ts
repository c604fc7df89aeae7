/** Stages of APIs: where their logs go, and the other settings that a call changes. */
import { isObject, type Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent, State } from '../../change.js';
import type { Describers } from '../../describers.js';
import { accountsIn } from '../../request/account.js';
import { detail, names, resourceName } from '../../request/call.js';
import {
  firstText,
  itemsOf,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../request/request.js';
import { otherSettings } from '../../request/settings.js';
import { shortened } from '../../sentence.js';
import {
  about,
  stateOf,
  subjectOf,
  switchOff,
  type FindSubject,
  type Subject,
} from '../../request/subject.js';

const ACCESS_LOGS_OFF = 'access logs off';
/** The path of a log level. It begins with the methods that have the level; `*` stands for all of them. */
const LOG_LEVEL = /^(.+)[/]logging[/]loglevel$/s;
const VARIABLE = /^[/]variables[/](.+)$/s;
const GOAL = '/accessLogSettings/destinationArn';

const stageOf: FindSubject = ({ requestParameters: request }) => {
  const api = firstText(request, 'restApiId', 'apiId');
  const stage = textMember(request, 'stageName');
  return api === undefined || stage === undefined
    ? undefined
    : subjectOf('stage', `${resourceName(api)}/${stage}`);
};
const ofStage = ({ text }: Subject): string => `access logs of ${text}`;

export const stages: Describers = {
  UpdateStage: about(stageOf, (stage, event) => {
    const parts = [...httpParts(stage, event), ...restParts(stage, event)];
    const texts = parts.map(({ text }) => text);
    return {
      verb: 'change',
      object: `${stage.text}${texts.length === 0 ? '' : `: ${names(texts, MOST_SHOWN)}`}`,
      grantees: [...new Set(parts.flatMap(({ accounts = [] }) => accounts))],
      begins: parts.flatMap(({ begins = [] }) => begins),
      ends: parts.flatMap(({ ends = [] }) => ends),
    };
  }),
  DeleteAccessLogSettings: switchOff(stageOf, ofStage, ACCESS_LOGS_OFF),
};

const MOST_SHOWN = 12;

interface Part {
  readonly text: string;
  /** Foreign accounts that get the logs. */
  readonly accounts?: readonly string[];
  readonly begins?: readonly State[];
  readonly ends?: readonly State[];
}

/** Of an HTTP or WebSocket API, whose calls have the settings themselves. */
function httpParts(stage: Subject, event: ChangeEvent): readonly Part[] {
  const { requestParameters: request, recipientAccountId: own } = event;
  const goal = textOf(memberAt(request, 'accessLogSettings', 'destinationArn'));
  const variables = memberOf(request, 'stageVariables') ?? null;
  const set = isObject(variables) ? Object.keys(variables) : [];
  return [
    ...(goal === undefined ? [] : [accessLogsTo(stage, goal, own)]),
    // Programs keep passwords in them.
    ...(set.length === 0 ? [] : [{ text: `variables ${names(set)}` }]),
    ...otherSettings(event, [
      'apiId',
      'restApiId',
      'stageName',
      'stageVariables',
      'updateStageInput',
      'accessLogSettings.destinationArn',
    ]).map((text) => ({ text })),
  ];
}

/** Of a REST API, whose calls have a list of operations on paths. */
function restParts(stage: Subject, event: ChangeEvent): readonly Part[] {
  const operations = itemsOf(
    memberAt(event.requestParameters, 'updateStageInput', 'patchOperations'),
  );
  return operations.map((one) => restPart(stage, one, event.recipientAccountId));
}

function restPart(stage: Subject, operation: Json, own: string | null): Part {
  const path = textMember(operation, 'path') ?? 'a setting';
  const value = textMember(operation, 'value');
  const isRemoval = textMember(operation, 'op') === 'remove' || memberOf(operation, 'value') === '';
  if (isRemoval && (path === GOAL || path === '/accessLogSettings'))
    return { text: 'access logs off', begins: [stateOf(stage, ACCESS_LOGS_OFF)] };
  if (path === GOAL && value !== undefined) return accessLogsTo(stage, value, own);
  const variable = VARIABLE.exec(path)?.[1];
  if (variable !== undefined)
    return { text: `${isRemoval ? 'no variable' : 'variable'} ${shortened(variable)}` };
  const text = isRemoval ? `${path} removed` : `${path}${detail(' ', value)}`;
  const [, methods] = LOG_LEVEL.exec(path) ?? [];
  if (methods === undefined || isRemoval) return { text };
  const states = [stateOf(stage, `logs of ${methods} off`)];
  return value === 'OFF' ? { text, begins: states } : { text, ends: states };
}

function accessLogsTo(stage: Subject, goal: string, own: string | null): Part {
  const accounts = accountsIn([goal], own);
  const owner = detail(' of account ', accounts[0]);
  return {
    text: `access logs to ${shortened(resourceName(goal), 60)}${owner}`,
    accounts,
    ends: [stateOf(stage, ACCESS_LOGS_OFF)],
  };
}
