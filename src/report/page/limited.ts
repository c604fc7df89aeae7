/** Where a report was limited to some calls, so that calls of others may have ended what these began: which command says it. */
import type { Report } from '../report.js';

type Asked = Pick<Report, 'subject' | 'filters'>;

/** The calls that end something are of the same account and region. */
const OF_PLACES: ReadonlySet<string> = new Set(['--account', '--region']);

/** Undefined for a report of whole rules. */
export function limitOf({ subject, filters }: Asked): 'who' | 'filters' | undefined {
  if (subject?.kind === 'who') return 'who';
  return filters.some(({ option }) => !OF_PLACES.has(option)) ? 'filters' : undefined;
}

/** `2 states are not ended in these findings, and …`; undefined where the rules say why. */
export function unseenEndsText(report: Asked, states: number): string | undefined {
  const limit = limitOf(report);
  if (limit === undefined || states === 0) return undefined;
  const [are, them] = states === 1 ? ['1 state is', 'it'] : [`${states} states are`, 'them'];
  const why =
    limit === 'who'
      ? `whether others ended ${them} was not looked for: hunt what ID tells`
      : `the rules or the filters may not look for what ended ${them}: hunt what ID tells`;
  return `${are} not ended in these findings, and ${why}`;
}

/** `logs`, or the window where that ends: what came later was not looked at. */
export function endOf({ window }: Pick<Report, 'window'>): string {
  return window.until === null ? 'logs' : 'window';
}
