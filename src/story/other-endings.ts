/** What ends states and is no finding, in its place among the findings. */
import type { EndingEvent } from '../report/ending-event.js';
import type { BriefFinding } from '../report/finding.js';

type Placed = Pick<BriefFinding, 'eventID' | 'eventTime'>;

export class OtherEndings {
  readonly #endings: readonly EndingEvent[];
  #next = 0;

  /** In the order of time. */
  constructor(endings: readonly EndingEvent[]) {
    this.#endings = endings;
  }

  /** Those before the instant of these findings, and at it. One that is a finding too would end the same twice. */
  *upTo(findings: readonly Placed[]): Generator<EndingEvent> {
    const [first] = findings;
    if (first === undefined || first.eventTime === null) return;
    const instant = Date.parse(first.eventTime);
    const ids = new Set(findings.map(({ eventID }) => eventID));
    for (const ending of this.#before(instant + 1)) {
      const isNew = ending.eventID !== null && !ids.has(ending.eventID);
      if (ending.at < instant || isNew) yield ending;
    }
  }

  /** Those after the last finding. */
  *rest(): Generator<EndingEvent> {
    yield* this.#before(Infinity);
  }

  *#before(end: number): Generator<EndingEvent> {
    for (; ; this.#next++) {
      const ending = this.#endings[this.#next];
      if (ending === undefined || ending.at >= end) return;
      yield ending;
    }
  }
}
