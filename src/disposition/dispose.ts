/** Compares a finding with exceptions, tickets, an earlier report and the period of the run. */
import { periodAt } from '../cloudtrail/time/period.js';
import { countedKind } from '../report/counted-kind.js';
import type { Disposition, FindingStatus } from '../report/disposition.js';
import type { MatchedFinding } from '../report/finding.js';
import type { Compared } from './compared.js';
import type { Dispose } from './disposed.js';
import type { IsSamePerson } from './person.js';
import type { Exception } from './exceptions/exception.js';
import { coversOf, isAccepting } from './exceptions/covers.js';

/** The disposition of any finding. It depends on the finding alone, and so does not change with the order of asking. */
export function disposeBy(
  { exceptions, tickets, baseline, period, asOf }: Compared,
  isSamePerson: IsSamePerson,
): Dispose {
  const tests = exceptions.map((exception) => ({ exception, covers: coversOf(exception) }));
  const exceptionOf = (finding: MatchedFinding): Exception | undefined => {
    const covering = tests.filter(({ covers }) => covers(finding)).map((test) => test.exception);
    return covering.find((one) => isAccepting(one, finding, asOf)) ?? covering[0];
  };
  return (finding): Disposition => {
    const exception = exceptionOf(finding);
    const isKnown = baseline?.has(finding) === true;
    const status = statusOf(
      exception && { isAccepting: isAccepting(exception, finding, asOf) },
      isKnown,
    );
    const ticket = tickets?.ticketOf(finding) ?? null;
    const { eventTime } = finding;
    const instant = eventTime === null ? undefined : Date.parse(eventTime);
    const isLate = period !== undefined && instant !== undefined && instant < period.since;
    return {
      status,
      late: isLate ? periodAt(period.kind, instant).name : null,
      exception: exception?.id ?? null,
      ticket,
      ownApproval:
        (status === 'accepted' && isSamePerson(exception?.approver ?? null, finding)) ||
        (ticket?.written === 'before' && isSamePerson(ticket.approver, finding)),
      unexplained:
        countedKind(finding) === 'change' && status !== 'accepted' && ticket?.written !== 'before',
    };
  };
}

/** A change that was accepted once comes back when its exception is over, even if the baseline has it. */
function statusOf(
  exception: { readonly isAccepting: boolean } | undefined,
  isKnown: boolean,
): FindingStatus {
  if (exception !== undefined) return exception.isAccepting ? 'accepted' : 'expired';
  return isKnown ? 'known' : 'new';
}
