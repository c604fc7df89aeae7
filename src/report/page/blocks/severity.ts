/** How much a severity is emphasised. */
import type { Severity } from '../../../rule/severity.js';
import type { SeverityLevel } from './block.js';

export function severityLevel(severity: Severity): SeverityLevel {
  if (severity === 'Critical' || severity === 'High') return 'high';
  return severity === 'Medium' ? 'medium' : 'low';
}
