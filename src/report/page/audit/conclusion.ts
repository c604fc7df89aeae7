/** The conclusion of an audit report, which the reviewer signs. */
import type { Conclusion, Explanations } from '../../audit/audit.js';
import { capitalised } from '../../../text/capitalised.js';
import { counted } from '../../../text/counted.js';
import type { Report } from '../../report.js';
import { quietTexts } from '../stories.js';
import { joined, someOf, text, value, type Text } from '../blocks/text.js';

/** So many are named. The part about the rules has all. */
const MOST_RULES = 3;

/** `9 changes: 4 with a ticket and an approver, 3 accepted, 2 UNEXPLAINED; 1 failed attempt. 1 rule was applied: …. The evidence is complete, …`. */
export function conclusionText(conclusion: Conclusion, report: Report): Text {
  return text`${[changesText(conclusion, report)]}. ${rulesText(report)}. ${completeText(report.completeness)}. ${[hoursText(report)]}.`;
}

function changesText(
  { changes, late, explanations, failed, ...quiet }: Conclusion,
  report: Report,
): string {
  const others = [
    ...quietTexts(quiet),
    ...(failed > 0 ? [`${counted(failed, 'failed attempt')}, which changed nothing`] : []),
  ];
  const explained =
    explanations === null
      ? ` ${changes === 1 ? 'was' : 'were'} not assessed: this hunt had no tickets and no exceptions`
      : `: ${explainedText(explanations, report)}`;
  const head =
    changes === 0
      ? 'No change was found'
      : `${counted(changes, 'change')}${lateText(changes, late)}${explained}`;
  return [head, ...others].join('; ');
}

/** A rule about one service finds no change of another: who signs must see for which rules these numbers hold. */
function rulesText({ sections }: Report): Text {
  const were = sections.length === 1 ? 'was' : 'were';
  const ids = sections.slice(0, MOST_RULES).map(({ rule }) => [value(rule.id)]);
  return text`${[counted(sections.length, 'rule')]} ${[were]} applied: ${someOf(ids, sections.length)}`;
}

/** Changes of earlier periods count here because no report of their period has them. */
function lateText(changes: number, late: number): string {
  if (late === 0) return '';
  if (changes === 1) return ' (of an earlier period)';
  return late === changes
    ? ' (all of earlier periods)'
    : ` (${late} of them of ${late === 1 ? 'an earlier period' : 'earlier periods'})`;
}

function explainedText(
  { approved, selfApproved, ticketed, accepted, unexplained }: Explanations,
  { dispositions, exceptions }: Report,
): string {
  const hasTickets = dispositions !== null && dispositions.tickets !== null;
  const parts = [
    ...(hasTickets ? [`${approved} with a ticket and an approver`] : []),
    ...(ticketed > 0 ? [`${ticketed} with a ticket that names no approver`] : []),
    ...(exceptions.length > 0 || accepted > 0 ? [`${accepted} accepted`] : []),
    ...(selfApproved > 0
      ? [`${selfApproved} APPROVED BY WHO MADE ${selfApproved === 1 ? 'IT' : 'THEM'}`]
      : []),
    `${unexplained} UNEXPLAINED`,
  ];
  const missing = [
    ...(hasTickets ? [] : ['tickets']),
    ...(exceptions.length > 0 ? [] : ['exceptions']),
  ];
  return `${parts.join(', ')}${missing.length === 0 ? '' : ` (no ${missing.join(' and no ')} were given)`}`;
}

function hoursText({ coverage: { hours } }: Report): string {
  const all = hours.covered + hours.empty;
  return `There are records in ${hours.covered} of ${counted(all, 'hour')}`;
}

function completeText({ verdict, sentence, because }: Report['completeness']): Text {
  // A message ends with a full stop, or with none.
  const reasons = joined(
    because.map((reason) => [reason.replace(/\.$/, '')]),
    '; ',
  );
  switch (verdict) {
    case 'complete and intact':
      return [`The evidence is ${sentence}: CloudTrail’s signed digests prove it`];
    case 'complete':
      return [capitalised(sentence)];
    case 'in doubt':
      return text`Whether the evidence is complete is in doubt, because: ${reasons}`;
    case 'incomplete':
      return text`The evidence is NOT COMPLETE, because: ${reasons}`;
    default:
      return verdict satisfies never;
  }
}
