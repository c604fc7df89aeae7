/**
 * Runs the garbage collector after long texts were discarded. V8 by itself collects long strings late: a hunt over long
 * records would grow until it fills the machine's memory.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** V8 collects texts shorter than this many UTF-16 units soon enough. */
const LONG = 1 << 20;
/** Collect after this many UTF-16 units of long texts. */
const COLLECT_AFTER = 4 << 20;

let garbage = 0;
let collect: (() => void) | undefined;

/** To be called when a text of `length` UTF-16 units becomes garbage. */
export function countGarbage(length: number): void {
  if (length < LONG) return;
  garbage += length;
  if (garbage < COLLECT_AFTER) return;
  garbage = 0;
  collect ??= collector();
  collect();
}

/** Node offers `gc` only under a flag, which can be set while it runs and applies to contexts made afterwards. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
