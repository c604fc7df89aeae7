/** How much a severity should stand out. */
import type { SeverityLevel } from './block.js';

/** The level of a rule's severity, whose spelling differs between Panther and Sigma. */
export function severityLevel(severity: string): SeverityLevel {
  if (/^(?:critical|high)$/i.test(severity)) return 'high';
  return /^medium$/i.test(severity) ? 'medium' : 'low';
}
