/** What a command selects that applies hunt's own rules: the user says only when and where to look. */
import type { BoundRule } from '../../../rule/bind.js';
import { filterConditions, givenFilters } from '../../../rule/filters.js';
import type { EventOptions } from '../flags/rule-flags.js';
import type { Config } from '../hunt-yml/config.js';
import { givenWindow } from '../time/given-window.js';
import type { Selection } from './selection.js';

interface OwnRequest {
  readonly events: Pick<EventOptions, 'since' | 'until' | 'period' | 'account' | 'region'>;
  readonly config: Config | undefined;
  /** Milliseconds since 1970 UTC: durations such as `30d` end here. */
  readonly now: number;
}

/** Throws a HuntError if a value or a time is wrong. */
export function ownSelection(
  rules: readonly BoundRule[],
  { events, config, now }: OwnRequest,
): Selection {
  const limits = { account: events.account, region: events.region };
  return {
    rules,
    ruleFiles: { refused: [], skipped: [] },
    window: givenWindow(events, config, now),
    exclusions: true,
    filters: filterConditions(limits),
    given: givenFilters(limits),
    warnings: [],
  };
}
