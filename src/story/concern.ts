/**
 * What a succeeded change came to: who was let in, which ways in were made, which logs were touched, what was destroyed,
 * which data was read.
 */
import { expiriesIn } from '../change/service/storage/s3/lifecycle.js';
import { UNNOTICED_DAYS } from '../change/short-life.js';
import { textAt } from '../cloudtrail/json.js';
import { DAY } from '../cloudtrail/time/window.js';
import type { Finding } from '../report/finding.js';
import type { Concern } from '../report/story.js';
import { callTable } from '../rule/catalog/call-table.js';
import { isNamedForLogs } from './log-keeping.js';

export type ConcernFinding = Pick<
  Finding,
  'eventSource' | 'eventName' | 'eventTime' | 'requestParameters' | 'responseElements'
> & {
  readonly change: Pick<
    NonNullable<Finding['change']>,
    'exposure' | 'begins' | 'ends' | 'removes' | 'renames' | 'grantees' | 'onlyLimits'
  > | null;
};

/** In the order in which they decide. `queries/concerns.yml` has the calls of each. */
const LISTED = ['logs', 'access', 'destroyed', 'data'] as const;
type Listed = (typeof LISTED)[number];
const TABLES = LISTED.map((concern) => `concern-${concern}` as const);

/** What the states say that a change began, whatever the call. */
const STATES: readonly { readonly concern: Listed; readonly what: RegExp }[] = [
  {
    concern: 'logs',
    what: /^(?:(?:access |connection |health check )?logs(?: .*)? off|logs expire soon|findings suppressed)$/s,
  },
  { concern: 'destroyed', what: /^(?:versioning off|no default object lock)$/ },
  // More rights than a boundary or a policy of the organization left, what a block kept from being public, rights for whoever comes,
  // or code of others that runs with the rights of a function.
  {
    concern: 'access',
    what: /^(?:(?:without its permissions boundary|limits nothing|(?:public access block|block of public (?:AMIs|snapshots)) off)$|guests get role |runs layers of account )/,
  },
];

/** What a lifecycle of a bucket does. In a bucket of logs it deletes the history. */
const EXPIRES = /^(?:objects|old versions) expire$/;
const BUCKET = /^bucket /;

/** That an account rules a service for an organization. Where this ends, what watches the organization is less, and not more. */
const RULES = /^(?:administrator of |manages the trails of the organization$)/;

/** It lets somebody in only if it makes passwords weak, and then a state begins. */
const PASSWORD_POLICY = 'UpdateAccountPasswordPolicy';

let known: ReturnType<typeof callTable<(typeof TABLES)[number]>> | undefined;

/** `isOfLogs` knows buckets of logs by more than their names. */
export function concernOf(
  finding: ConcernFinding,
  isOfLogs: (bucket: string) => boolean = isNamedForLogs,
): Concern {
  const { change, eventName } = finding;
  // Letting others in is worse than reaching others, which is how most networks are.
  if (change !== null && change.exposure?.direction === 'ingress') return 'exposed';
  if (change?.onlyLimits === true) return 'other';
  const begun = begunConcern(finding, isOfLogs);
  if (begun !== undefined) return begun;
  const listed = listedConcern(finding);
  if (listed === undefined) return 'other';
  const hasStates = listed === 'logs' || eventName === PASSWORD_POLICY;
  return hasStates && isUndoing(change) ? 'other' : listed;
}

function begunConcern(
  finding: ConcernFinding,
  isOfLogs: (bucket: string) => boolean,
): Listed | undefined {
  const begins = finding.change?.begins ?? [];
  const losing = begins.find(({ what }) => EXPIRES.test(what));
  if (losing !== undefined) {
    if (isOfLogs(losing.resource.replace(BUCKET, ''))) return 'logs';
    if (expiresSoon(finding)) return 'destroyed';
  }
  return STATES.find(({ what: words }) => begins.some(({ what }) => words.test(what)))?.concern;
}

function expiresSoon({ requestParameters: request, eventTime }: ConcernFinding): boolean {
  // A date that is over deletes all that is there.
  const lastDate = eventTime === null ? Infinity : Date.parse(eventTime) + UNNOTICED_DAYS * DAY;
  return (expiriesIn(request) ?? []).some(({ days, date }) =>
    date === undefined ? days <= UNNOTICED_DAYS : Date.parse(date) <= lastDate,
  );
}

/** The tables are read for the first call. */
function listedConcern(finding: ConcernFinding): Listed | undefined {
  known ??= callTable(TABLES);
  const [first] = known((field) => {
    const [name, ...path] = field.split('.');
    if (name === 'eventSource') return finding.eventSource;
    if (name === 'eventName') return finding.eventName;
    const part = name === 'responseElements' ? 'responseElements' : 'requestParameters';
    return textAt(finding[part], path);
  });
  return LISTED.find((concern) => first === `concern-${concern}`);
}

/** Whether a change only ends states: logging that is on again is no concern. */
function isUndoing(change: ConcernFinding['change']): boolean {
  if (change === null) return false;
  const { begins, ends, removes } = change;
  const isOn = ends.some(({ what }) => !RULES.test(what));
  return isOn && begins.length === 0 && removes.length === 0;
}
