/**
 * Whether a call without a describer switches the logs of a service off or on, by a setting: the services name it in their own ways. What
 * is made without logs weakens none.
 */
import type { Description } from '../change.js';
import { LOGS_OFF } from '../request/subject.js';
import type { Parameter } from './parameters.js';
import { keyOf } from './public.js';
import type { CallParameters } from './thing.js';
import { wordsOf, type NamedCall } from './words.js';

interface Setting {
  /** The path of the parameter. If it has a group, the group is the name of one of several logs. */
  readonly path: RegExp;
  readonly on: RegExp;
  readonly off: RegExp;
  /** The state of one that has a single log, or several that are switched as one. */
  readonly what?: string;
  /** Whether it is a setting of the account. */
  readonly isOfAccount?: boolean;
}

const FLAG = { on: /^true$/i, off: /^false$/i };
const LEVEL = { on: /^(?!NONE$|OFF$)/i, off: /^(?:NONE|OFF)$/i };

const SETTINGS: readonly Setting[] = [
  // MSK.
  { ...FLAG, path: /^loggingInfo\.brokerLogs\.\w+\.enabled$/i },
  // OpenSearch.
  { ...FLAG, path: /^logPublishingOptions\.(\w{1,40})\.enabled$/i },
  // Managed Airflow.
  { ...FLAG, path: /^loggingConfiguration\.(\w{1,40}Logs)\.enabled$/ },
  // Amazon MQ.
  { ...FLAG, path: /^logs\.(audit|general)$/i },
  // CodeBuild.
  { path: /^logsConfig\.\w+\.status$/i, on: /^ENABLED$/, off: /^DISABLED$/ },
  // AppSync.
  { ...LEVEL, path: /(?:^|\.)logConfig\.(?:field)?logLevel$/i },
  // Step Functions, Pipes.
  { ...LEVEL, path: /^log(?:ging)?Configuration\.level$/i },
  // Event buses.
  { ...LEVEL, path: /^logConfig\.level$/i },
  // Global Accelerator.
  { ...FLAG, path: /^flowLogsEnabled$/i, what: 'logs of flows off' },
  // ECS: what people do in containers.
  {
    ...LEVEL,
    path: /(?:^|\.)executeCommandConfiguration\.logging$/i,
    what: 'logs of commands off',
  },
  // ElastiCache.
  { ...FLAG, path: /^logDeliveryConfigurations\.enabled$/i },
  // Verified Access.
  {
    ...FLAG,
    path: /^accessLogs\.(?:s3|cloudWatchLogs|kinesisDataFirehose)\.enabled$/i,
    what: 'access logs off',
  },
  // Client VPN, and tunnels of other VPN.
  { ...FLAG, path: /^connectionLogOptions\.enabled$/i, what: 'connection logs off' },
  { ...FLAG, path: /(?:^|\.)cloudWatchLogOptions\.logEnabled$/i },
  // Transfer Family.
  { path: /^(?:loggingRole|structuredLogDestinations)$/i, on: /^arn:/, off: /^none$/ },
  // IoT.
  { path: /^disableAllLogs$/i, on: /^false$/i, off: /^true$/i, isOfAccount: true },
];

type LogsSwitched = Pick<Description, 'begins' | 'ends'>;

interface Switched {
  readonly what: string;
  readonly isOn: boolean;
  readonly isOfAccount: boolean;
}

/** Nothing where the call does not say it. */
export function logsSwitched(
  call: NamedCall,
  parameters: CallParameters,
  eventSource: string | null,
): LogsSwitched {
  const { verb } = call;
  if (verb === undefined || verb === 'read' || verb === 'create' || verb === 'delete') return {};
  const all = logsIn(parameters.request);
  if (all.length === 0) return {};
  const key = keyOf(call, parameters);
  // The describers of EC2 know each thing by its ID alone.
  const own = eventSource === 'ec2.amazonaws.com' ? key?.replace(/^.* /s, '') : key;
  return logStates(all, own, parameters.own);
}

/** The states of a thing, by its key, or of the account whose logs are switched. */
export function logStates(
  logs: readonly Switched[],
  key: string | undefined,
  account: string | null,
): LogsSwitched {
  const states = (on: boolean) =>
    logs
      .filter(({ isOn }) => isOn === on)
      .flatMap(({ what, isOfAccount }) => {
        const resource = isOfAccount ? `account ${account ?? ''}` : key;
        return resource === undefined ? [] : [{ resource, what }];
      });
  return { begins: states(false), ends: states(true) };
}

/** The logs that the parameters switch. A log that goes to several places is off if it goes to none of them. */
export function logsIn(request: readonly Parameter[]): readonly Switched[] {
  const found = new Map<string, Switched>();
  for (const { path, values } of request)
    for (const setting of SETTINGS) {
      const match = setting.path.exec(path);
      if (match === null) continue;
      const isOn = values.some((value) => setting.on.test(value));
      if (!isOn && !values.every((value) => setting.off.test(value))) continue;
      const [, log] = match;
      const what = log === undefined ? (setting.what ?? LOGS_OFF) : `logs ${nameOf(log)} off`;
      const before = found.get(what);
      found.set(what, {
        what,
        isOn: isOn || before?.isOn === true,
        isOfAccount: setting.isOfAccount === true,
      });
    }
  return [...found.values()];
}

/** `index slow` of `INDEX_SLOW_LOGS`. */
function nameOf(log: string): string {
  const name = log.replace(/_?logs$/i, '');
  return wordsOf(name).join(' ').toLowerCase();
}
