/** What each change came to, in the light of the changes before it. */
import type { Finding } from '../report/finding.js';
import type { Concern } from '../report/story.js';
import { concernOf, type ConcernFinding } from './concern.js';
import { KnownLogs, type LogFinding } from './known-logs.js';
import { isAboutLogs, Making } from './making.js';
import { resourceKey } from './place.js';
import { Recent } from './recent.js';

export type ConcernedFinding = ConcernFinding & LogFinding & Pick<Finding, 'actor'>;

/** What a person makes and deletes within this time was a trial, and held nothing of others. */
const TRIAL = 60 * 60_000;
const REMEMBERED = 50_000;

interface Made {
  readonly by: string | null;
  readonly at: number;
}

export class Concerns {
  readonly #making = new Making();
  readonly #logs = new KnownLogs();
  readonly #made = new Recent<Made>(REMEMBERED);

  /** Notes what a succeeded change makes. All changes of one instant must be noted before the first of them is taken. */
  note(finding: ConcernedFinding, instant: number): void {
    if (isAboutLogs(finding)) this.#making.note(finding, instant);
  }

  /**
   * Takes the next call that succeeded. The instant is undefined if it is not known. `undone` is what the finding came to of which
   * it ends a state.
   */
  of(finding: ConcernedFinding, instant: number | undefined, undone: Concern | undefined): Concern {
    const keepsLess = this.#logs.add(finding);
    const isClosing = undone === 'exposed' && finding.change?.begins.length === 0;
    // A trust policy in place of one that let others in is no new way in.
    if (isClosing && finding.eventName === 'UpdateAssumeRolePolicy') return 'other';
    const own = concernOf(finding, (bucket) => this.#logs.isBucket(bucket));
    const concern = own === 'other' && keepsLess ? 'logs' : own;
    if (concern === 'destroyed' && this.#isTrial(finding, instant)) return 'other';
    this.#remember(finding, instant);
    const isSetUp =
      concern === 'logs' && instant !== undefined && this.#making.isSetUp(finding, instant);
    return isSetUp ? 'other' : concern;
  }

  #remember(finding: ConcernedFinding, instant: number | undefined): void {
    if (instant === undefined) return;
    for (const { resource, what } of finding.change?.begins ?? [])
      if (what === 'exists')
        this.#made.set(resourceKey(finding, resource), { by: finding.actor.name, at: instant });
  }

  #isTrial(finding: ConcernedFinding, instant: number | undefined): boolean {
    const removes = finding.change?.removes ?? [];
    return (
      removes.length > 0 &&
      instant !== undefined &&
      removes.every((id) => {
        const made = this.#made.get(resourceKey(finding, id));
        return made !== undefined && made.by === finding.actor.name && instant - made.at <= TRIAL;
      })
    );
  }
}
