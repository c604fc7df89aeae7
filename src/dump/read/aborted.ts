/** How a reading stops when it is interrupted. */
import { HuntError } from '../../errors.js';

/** Throws a HuntError if the signal is aborted. */
export function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new HuntError('INTERRUPTED', 'interrupted');
}
