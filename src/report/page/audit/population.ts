/** How many records the findings come from, and how complete these records are. */
import { counted } from '../../../text/counted.js';
import { STAGE, type Report, type Section } from '../../report.js';
import { under, type Block } from '../blocks/block.js';
import { readBlocks } from '../evidence/completeness.js';
import { recordsInWindow } from '../nothing.js';
import { ruleWarningBlocks } from '../rules/list.js';
import { isCondition, notesOf } from '../section/funnel.js';
import { joined, text, value, type Text } from '../blocks/text.js';

const UNPROVEN =
  "A record that was never delivered leaves no trace in these numbers: an hour without records in an account that otherwise has them is the only sign. CloudTrail's own digest files, which prove that none is missing, were not checked: see --verify.";
const PROVEN =
  "CloudTrail's own digest files, which are signed and name every log file with its hash, were checked: what they prove, and what they do not, is said below.";

export function* populationBlocks(report: Report): Generator<Block> {
  const { sections, coverage, completeness } = report;
  yield { kind: 'title', text: ['Population and completeness'] };
  const records = recordsInWindow(coverage);
  yield {
    kind: 'paragraph',
    text: [
      `The population is every record of the period that was read: ${counted(records, 'record')}. ${completeness.digests === null ? UNPROVEN : PROVEN}`,
    ],
    isWhole: true,
  };
  yield* readBlocks(report);
  yield* under(
    ['From records to findings, rule by rule'],
    sections.map((section) => funnelItem(section, records)),
  );
  yield* under(['Warnings about the rules'], ruleWarningBlocks(sections));
}

function funnelItem(section: Section, population: number): Block {
  const { funnel, rule } = section;
  const isTelling = ({ events }: Section['funnel'][number], index: number): boolean =>
    index === 0 || index === funnel.length - 1 || events !== funnel[index - 1]?.events;
  const steps = funnel
    .filter(isTelling)
    .map(
      ({ stage, events }) =>
        text`${events} ${isCondition(stage) ? value(stage) : [stage]}${stage === STAGE.read ? [beyondText(events - population)] : []}`,
    );
  const idle = funnel.length - steps.length;
  const notes = [
    ...(idle > 0 ? [`${counted(idle, 'more step')} left out no event`] : []),
    ...notesOf(section),
  ];
  return {
    kind: 'item',
    head: [value(rule.id)],
    details: [joined(steps, '; '), ...(notes.length > 0 ? [[notes.join('; ')] as Text] : [])],
  };
}

/** The first number of a rule is of all that was read, and would contradict the population. */
function beyondText(beyond: number): string {
  return beyond > 0 ? ` (${beyond} outside the period or without a readable time)` : '';
}
