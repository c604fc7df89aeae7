/** What an entry would hide: how many findings, whose, and the most serious ones. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { calledText } from '../../report/called.js';
import type { Finding } from '../../report/finding.js';
import { MostSerious, seriousnessOf } from '../../story/serious.js';

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
  private readonly serious = new MostSerious<Shown>(MOST_SHOWN);

  add(finding: Finding): void {
    this.hidden += 1;
    const { name } = finding.actor;
    if (this.actors.has(name) || this.actors.size < MOST_ACTORS)
      this.actors.set(name, (this.actors.get(name) ?? 0) + 1);
    this.serious.add(seriousnessOf(finding), () => shownOf(finding));
  }

  effect(): Effect {
    return {
      hidden: this.hidden,
      by: [...this.actors].toSorted(([a, ofA], [b, ofB]) => ofB - ofA || byCodePoint(a, b)),
      serious: this.serious.items,
    };
  }
}

export function shownOf({ eventID, eventTime, eventName, actor, change }: Finding): Shown {
  const said = change?.sentence ?? calledText(eventName);
  return { eventID, text: `${eventTime ?? 'without a time'}  ${actor.name}  ${said}` };
}
