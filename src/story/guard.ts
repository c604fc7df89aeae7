/** What watches or protects, and stays switched off when it is deleted: then nothing watches any more. */

/** How states name such things: a word, then the name that somebody chose. */
const GUARD = /^(?:trail|recorder|alarm|rule|Config rule|query log|list of revoked certificates) /;
const OFF = /(?:^| )off(?: for .+)?$|^not recording$|^(?:\w+ )+only in part$/s;

/** What a trail writes beside its logs, or could: nothing that the deletion leaves unwatched. */
const EXTRA = /^(?:data events|insights|log validation) off$/;

/** Whether a state lasts although its resource was deleted. */
export function outlives(resource: string, what: string): boolean {
  return GUARD.test(resource) && OFF.test(what) && !EXTRA.test(what);
}
