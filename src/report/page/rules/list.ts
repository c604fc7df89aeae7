/** Several rules as a compact list: what each found, and what a reader must know before trusting its zero. */
import { counted } from '../../../text/counted.js';
import { pushTo } from '../../../memory/grouped.js';
import { STAGE, type Exclusion, type Report, type Section, type Warning } from '../../report.js';
import { under, type Block, type ExclusionBlock, type RuleRow } from '../blocks/block.js';
import { exclusionBlock } from '../section/exclusion.js';
import { notesOf } from '../section/funnel.js';
import { severityLevel } from '../blocks/severity.js';
import { joined, text, value } from '../blocks/text.js';
import { warningBlock } from '../blocks/warning.js';

/** The blocks on all rules of a report with several. */
export function* ruleListBlocks({ sections, files }: Report): Generator<Block> {
  yield { kind: 'title', text: [counted(sections.length, 'rule')] };
  const rows = sections.flatMap((section, index) => rowOf(section, index + 1));
  if (rows.length > 0) yield { kind: 'rules', rows };
  yield* noteBlocks(sections);
  yield* zeroBlocks(sections, files.read);
  yield* under(['Exclusions that hid events'], sections.flatMap(exclusionsOf));
  yield* under(['Exclusions that were dropped'], droppedBlocks(sections));
  yield* under(['Warnings about the rules'], ruleWarningBlocks(sections));
}

function rowOf({ rule, findingCount }: Section, number: number): readonly RuleRow[] {
  if (findingCount === 0) return [];
  return [
    {
      number,
      count: findingCount,
      severity: severityLevel(rule.severity),
      severityText: rule.severity,
      id: [value(rule.id)],
      name: [rule.name],
    },
  ];
}

function exclusionsOf({ rule, exclusions }: Section): readonly Block[] {
  return exclusions
    .filter(({ hidden, applied }) => applied && hidden > 0)
    .map((exclusion) => {
      const block = exclusionBlock(exclusion);
      return { ...block, label: text`${rule.id}: ${block.label}` };
    });
}

/** The exclusions that `--no-exclusions` dropped, each once: most rules have the same. */
function droppedBlocks(sections: readonly Section[]): readonly Block[] {
  const rules = new Map<string, { readonly block: ExclusionBlock; readonly ids: string[] }>();
  for (const { rule, exclusions } of sections)
    for (const exclusion of exclusions.filter(({ applied }) => !applied)) {
      const known = rules.get(keyOf(exclusion));
      if (known) known.ids.push(rule.id);
      else rules.set(keyOf(exclusion), { block: exclusionBlock(exclusion), ids: [rule.id] });
    }
  return [...rules.values()].map(({ block, ids: [first = '', ...others] }) => ({
    ...block,
    label:
      others.length === 0
        ? text`${first}: ${block.label}`
        : text`${block.label}${[` from ${counted(others.length + 1, 'rule')}`]}`,
  }));
}

function keyOf({ name, condition }: Exclusion): string {
  return JSON.stringify([name, condition]);
}

/** What else must be known of the events that a rule counts, each once with the numbers of its rules. */
function noteBlocks(sections: readonly Section[]): readonly Block[] {
  const rules = new Map<string, string[]>();
  for (const [index, section] of sections.entries())
    for (const note of notesOf(section)) pushTo(rules, note, `${index + 1}`);
  return [...rules].map(([note, numbers]) => ({
    kind: 'paragraph',
    text: [`${note} [${numbers.join(',')}]`],
  }));
}

const NO_RECORD = 'no record was read';
/** Why a rule may be left without an event, in the order of a funnel: where only event names select events, and otherwise. */
const BY_NAME = {
  selected: 'no event has an event name that the rule asks for',
  window: 'no event with such a name lies in the window',
  tests: 'events have such a name, and none passes all tests of the rule',
};
const BY_FILTER = {
  selected: 'no event is one that the filters and the rule select',
  window: 'no such event lies in the window',
  tests: 'no event passes all tests of the rule',
};

/** The rules that found nothing, together with all others that found nothing for the same reason. */
function zeroBlocks(sections: readonly Section[], filesRead: number | null): readonly Block[] {
  const silent = sections.filter(({ findingCount }) => findingCount === 0);
  const reasons = [NO_RECORD, ...Object.values(BY_NAME), ...Object.values(BY_FILTER)];
  return reasons.flatMap((why): readonly Block[] => {
    const own = silent.filter((section) => reasonOf(section) === why);
    if (own.length === 0) return [];
    // Where no rule had a record, their names say nothing.
    const names = joined(
      own.map(({ rule }) => [value(rule.id)]),
      ', ',
    );
    const ids = why === NO_RECORD && own.length === sections.length ? [] : text`: ${names}`;
    const where = filesRead === null ? [] : [` of ${counted(filesRead, 'log file')}`];
    const read = own[0]?.funnel[0]?.events ?? 0;
    const records = [counted(read, 'record'), ...where];
    return [
      {
        kind: 'paragraph',
        text: text`${[counted(own.length, 'rule')]} found nothing in ${records} (${[why]})${ids}`,
        isWhole: true,
      },
    ];
  });
}

function reasonOf({ funnel }: Section): string {
  const end = funnel.findIndex(({ events }) => events === 0);
  if (end === 0) return NO_RECORD;
  const why = funnel[1]?.stage === STAGE.eventNames ? BY_NAME : BY_FILTER;
  if (funnel[end]?.stage === STAGE.window) return why.window;
  return end === 1 && funnel[end]?.stage !== STAGE.findings ? why.selected : why.tests;
}

/** Each warning once. It names its rules, unless all rules have it. */
export function ruleWarningBlocks(sections: readonly Section[]): readonly Block[] {
  const rules = new Map<string, { readonly warning: Warning; readonly ids: string[] }>();
  for (const { rule, warnings } of sections)
    for (const warning of warnings) {
      const known = rules.get(warning.message);
      if (known) known.ids.push(rule.id);
      else rules.set(warning.message, { warning, ids: [rule.id] });
    }
  return [...rules.values()].map(({ warning, ids }) =>
    warningBlock(
      ids.length === sections.length
        ? warning
        : { ...warning, message: `${ids.join(', ')}: ${warning.message}` },
    ),
  );
}
