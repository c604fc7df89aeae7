/** What each change came to, in the light of the changes before it. */
import type { Concern } from '../report/story.js';
import { concernOf, type ConcernFinding } from './concern.js';
import { KnownLogs, type LogFinding } from './known-logs.js';
import { isAboutLogs, Making } from './making.js';

export type ConcernedFinding = ConcernFinding & LogFinding;

export class Concerns {
  readonly #making = new Making();
  readonly #logs = new KnownLogs();

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
    const isSetUp =
      concern === 'logs' && instant !== undefined && this.#making.isSetUp(finding, instant);
    return isSetUp ? 'other' : concern;
  }
}
