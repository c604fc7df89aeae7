/** The logs that services write of what they do: switched on, off, or narrowed. Trails and flow logs have files of their own. */
import type { Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import { named, names, resourceName } from '../../request/call.js';
import {
  firstText,
  flagMember,
  itemsOf,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../request/request.js';
import {
  about,
  LOGS_OFF,
  stateOf,
  subjectOf,
  switchOff,
  switchOn,
  type FindSubject,
  type Subject,
} from '../../request/subject.js';

const ACCESS_LOGS_OFF = 'access logs off';

/** The account has one such log in each region, so no request names it. */
const modelCalls: FindSubject = ({ awsRegion }) =>
  subjectOf('calls of models in', awsRegion ?? 'a region', 'log of model calls');
const ofCalls = ({ text }: Subject): string => `log of ${text}`;

export const models: Describers = {
  DeleteModelInvocationLoggingConfiguration: switchOff(modelCalls, ofCalls, LOGS_OFF),
  PutModelInvocationLoggingConfiguration: switchOn(modelCalls, ofCalls, LOGS_OFF),
};

const warehouse = named('cluster', 'clusterIdentifier');
const ofWarehouse = ({ text }: Subject): string => `audit logs of ${text}`;

export const warehouseLogs: Describers = {
  DisableLogging: switchOff(warehouse, ofWarehouse, LOGS_OFF),
  EnableLogging: switchOn(warehouse, ofWarehouse, LOGS_OFF),
};

const firewallOf = named('firewall', 'firewallName', 'firewallArn');
const ofFirewall = ({ text }: Subject): string => `logs of ${text}`;

export const networkFirewall: Describers = {
  /** One call adds or removes one log, and names all that are left. */
  UpdateLoggingConfiguration: (event) => {
    const { requestParameters: request } = event;
    const left = itemsOf(memberAt(request, 'loggingConfiguration', 'logDestinationConfigs'));
    const describe =
      left.length === 0
        ? switchOff(firewallOf, ofFirewall, LOGS_OFF)
        : switchOn(firewallOf, ofFirewall, LOGS_OFF);
    return describe(event);
  },
};

const balancerOf = named('load balancer', 'loadBalancerArn', 'loadBalancerName');

export const loadBalancers: Describers = {
  ModifyLoadBalancerAttributes: about(balancerOf, (balancer, { requestParameters: request }) => {
    const attributes = [
      ...itemsOf(memberOf(request, 'attributes')).map((item): Setting => ({
        name: textMember(item, 'key') ?? '',
        value: textMember(item, 'value') ?? '',
      })),
      ...classicLogs(request),
    ];
    const logs = attributes.filter(({ name }) => LOGS_OF_BALANCER.test(name));
    if (logs.length === 0) return undefined;
    const rest = attributes.filter(({ name }) => !LOGS_OF_BALANCER.test(name));
    const texts = logs.map(
      ({ name, value }) => `${wordsOf(name)} ${value === 'true' ? 'on' : 'off'}`,
    );
    const others = rest.map(({ name, value }) => `${name}=${value}`);
    return {
      verb: 'change',
      object: `${balancer.text}: ${[...texts, ...(others.length === 0 ? [] : [names(others)])].join(', ')}`,
      begins: logs
        .filter(({ value }) => value !== 'true')
        .map(({ name }) => stateOf(balancer, `${wordsOf(name)} off`)),
      ends: logs
        .filter(({ value }) => value === 'true')
        .map(({ name }) => stateOf(balancer, `${wordsOf(name)} off`)),
    };
  }),
};

interface Setting {
  readonly name: string;
  readonly value: string;
}

const LOGS_OF_BALANCER = /^(?:access|connection|health_check)_logs[.]s3[.]enabled$/;

/** `access logs` of `access_logs.s3.enabled`. */
function wordsOf(name: string): string {
  return name.replace(/[.].*$/s, '').replaceAll('_', ' ');
}

/** A load balancer of the first kind has an object in place of a list. */
function classicLogs(request: Json): readonly Setting[] {
  const log = memberAt(request, 'loadBalancerAttributes', 'accessLog') ?? null;
  const on = flagMember(log, 'enabled');
  return on === undefined ? [] : [{ name: 'access_logs.s3.enabled', value: String(on) }];
}

const stageOf: FindSubject = ({ requestParameters: request }) => {
  const api = firstText(request, 'restApiId', 'apiId');
  const stage = textMember(request, 'stageName');
  return api === undefined || stage === undefined
    ? undefined
    : subjectOf('stage', `${resourceName(api)}/${stage}`);
};
const ofStage = ({ text }: Subject): string => `access logs of ${text}`;

export const stages: Describers = {
  UpdateStage: (event) => describeStage(event),
  DeleteAccessLogSettings: switchOff(stageOf, ofStage, ACCESS_LOGS_OFF),
};

/** Undefined where the call leaves the logs as they are. */
function describeStage(event: ChangeEvent): Description | undefined {
  const { requestParameters: request } = event;
  if (textOf(memberAt(request, 'accessLogSettings', 'destinationArn')) !== undefined)
    return switchOn(stageOf, ofStage, ACCESS_LOGS_OFF)(event);
  const operations = itemsOf(memberAt(request, 'updateStageInput', 'patchOperations'));
  const logs = operations.filter(
    (one) => textMember(one, 'path')?.startsWith('/accessLogSettings') === true,
  );
  if (logs.length === 0) return undefined;
  const off = logs.some((one) => textMember(one, 'op') === 'remove');
  const rest = operations.length - logs.length;
  const more = rest === 0 ? '' : `, and ${rest} more settings`;
  return about(stageOf, (stage) => ({
    verb: 'change',
    object: `${stage.text}: access logs ${off ? 'off' : 'on'}${more}`,
    ...(off
      ? { begins: [stateOf(stage, ACCESS_LOGS_OFF)] }
      : { ends: [stateOf(stage, ACCESS_LOGS_OFF)] }),
  }))(event);
}
