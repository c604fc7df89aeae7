/** What each change came to, in the light of the changes before it. */
import type { Finding } from '../report/finding.js';
import type { Concern } from '../report/story.js';
import { concernOf, type ConcernFinding } from './concern.js';
import { ForeignTargets } from './foreign-targets.js';
import { LogKeeping, type LogFinding } from './log-keeping.js';
import { isAboutLogs, Making } from './making.js';
import { Trials } from './trials.js';

export type ConcernedFinding = ConcernFinding & LogFinding & Pick<Finding, 'actor'>;

export class Concerns {
  readonly #making = new Making();
  readonly #logs = new LogKeeping();
  readonly #trials = new Trials();
  readonly #targets = new ForeignTargets();

  /** Notes what a succeeded change makes. All changes of one instant must be noted before the first of them is taken. */
  note(finding: ConcernedFinding, instant: number): void {
    if (isAboutLogs(finding)) this.#making.note(finding, instant);
  }

  /**
   * Takes the next call that succeeded. The instant is undefined if it is not known. `undone` is what the finding came to of which
   * it ends a state.
   */
  of(finding: ConcernedFinding, instant: number | undefined, undone: Concern | undefined): Concern {
    const isTrial = instant !== undefined && this.#trials.add(finding, instant);
    const keepsLess = this.#logs.add(finding);
    const isClosing = undone === 'exposed' && finding.change?.begins.length === 0;
    // A trust policy in place of one that let others in is no new way in.
    if (isClosing && finding.eventName === 'UpdateAssumeRolePolicy') return 'other';
    const own = concernOf(finding, (bucket) => this.#logs.isBucket(bucket));
    const concern = own === 'other' && keepsLess ? 'logs' : own;
    this.#targets.add(finding, concern);
    if (concern === 'destroyed' && isTrial) return 'other';
    if (concern === 'logs' && this.#targets.isEndOf(finding)) return 'other';
    const isSetUp =
      concern === 'logs' && instant !== undefined && this.#making.isSetUp(finding, instant);
    return isSetUp ? 'other' : concern;
  }
}
