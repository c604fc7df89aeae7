/** The conclusion of an audit report: one sentence, which the reviewer signs. */
import type { Conclusion, Explanations } from '../../audit/audit.js';
import { counted } from '../../../text/counted.js';
import type { Report } from '../../report.js';
import { joined, text, type Text } from '../text.js';

/** `9 changes: 4 with a ticket and an approver, 3 accepted, 2 UNEXPLAINED; 1 failed attempt. The evidence is complete, …`. */
export function conclusionText(conclusion: Conclusion, report: Report): Text {
  return text`${[changesText(conclusion, report)]}. ${completeText(conclusion)}. ${[hoursText(report)]}.`;
}

function changesText({ changes, explanations, reads, failed }: Conclusion, report: Report): string {
  const parts = [
    ...(explanations === null
      ? [`nothing was given that could explain ${changes === 1 ? 'it' : 'them'}`]
      : partsOf(explanations)),
    ...(explanations !== null && report.dispositions?.tickets === null
      ? [`no tickets${report.exceptions.length === 0 ? ' and no exceptions' : ''} were given`]
      : []),
  ];
  const others = [
    ...(reads > 0 ? [counted(reads, 'read')] : []),
    ...(failed > 0 ? [`${counted(failed, 'failed attempt')}, which changed nothing`] : []),
  ];
  const head =
    changes === 0 ? 'No change was found' : `${counted(changes, 'change')}: ${parts.join(', ')}`;
  return [head, ...others].join('; ');
}

function partsOf({ approved, ticketed, accepted, unexplained }: Explanations): readonly string[] {
  return [
    `${approved} with a ticket and an approver`,
    ...(ticketed > 0 ? [`${ticketed} with a ticket that names no approver`] : []),
    `${accepted} accepted`,
    `${unexplained} UNEXPLAINED`,
  ];
}

function hoursText({ coverage: { hours } }: Report): string {
  const all = hours.covered + hours.empty;
  return `There are records in ${hours.covered} of ${counted(all, 'hour')}`;
}

function completeText({ completeness, because }: Conclusion): Text {
  // A message ends with a full stop, or with none.
  const reasons = joined(
    because.map((reason) => [reason.replace(/\.$/, '')]),
    '; ',
  );
  switch (completeness) {
    case 'complete':
      return [
        'The evidence is complete, as far as hunt can tell: every file that was found could be read, and no account in scope falls silent',
      ];
    case 'in doubt':
      return text`Whether the evidence is complete is in doubt, because: ${reasons}`;
    case 'incomplete':
      return text`The evidence is NOT COMPLETE, because: ${reasons}`;
    default:
      return completeness satisfies never;
  }
}
