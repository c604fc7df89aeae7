/** How much a severity is emphasised. */
import type { SeverityLevel } from './block.js';

/** The level of a rule's severity. Panther and Sigma spell severities differently. */
export function severityLevel(severity: string): SeverityLevel {
  if (/^(?:critical|high)$/i.test(severity)) return 'high';
  return /^medium$/i.test(severity) ? 'medium' : 'low';
}
