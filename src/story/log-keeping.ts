/**
 * What earlier findings say of where logs are kept, how many, and for how long. Whether a bucket that is to lose its objects, a log
 * group that is to keep its events for 90 days, or a firewall that writes one log, is the worse for it, one call does not tell.
 */
import { member, textAt } from '../cloudtrail/json.js';
import type { Finding } from '../report/finding.js';
import { resourceKey, type PlacedFinding } from './place.js';
import { Recent } from './recent.js';

export type LogFinding = PlacedFinding & Pick<Finding, 'eventName' | 'requestParameters'>;

const REMEMBERED = 50_000;
const FOR_EVER = Infinity;

/** Where calls name the bucket that their logs go to. */
const TARGETS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    CreateTrail: ['s3BucketName'],
    UpdateTrail: ['s3BucketName'],
    PutDeliveryChannel: ['deliveryChannel.s3BucketName'],
    PutBucketLogging: ['BucketLoggingStatus.LoggingEnabled.TargetBucket'],
    CreateFlowLogs: ['CreateFlowLogsRequest.LogDestination', 'logDestination'],
    PutModelInvocationLoggingConfiguration: ['loggingConfig.s3Config.bucketName'],
    EnableLogging: ['bucketName'],
  }),
);

/** `aws-cloudtrail-logs-112233445566-1a2b`, `acme-access-logs`, but not `blog`. */
const NAME_OF_LOGS =
  /(?:^|[-._])(?:(?:cloud|access|flow|audit|elb|alb|vpc|waf|s3)?-?(?:logs?|logging)|(?:cloud)?trails?|audit)(?:[-._]|$)/;

/** Whether the name of a bucket says that it has logs. */
export function isNamedForLogs(bucket: string): boolean {
  return NAME_OF_LOGS.test(bucket);
}

export class LogKeeping {
  readonly #buckets = new Recent<true>(REMEMBERED);
  /** The days that log groups keep events, and how many logs firewalls write. */
  readonly #kept = new Recent<number>(REMEMBERED);

  /** Names of buckets are unique across accounts. */
  isBucket(name: string): boolean {
    return isNamedForLogs(name) || this.#buckets.get(name) === true;
  }

  /**
   * Takes the next change that succeeded. Whether its log group keeps events for a shorter time than an earlier one said, or its
   * firewall writes fewer logs.
   */
  add(finding: LogFinding): boolean {
    for (const path of TARGETS.get(finding.eventName ?? '') ?? []) {
      const text = textAt(finding.requestParameters, path.split('.'));
      if (text !== null) this.#buckets.set(bucketOf(text), true);
    }
    const kept = keptBy(finding);
    if (kept === undefined) return false;
    const key = resourceKey(finding, kept.of);
    const before = this.#kept.get(key);
    this.#kept.set(key, kept.amount);
    return before !== undefined && kept.amount < before;
  }
}

interface Kept {
  readonly of: string;
  readonly amount: number;
}

/** Reads the request only of the calls that need it, because reading it parses the event. */
function keptBy(finding: LogFinding): Kept | undefined {
  const { eventName, eventSource } = finding;
  if (eventSource === 'network-firewall.amazonaws.com') {
    if (eventName !== 'UpdateLoggingConfiguration') return undefined;
    const request = finding.requestParameters;
    const firewall = textAt(request, ['firewallName']) ?? textAt(request, ['firewallArn']);
    const logs = member(member(request, 'loggingConfiguration'), 'logDestinationConfigs');
    return firewall === null
      ? undefined
      : {
          of: `firewall ${firewall.replace(/^.*[/]/s, '')}`,
          amount: Array.isArray(logs) ? logs.length : 0,
        };
  }
  const days = eventSource === 'logs.amazonaws.com' ? daysOf(finding) : undefined;
  if (days === undefined) return undefined;
  const group = textAt(finding.requestParameters, ['logGroupName']);
  return group === null ? undefined : { of: group, amount: days };
}

function daysOf(finding: LogFinding): number | undefined {
  if (finding.eventName === 'DeleteRetentionPolicy') return FOR_EVER;
  if (finding.eventName !== 'PutRetentionPolicy') return undefined;
  const days = Number(textAt(finding.requestParameters, ['retentionInDays']) ?? NaN);
  return Number.isNaN(days) ? undefined : days;
}

/** Of an ARN, the bucket alone. */
function bucketOf(text: string): string {
  return text.replace(/^arn:[^:]*:s3:[^:]*:[^:]*:/, '').replace(/\/.*$/s, '');
}
