/** A warning in a report. */
import type { Warning } from '../../report.js';
import type { Block } from './block.js';

/** The block of a warning. */
export function warningBlock({ code, message }: Warning): Block {
  return { kind: 'warning', code, message };
}
