/** Counts the findings of each disposition and of each exception. It keeps numbers and names, but no findings. */
import { byCodePoint } from '../cloudtrail/canonical.js';
import { countedKind } from '../report/counted-kind.js';
import type { DispositionCounts, ExceptionUse } from '../report/disposition.js';
import type { Finding } from '../report/finding.js';
import type { Compared } from './compared.js';
import { coversOf, endOf } from './exceptions/covers.js';
import type { Exception } from './exceptions/exception.js';
import type { IsSamePerson } from './person.js';

/** Only hostile logs have more actors of one exception. */
const MOST_ACTORS = 10_000;
const SHOWN_ACTORS = 100;

export class DispositionTally {
  readonly #status = { new: 0, known: 0, accepted: 0, expired: 0 };
  readonly #tickets = { before: 0, after: 0, none: 0 };
  #late = 0;
  #unexplained = 0;
  #ownTickets = 0;
  readonly #uses: ReadonlyMap<string, Use>;
  readonly #compared: Compared;
  readonly #isSamePerson: IsSamePerson;

  constructor(compared: Compared, isSamePerson: IsSamePerson) {
    this.#compared = compared;
    this.#isSamePerson = isSamePerson;
    this.#uses = new Map(compared.exceptions.map((one) => [one.id, new Use(one, isSamePerson)]));
  }

  add(finding: Finding): void {
    const { disposition } = finding;
    if (disposition === null) return;
    const { status, late, exception, ticket, unexplained } = disposition;
    this.#status[status] += 1;
    if (late !== null) this.#late += 1;
    if (unexplained) this.#unexplained += 1;
    if (countedKind(finding) === 'change') this.#tickets[ticket?.written ?? 'none'] += 1;
    if (ticket !== null && this.#isSamePerson(ticket.approver, finding)) this.#ownTickets += 1;
    for (const [id, use] of this.#uses)
      if (id === exception) use.add(finding);
      else use.look(finding);
  }

  /** Changes whose ticket the same person approved. */
  get ownTickets(): number {
    return this.#ownTickets;
  }

  counts(): DispositionCounts {
    return {
      ...this.#status,
      late: this.#late,
      tickets: this.#compared.tickets === undefined ? null : { ...this.#tickets },
      unexplained: this.#unexplained,
    };
  }

  uses(): readonly ExceptionUse[] {
    return [...this.#uses.values()].map((use) => use.counted(this.#compared));
  }
}

class Use {
  readonly #exception: Exception;
  readonly #covers: ReturnType<typeof coversOf>;
  readonly #isSamePerson: IsSamePerson;
  readonly #by = new Map<string, number>();
  #findings = 0;
  #expired = 0;
  #own = 0;
  #hasMatched = false;

  constructor(exception: Exception, isSamePerson: IsSamePerson) {
    this.#exception = exception;
    this.#isSamePerson = isSamePerson;
    this.#covers = coversOf(exception);
  }

  /** A finding that this exception accepts, or would accept. */
  add(finding: Finding): void {
    const { name } = finding.actor;
    this.#hasMatched = true;
    this.#findings += 1;
    if (finding.disposition?.status === 'expired') this.#expired += 1;
    if (this.#by.has(name) || this.#by.size < MOST_ACTORS)
      this.#by.set(name, (this.#by.get(name) ?? 0) + 1);
    if (this.#isSamePerson(this.#exception.approver, finding)) this.#own += 1;
  }

  /** A finding of another exception, or of none. An exception counts as matched even if another one came first. */
  look(finding: Finding): void {
    if (!this.#hasMatched && finding.disposition?.exception !== null)
      this.#hasMatched = this.#covers(finding);
  }

  counted({ asOf, matchedBefore }: Compared): ExceptionUse {
    const { id, reason, owner, approver, ticket, expires } = this.#exception;
    return {
      id,
      reason,
      owner,
      approver,
      ticket,
      expires,
      isExpired: asOf >= endOf(expires),
      findings: this.#findings,
      expired: this.#expired,
      by: [...this.#by]
        .toSorted(([a, n], [b, m]) => m - n || byCodePoint(a, b))
        .slice(0, SHOWN_ACTORS)
        .map(([actor, findings]) => ({ actor, findings })),
      ownApproval: this.#own,
      isUnused: matchedBefore === undefined ? null : !this.#hasMatched && !matchedBefore.has(id),
    };
  }
}
