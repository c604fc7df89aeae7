/** What a succeeded change came to: who was let in, which ways in were made, which logs were touched, which data was read. */
import type { Finding } from '../report/finding.js';
import type { Concern } from '../report/story.js';
import { callTable } from '../rule/catalog/call-table.js';

export type ConcernFinding = Pick<Finding, 'eventSource' | 'eventName'> & {
  readonly change: Pick<
    NonNullable<Finding['change']>,
    'exposure' | 'begins' | 'ends' | 'removes' | 'onlyLimits'
  > | null;
};

/** In the order in which they decide. `queries/concerns.yml` has the calls of each. */
const LISTED = ['logs', 'access', 'data'] as const;
const TABLES = LISTED.map((concern) => `concern-${concern}` as const);

/** It lets somebody in only if it makes passwords weak, and then a state begins. */
const PASSWORD_POLICY = 'UpdateAccountPasswordPolicy';

let known: ReturnType<typeof callTable<(typeof TABLES)[number]>> | undefined;

export function concernOf({ eventSource, eventName, change }: ConcernFinding): Concern {
  // Letting others in is worse than reaching others, which is how most networks are.
  if (change !== null && change.exposure?.direction === 'ingress') return 'exposed';
  const listed = listedConcern(eventSource, eventName);
  if (listed === undefined || change?.onlyLimits === true) return 'other';
  const hasStates = listed === 'logs' || eventName === PASSWORD_POLICY;
  return hasStates && isUndoing(change) ? 'other' : listed;
}

/** The tables are read for the first call. */
function listedConcern(
  eventSource: string | null,
  eventName: string | null,
): (typeof LISTED)[number] | undefined {
  known ??= callTable(TABLES);
  const [first] = known((field) => (field === 'eventSource' ? eventSource : eventName));
  return LISTED.find((concern) => first === `concern-${concern}`);
}

/** Whether a change only ends states: logging that is on again is no concern. */
function isUndoing(change: ConcernFinding['change']): boolean {
  if (change === null) return false;
  const { begins, ends, removes } = change;
  return ends.length > 0 && begins.length === 0 && removes.length === 0;
}
