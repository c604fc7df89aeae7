/** What OCSF has no place for: the rest of the event, and what hunt tells from it. */
import type { EventFields, Finding } from '../finding.js';

/** Fields that a Detection Finding has elsewhere, in full. */
const MAPPED: ReadonlySet<string> = new Set<keyof EventFields>([
  'eventID',
  'awsRegion',
  'recipientAccountId',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'responseElements',
  'requestID',
  'apiVersion',
  'vpcEndpointId',
]);

/** The object `unmapped`, with the members `event` and `hunt`. */
export function unmappedOf(finding: Finding): object {
  const {
    rules,
    outcome,
    kinds,
    actor,
    how,
    change,
    source,
    extra,
    story,
    states,
    disposition,
    ...event
  } = finding;
  const hunt = { rules, outcome, kinds, actor, how, change, source, story, states, disposition };
  const rest = Object.entries(event satisfies EventFields).filter(
    ([name, value]) =>
      value !== null &&
      !MAPPED.has(name) &&
      !(name === 'requestParameters' && event.requestID !== null),
  );
  return { event: { ...Object.fromEntries(rest), ...(extra !== null && { extra }) }, hunt };
}
