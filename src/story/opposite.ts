/** Which calls may undo a call, by the words with which AWS begins the names of calls. */

/** From the first word of a call to that of its opposite. */
const OPPOSITES: Readonly<Record<string, string>> = {
  Add: 'Remove',
  Allocate: 'Release',
  Associate: 'Disassociate',
  Attach: 'Detach',
  Authorize: 'Revoke',
  Create: 'Delete',
  Delete: 'Create',
  Detach: 'Attach',
  Disable: 'Enable',
  Disassociate: 'Associate',
  Enable: 'Disable',
  Import: 'Delete',
  Put: 'Delete',
  Register: 'Deregister',
  Remove: 'Add',
  Revoke: 'Authorize',
  Run: 'Terminate',
  Start: 'Stop',
  Stop: 'Start',
  Upload: 'Delete',
};

/** Calls that set one thing or its opposite. */
const SETTERS = /^(?:Change|Modify|Put|Replace|Reset|Set|Update)/;
/** Lambda's names of calls end with the version of its API. */
const VERSION = /20\d{6}(?:v\d+)?$/;

/** The names without a version. */
export function opposites(eventName: string): readonly string[] {
  const name = withoutVersion(eventName);
  const first = /^[A-Z][a-z]+/.exec(name)?.[0] ?? '';
  const other = Object.hasOwn(OPPOSITES, first) ? OPPOSITES[first] : undefined;
  return [
    ...(other === undefined ? [] : [`${other}${name.slice(first.length)}`]),
    // AddUserToGroup, RemoveUserFromGroup
    ...(first === 'Add' ? [`Remove${name.slice(first.length).replace('To', 'From')}`] : []),
    ...(SETTERS.test(name) ? [name] : []),
  ];
}

/** Whether rules that can match these names look for a call that undoes a call. Undefined for all names. */
export function looksForEnd(names: Iterable<string> | undefined): (eventName: string) => boolean {
  if (names === undefined) return () => true;
  const known = new Set([...names].map((name) => withoutVersion(name).toLowerCase()));
  return (eventName) => opposites(eventName).some((name) => known.has(name.toLowerCase()));
}

function withoutVersion(eventName: string): string {
  return eventName.replace(VERSION, '');
}
