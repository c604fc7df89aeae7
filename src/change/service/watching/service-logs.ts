/** The logs that services write of what they do: switched on, off, or narrowed. Trails and flow logs have files of their own. */
import type { Json } from '../../../cloudtrail/json.js';
import type { Describers } from '../../describers.js';
import { detail, named, names } from '../../request/call.js';
import {
  firstText,
  flagMember,
  itemsOf,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../request/request.js';
import { otherSettings } from '../../request/settings.js';
import {
  about,
  LOGS_OFF,
  stateOf,
  subjectOf,
  switchOff,
  type FindSubject,
  type Subject,
} from '../../request/subject.js';

/** The account has one such log in each region, so no request names it. */
const modelCalls: FindSubject = ({ awsRegion }) =>
  subjectOf('calls of models in', awsRegion ?? 'a region', 'log of model calls');
const ofCalls = ({ text }: Subject): string => `log of ${text}`;

/** What of each call is in the log, by the flag that says so. */
const DATA_OF_CALLS: readonly (readonly [flag: string, data: string])[] = [
  ['textDataDeliveryEnabled', 'text'],
  ['imageDataDeliveryEnabled', 'images'],
  ['embeddingDataDeliveryEnabled', 'embeddings'],
  ['videoDataDeliveryEnabled', 'videos'],
];
/** Newer flags are missing in many calls. */
const DATA_OF_ALL_CALLS = 3;

export const models: Describers = {
  DeleteModelInvocationLoggingConfiguration: switchOff(modelCalls, ofCalls, LOGS_OFF),
  PutModelInvocationLoggingConfiguration: about(modelCalls, (calls, event) => {
    const config = memberOf(event.requestParameters, 'loggingConfig');
    if (config === undefined) return undefined;
    const goals = goalsOfCalls(config);
    const flags = DATA_OF_CALLS.map(([flag, data]) => ({ data, on: flagMember(config, flag) }));
    const without = flags.filter(({ on }) => on === false).map(({ data }) => `no ${data}`);
    const isOff =
      goals.length === 0 ||
      (without.length >= DATA_OF_ALL_CALLS && flags.every(({ on }) => on !== true));
    const states = [stateOf(calls, LOGS_OFF)];
    const parts = [goals.length === 0 ? 'to nowhere' : `to ${names(goals)}`, ...without];
    return {
      verb: isOff ? 'set' : 'switch on',
      object: `${ofCalls(calls)}: ${parts.join(', ')}`,
      ...(isOff ? { begins: states } : { ends: states }),
    };
  }),
};

function goalsOfCalls(config: Json): readonly string[] {
  const group = memberOf(config, 'cloudWatchConfig') ?? null;
  const buckets = [
    memberAt(config, 's3Config', 'bucketName'),
    memberAt(group, 'largeDataDeliveryS3Config', 'bucketName'),
  ].flatMap((bucket) => textOf(bucket) ?? []);
  return [
    ...new Set(buckets.map((bucket) => `bucket ${bucket}`)),
    ...[textMember(group, 'logGroupName')].flatMap((name) =>
      name === undefined ? [] : [`log group ${name}`],
    ),
  ];
}

const warehouse = named('cluster', 'clusterIdentifier');
const ofWarehouse = ({ text }: Subject): string => `audit logs of ${text}`;

export const warehouseLogs: Describers = {
  DisableLogging: switchOff(warehouse, ofWarehouse, LOGS_OFF),
  EnableLogging: about(warehouse, (cluster, event) => {
    const others = otherSettings(event, ['clusterIdentifier', 'bucketName']);
    const bucket = detail(' to bucket ', textMember(event.requestParameters, 'bucketName'));
    return {
      verb: 'switch on',
      object: [`${ofWarehouse(cluster)}${bucket}`, ...others].join(', '),
      ends: [stateOf(cluster, LOGS_OFF)],
    };
  }),
};

const firewallOf = named('firewall', 'firewallName', 'firewallArn');
const ofFirewall = ({ text }: Subject): string => `logs of ${text}`;
const LOGS_OF_FIREWALL = ['ALERT', 'FLOW', 'TLS'] as const;

export const networkFirewall: Describers = {
  /** One call adds or removes one log, and names all that are left. Which of the two it did, it does not say. */
  UpdateLoggingConfiguration: (event) => {
    const { requestParameters: request } = event;
    const left = itemsOf(memberAt(request, 'loggingConfiguration', 'logDestinationConfigs'));
    if (left.length === 0) return switchOff(firewallOf, ofFirewall, LOGS_OFF)(event);
    const types = new Set(left.map((log) => textMember(log, 'logType')));
    const texts = [
      ...left.map((log) => `${textMember(log, 'logType') ?? 'a log'}${goalOfFirewall(log)}`),
      ...LOGS_OF_FIREWALL.filter((type) => !types.has(type)).map((type) => `no ${type}`),
      ...otherSettings(event, ['firewallName', 'firewallArn', 'loggingConfiguration']),
    ];
    return about(firewallOf, (firewall) => ({
      verb: 'set',
      object: `${ofFirewall(firewall)}: ${names(texts, texts.length)}`,
      ends: [stateOf(firewall, LOGS_OFF)],
    }))(event);
  },
};

function goalOfFirewall(log: Json): string {
  const goal = memberOf(log, 'logDestination') ?? null;
  const bucket = textMember(goal, 'bucketName');
  return bucket === undefined
    ? detail(' to ', firstText(goal, 'logGroup', 'deliveryStream'))
    : detail(' to bucket ', bucket);
}

const balancerOf = named('load balancer', 'loadBalancerArn', 'loadBalancerName');
const CLASSIC_LOG = 'loadBalancerAttributes.accessLog';

export const loadBalancers: Describers = {
  ModifyLoadBalancerAttributes: about(balancerOf, (balancer, event) => {
    const attributes = [
      ...newAttributes(event.requestParameters),
      ...classicLogs(event.requestParameters),
    ];
    const logs = attributes.filter(({ name }) => LOGS_OF_BALANCER.test(name));
    if (logs.length === 0) return undefined;
    const rest = attributes.filter(({ name }) => !LOGS_OF_BALANCER.test(name));
    const texts = [
      ...logs.map(({ name, value }) => `${wordsOf(name)} ${value === 'true' ? 'on' : 'off'}`),
      ...rest.map(({ name, value }) => `${name}=${value}`),
    ];
    const others = otherSettings(event, [
      'loadBalancerArn',
      'loadBalancerName',
      'attributes',
      `${CLASSIC_LOG}.enabled`,
      `${CLASSIC_LOG}.s3BucketName`,
    ]);
    return {
      verb: 'change',
      object: `${balancer.text}: ${[names(texts, texts.length), ...others].join(', ')}`,
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

function newAttributes(request: Json): readonly Setting[] {
  return itemsOf(memberOf(request, 'attributes')).map((item) => ({
    name: textMember(item, 'key') ?? '',
    value: textMember(item, 'value') ?? '',
  }));
}

/** A load balancer of the first kind has an object in place of a list. */
function classicLogs(request: Json): readonly Setting[] {
  const log = memberAt(request, 'loadBalancerAttributes', 'accessLog') ?? null;
  const on = flagMember(log, 'enabled');
  const bucket = textMember(log, 's3BucketName');
  return [
    ...(on === undefined ? [] : [{ name: 'access_logs.s3.enabled', value: String(on) }]),
    ...(bucket === undefined ? [] : [{ name: 'access_logs.s3.bucket', value: bucket }]),
  ];
}
