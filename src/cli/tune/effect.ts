/** What an entry would hide: how many findings, whose, and the most serious ones. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { calledText } from '../../report/called.js';
import type { Finding } from '../../report/finding.js';
import { leadingRule } from '../../report/severity.js';
import { SEVERITIES } from '../../rule/severity.js';

export interface Effect {
  readonly hidden: number;
  /** Those with the most findings first. */
  readonly by: readonly (readonly [actor: string, findings: number])[];
  readonly serious: readonly Shown[];
}

/** A finding, as a line of it. */
export interface Shown {
  readonly eventID: string | null;
  readonly text: string;
}

const MOST_SHOWN = 3;
const MOST_ACTORS = 10_000;

/** Counts hidden findings, one at a time. */
export class EffectTally {
  private hidden = 0;
  private readonly actors = new Map<string, number>();
  private serious: { readonly rank: number; readonly shown: Shown }[] = [];

  add(finding: Finding): void {
    this.hidden += 1;
    const { name } = finding.actor;
    if (this.actors.has(name) || this.actors.size < MOST_ACTORS)
      this.actors.set(name, (this.actors.get(name) ?? 0) + 1);
    const rank = rankOf(finding);
    const last = this.serious.at(-1);
    if (last !== undefined && this.serious.length === MOST_SHOWN && rank <= last.rank) return;
    // The first of equal rank stays first.
    this.serious = [...this.serious, { rank, shown: shownOf(finding) }]
      .toSorted((a, b) => b.rank - a.rank)
      .slice(0, MOST_SHOWN);
  }

  effect(): Effect {
    return {
      hidden: this.hidden,
      by: [...this.actors].toSorted(([a, ofA], [b, ofB]) => ofB - ofA || byCodePoint(a, b)),
      serious: this.serious.map(({ shown }) => shown),
    };
  }
}

export function shownOf({ eventID, eventTime, eventName, actor, change }: Finding): Shown {
  const said = change?.sentence ?? calledText(eventName);
  return { eventID, text: `${eventTime ?? 'without a time'}  ${actor.name}  ${said}` };
}

/** What everyone or much of the internet can reach, then what deserves a look, then by severity. */
function rankOf({ change, attention, rules }: Finding): number {
  const severity = leadingRule(rules)?.severity ?? 'Info';
  const peer = change?.exposure?.peer;
  const exposed = peer === undefined ? 0 : peer === 'foreign account' ? 100 : 200;
  return exposed + (attention.length > 0 ? 50 : 0) + SEVERITIES.indexOf(severity);
}
