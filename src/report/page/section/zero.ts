/** Explains why a rule found nothing: what was read, and at which stage of the funnel no event was left. */
import { STAGE, type Report, type Section } from '../../report.js';
import { isCondition } from './funnel.js';
import { text, type Text } from '../blocks/text.js';
import { counted } from '../../../text/counted.js';

/** The explanation for a section without findings. */
export function reasonForNone({ funnel }: Section, report: Report): Text {
  const read = funnel[0]?.events ?? 0;
  const loss = lossIn(report);
  if (read === 0)
    return text`No record was read ${whereRead(report)}: this zero says nothing.${loss}`;
  const records = text`Of ${[counted(read, 'record')]} ${whereRead(report)}`;
  const end = funnel.findIndex(({ events }) => events === 0);
  const before = funnel[end - 1];
  const stage = funnel[end];
  if (before === undefined || stage === undefined) return text`${records}, none was found.${loss}`;
  const none = text`none ${passing(stage.stage)}`;
  if (end === 1) return text`${records}, ${none}.${loss}`;
  if (!isTest(before.stage))
    return text`${records}, ${before.events} ${passing(before.stage)}; of those ${none}.${loss}`;
  const left = text`${records}, ${[counted(before.events, 'event')]} passed all tests before`;
  return stage.stage.startsWith('not ')
    ? text`${left} this exclusion, which hid the last of them: ${shown(stage.stage)}.${loss}`
    : text`${left} ${shown(stage.stage)}, none passed this one.${loss}`;
}

function whereRead({ files, source }: Report): Text {
  if (files.read !== null) return [`in ${counted(files.read, 'log file')}`];
  return text`in ${source.table ?? 'the table'}`;
}

function lossIn({ files }: Report): Text {
  const lost = files.unreadable.length;
  if (lost === 0) return [];
  return [` But ${counted(lost, 'file or record', 'files or records')} could not be read.`];
}

/** A condition is a value of the rule; the other tests have names of hunt. */
function shown(stage: string): Text {
  return isCondition(stage) ? text`${stage}` : [stage];
}

function passing(stage: string): Text {
  if (isTest(stage)) return text`passed: ${shown(stage)}`;
  return [stage === STAGE.window ? 'lay in the window' : "had one of the rule's event names"];
}

function isTest(stage: string): boolean {
  return stage !== STAGE.eventNames && stage !== STAGE.window;
}
