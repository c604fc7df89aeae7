/** The findings with their dispositions, and the numbers and warnings that follow from them. */
import type { Report, Warning } from '../report/report.js';
import type { Findings } from '../report/finding.js';
import type { BaselineScope, Compared } from './compared.js';
import { disposeBy } from './dispose.js';
import { withDispositions, type MatchInStory } from './disposed.js';
import { samePersonBy } from './person.js';
import { DispositionTally } from './tally.js';
import { comparisonWarnings } from './warnings.js';

export interface Comparison extends Pick<
  Report,
  'dispositions' | 'exceptions' | 'gone' | 'findings'
> {
  readonly warnings: readonly Warning[];
}

/** Reads the findings once. `compared` is undefined in a hunt that has nothing to compare them with. */
export function compare(
  { findings, links }: Pick<Report, 'links'> & { readonly findings: Findings<MatchInStory> },
  compared: Compared | undefined,
  scope: BaselineScope,
): Comparison {
  if (compared === undefined)
    return {
      dispositions: null,
      exceptions: [],
      gone: null,
      findings: withDispositions(findings, undefined),
      warnings: [],
    };
  const isSamePerson = samePersonBy(links);
  const disposed = withDispositions(findings, disposeBy(compared, isSamePerson));
  const tally = new DispositionTally(compared, isSamePerson);
  const { baseline } = compared;
  for (const finding of disposed) {
    tally.add(finding);
    baseline?.see(finding);
  }
  const exceptions = tally.uses();
  return {
    dispositions: tally.counts(),
    exceptions,
    gone: scope.hasFilters ? null : (baseline?.gone(scope) ?? null),
    findings: disposed,
    warnings: comparisonWarnings(exceptions, {
      ownTickets: tally.ownTickets,
      unreadableTickets: compared.tickets?.unreadable ?? 0,
    }),
  };
}
