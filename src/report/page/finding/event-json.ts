/** An event as it was logged, without what `hunt` says of it. The page's script uses this too, so it imports no code. */

/** In UTF-16 units. CloudTrail's own events have at most 256 KB, and most of them less than 4. */
const LONGEST_EVENT = 65_536;

/** What `hunt` says of an event is no part of it. */
const SAID: ReadonlySet<string> = new Set([
  'rules',
  'outcome',
  'kinds',
  'actor',
  'how',
  'change',
  'source',
  'story',
  'states',
  'disposition',
]);

/** The fields that the event has. */
export function eventJson(finding: object): string {
  const own = Object.entries(finding).filter(([name, of]) => !SAID.has(name) && of !== null);
  const json = JSON.stringify(Object.fromEntries(own), null, 1);
  return json.length <= LONGEST_EVENT
    ? json
    : `${json.slice(0, LONGEST_EVENT)}\n… cut at 64 KB: the JSON report has the whole event`;
}
