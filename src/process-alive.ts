/** Whether a process of this machine is alive: what a dead one left behind may be removed or taken over. */
import { codeOf } from './errors.js';

/** Also true of a process that got the number of a dead one. */
export function isProcessAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM means that the process exists and belongs to another user.
    return codeOf(error) === 'EPERM';
  }
}
