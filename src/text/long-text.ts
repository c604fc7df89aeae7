/** Long texts leave much behind, which V8 would keep until it fills what memory there is. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** In UTF-16 units: of shorter ones V8 takes care in time. */
const LONG = 1 << 20;
/** After so much of them, what nobody holds is given back. */
const MOST = 4 << 20;

let passed = 0;
let collect: (() => void) | undefined;

/** Takes note that a text of this length, in UTF-16 units, was made, and of others on its way: they are soon let go. */
export function noteText(length: number): void {
  if (length < LONG) return;
  passed += length;
  if (passed < MOST) return;
  passed = 0;
  collect ??= collector();
  collect();
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
