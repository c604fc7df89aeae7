/** Which calls are sign-ins to the console or the portal. `queries/noise.yml` says it (`noise-sign-ins`), as for the exclusion of this name. */
import { ISSUING_CALLS } from '../change/actor/issued-key.js';
import { callTable } from '../rule/catalog/call-table.js';
import type { Finding } from './finding.js';

const ISSUING: ReadonlySet<string> = new Set(ISSUING_CALLS);
/** The portal gives out the keys of a role. They are in no answer that logs have, so nothing follows them. */
const FROM_PORTAL = 'GetRoleCredentials';
const TABLES = ['noise-sign-ins', 'kind-credential'] as const;

let known: ReturnType<typeof callTable<(typeof TABLES)[number]>> | undefined;

/** Whether the call issues keys, if it succeeds. */
export function isIssuing({ eventName }: Pick<Finding, 'eventName'>): boolean {
  return ISSUING.has(eventName ?? '');
}

/** A sign-in to the console, or a step of it. What also gives out keys, such as a switch of the role, is no sign-in. */
export function isSignIn(call: Pick<Finding, 'eventSource' | 'eventName'>): boolean {
  // The tables are read for the first call.
  known ??= callTable(TABLES);
  const holding = known((field) => (isOfCall(field) ? call[field] : null));
  const givesKeys =
    holding.includes('kind-credential') && (isIssuing(call) || call.eventName === FROM_PORTAL);
  return holding.includes('noise-sign-ins') && !givesKeys;
}

function isOfCall(field: string): field is 'eventSource' | 'eventName' {
  return field === 'eventSource' || field === 'eventName';
}
