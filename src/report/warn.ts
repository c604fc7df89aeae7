import type { Warning } from './report.js';
import type { WarningCode } from './warnings.js';

/** A warning as data. */
export function warn(code: WarningCode, message: string): Warning {
  return { code, message };
}
