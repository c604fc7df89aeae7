/** The parts of a call's name that do not say what the call does. */

const VERSION = /_?20[0-9]{2}_?[0-9]{2}_?[0-9]{2}(?:v[0-9]+)?$/;
const BEFORE_VERB = /^(?:Admin|Batch)(?=[A-Z][a-z]+[A-Z])/;

/** Without the version of an API, as in `AddPermission20150331v2` and `CreateDistribution2020_05_31`. */
export function withoutVersion(eventName: string): string {
  return eventName.replace(VERSION, '');
}

/** The word before the verb, as in `AdminCreateUser` and `BatchDeleteImage`; empty where there is none. */
export function beforeVerb(eventName: string): string {
  return BEFORE_VERB.exec(eventName)?.[0] ?? '';
}
