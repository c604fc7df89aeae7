/** From the matching copies of events to the findings that reports show. */
import type { Findings } from '../report/report.js';
import type { Rule } from '../rule/rule.js';
import type { Copy } from './fold.js';
import { FindingStore } from './store.js';

/** One finding an event, in the order of reports. Throws a HuntError where they are too many for memory and disk. */
export function toFindings(found: readonly (readonly Copy[])[], rule: Rule): Findings {
  const store = new FindingStore(rule);
  for (const copies of found) store.add(copies);
  return store.findings();
}
