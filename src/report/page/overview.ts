/** All findings at a glance: what to look at first, when they were, who made them, where and how. */
import { counted } from '../../text/counted.js';
import { truncate } from '../../text/width.js';
import { isDark } from '../completeness/blind-spot-words.js';
import type { BlindSpot } from '../completeness/completeness.js';
import type { AttentionReason } from '../attention.js';
import type {
  Attention,
  AttentionExample,
  Breakdown,
  BreakdownBy,
  BreakdownRow,
  Lane,
  Timeline,
  TimeSlot,
} from '../overview.js';
import type { Report } from '../report.js';
import { accountNames, accountText, type AccountNames } from './blocks/account-name.js';
import type {
  AttentionBlock,
  AttentionItem,
  Block,
  BreakdownBlock,
  ChartBlock,
} from './blocks/block.js';
import { endText } from './finding/ends.js';
import { text, value, type Text } from './blocks/text.js';
import { instant, shortSpan } from './blocks/words.js';

const NAME = 120;

/** What to look at first; nothing where no finding stands out. */
export function* attentionBlocks({ overview }: Pick<Report, 'overview'>): Generator<Block> {
  if (overview.attention.length > 0) yield attentionBlock(overview.attention);
}

/** The findings over time; nothing where none has a time. */
export function* chartBlocks({
  overview: { timeline },
  source,
  completeness,
}: Pick<Report, 'overview' | 'source' | 'completeness'>): Generator<Block> {
  if (timeline.slots.length === 0) return;
  const spots = completeness.blindSpots.filter(isDark);
  const dark = timeline.slots.map((slot) => spots.some((spot) => isWithin(slot, spot)));
  yield { ...chartBlock(timeline, accountNames(source)), dark };
}

function isWithin(slot: TimeSlot, { since, until }: BlindSpot): boolean {
  return (since === null || since < slot.until) && (until === null || until > slot.since);
}

/** The findings by who, where and how, as far as they differ in it. */
export function* breakdownBlocks({
  overview,
  source,
}: Pick<Report, 'overview' | 'source'>): Generator<Block> {
  for (const breakdown of overview.breakdowns)
    if (breakdown.rows.length > 1) yield breakdownBlock(breakdown, accountNames(source));
}

const REASONS: Readonly<Record<AttentionReason, string>> = {
  'opened to the world': 'opened to the world',
  'opened to another account': 'opened to another account',
  'root user': 'made by the root user',
  'administrator rights': 'gave administrator rights',
  'console without MFA': 'in the console without MFA',
  'from another account': 'made by a principal of another account',
  'made a way in': 'made or changed a way in (users, keys, passwords, rights, code)',
  'weakened the logs': 'turned logs or detection off, or changed what they keep',
  'destroyed data': 'destroyed data or backups',
  'reached data': 'reached data or credentials',
  'hidden characters': 'with characters that hide or reorder text',
  'no readable time': 'without a readable time',
};

const CAUTIONS: ReadonlySet<AttentionReason> = new Set(['hidden characters', 'no readable time']);

function attentionBlock(attention: readonly Attention[]): AttentionBlock {
  return {
    kind: 'attention',
    label: ['Look here first'],
    rows: attention.map(({ reason, findings, examples, ...others }) => ({
      reason,
      level: CAUTIONS.has(reason) ? 'caution' : 'danger',
      text: [`${findings} ${REASONS[reason]}`],
      examples: examples.map((example) => itemOf(example, reason)),
      more: findings > examples.length ? othersText(findings - examples.length, others) : null,
    })),
  };
}

/** Their times say where they are in the list of findings. */
function othersText(
  count: number,
  { othersFrom: from, othersUntil: until }: Pick<Attention, 'othersFrom' | 'othersUntil'>,
): Text {
  if (from === null || until === null) return [`and ${count} more`];
  return [`and ${count} more, ${from === until ? instant(from) : shortSpan(from, until)}`];
}

const OPENINGS: ReadonlySet<AttentionReason> = new Set([
  'opened to the world',
  'opened to another account',
]);

function itemOf(example: AttentionExample, reason: AttentionReason): AttentionItem {
  const { number, eventTime, sentence, actor, tool } = example;
  const ended =
    eventTime === null ? null : endText({ ...example, eventTime, isOpening: OPENINGS.has(reason) });
  return {
    number,
    text: eventTime === null ? [value(sentence)] : text`${[instant(eventTime)]} ${sentence}`,
    by: text` by ${truncate(actor, NAME)}`,
    tool: tool === null ? [] : text` with ${truncate(tool, NAME)}`,
    ended: ended === null ? [] : [`: ${ended}`],
  };
}

function chartBlock(timeline: Timeline, accounts: AccountNames): Omit<ChartBlock, 'dark'> {
  const { step, slots, lanes } = timeline;
  return {
    kind: 'chart',
    label: ['Findings over time'],
    legend: legendOf(timeline),
    description: descriptionOf(timeline),
    step,
    slots,
    lanes: lanes.map(({ name, account, ...lane }) => ({
      ...lane,
      label: laneText({ kind: lane.kind, name, account }, accounts),
    })),
  };
}

function legendOf({ step, slots, lanes: [all] }: Timeline): Text {
  const highest = all?.counts.reduce((a, b) => Math.max(a, b), 0) ?? 0;
  const silence = slots.some(({ isSilence }) => isSilence) ? '; … is a long silence' : '';
  return [`a bar is ${step}, the highest ${counted(highest, 'finding')}${silence}`];
}

function descriptionOf({ step, slots, lanes, undated }: Timeline): Text {
  const [all] = lanes;
  const first = slots[0];
  const last = slots.at(-1);
  if (all === undefined || first === undefined || last === undefined) return [];
  const highest = all.counts.reduce((a, b) => Math.max(a, b), 0);
  const busiest = slots[all.counts.indexOf(highest)];
  const silences = slots.filter(({ isSilence }) => isSilence).length;
  return [
    `${counted(all.findings - undated, 'finding')} from ${instant(first.since)} to ${instant(last.until)}`,
    ...(busiest === undefined || slots.length === 1
      ? []
      : [`, in steps of ${step}: at most ${highest} in one, from ${instant(busiest.since)} on`]),
    '.',
    ...(silences === 0
      ? []
      : [` ${counted(silences, 'long silence')} ${silences === 1 ? 'is' : 'are'} cut short.`]),
    ...(undated === 0 ? [] : [` ${undated} more without a readable time.`]),
  ];
}

function laneText(
  { kind, name, account }: Pick<Lane, 'kind' | 'name' | 'account'>,
  accounts: AccountNames,
): Text {
  if (kind === 'all') return ['all'];
  if (kind === 'others') return ['all others'];
  if (name === null) return [NOBODY.principal];
  return nameText({ name, account }, accounts);
}

const LABELS: Readonly<Record<BreakdownBy, string>> = {
  principal: 'By principal',
  tool: 'By tool',
  class: 'By hand or not',
  account: 'By account',
  region: 'By region',
  address: 'By address',
  resource: 'By resource',
  call: 'By call',
  rule: 'By rule',
};

const NOBODY: Readonly<Record<BreakdownBy, string>> = {
  principal: 'nobody named',
  tool: 'no tool named',
  class: 'unknown',
  account: 'no account named',
  region: 'no region named',
  address: 'no address named',
  resource: 'no resource named',
  call: 'a call without a name',
  rule: 'no rule',
};

function breakdownBlock(
  { by, rows, moreNames, moreFindings }: Breakdown,
  accounts: AccountNames,
): BreakdownBlock {
  return {
    kind: 'breakdown',
    by,
    label: [LABELS[by]],
    rows: rows.map((row) => ({
      name: rowText(by, row, accounts),
      findings: row.findings,
      exposed: row.exposed,
      failed: row.failed,
      when: whenText(row),
    })),
    moreNames,
    moreFindings,
  };
}

/** `and 12 more, with 40 findings`: what a format that shows the first rows leaves out; null if that is nothing. */
export function moreText(
  { rows, moreNames, moreFindings }: BreakdownBlock,
  shown: number,
): Text | null {
  const others = rows.slice(shown);
  const names = others.length + moreNames;
  if (names === 0) return null;
  const findings = others.reduce((sum, row) => sum + row.findings, moreFindings);
  return [`and ${names} more, with ${counted(findings, 'finding')}`];
}

function rowText(by: BreakdownBy, row: BreakdownRow, accounts: AccountNames): Text {
  if (row.name === null) return [NOBODY[by]];
  if (by === 'account') return accountText(row.name, accounts);
  return nameText(row, accounts);
}

/** A log may have one. Nothing at all in its place could not be chosen, nor told from a mistake of the page. */
export const EMPTY_NAME = 'an empty name';

/** The name, with the account where the same name is in several. */
function nameText(
  { name, account }: Pick<BreakdownRow, 'name' | 'account'>,
  accounts: AccountNames,
): Text {
  if (name === '') return [EMPTY_NAME];
  const own = truncate(name ?? '', NAME);
  return account === null ? [value(own)] : text`${own} in ${accountText(account, accounts)}`;
}

function whenText({ first, last }: BreakdownRow): Text {
  if (first === null || last === null) return ['no readable time'];
  return first === last ? [instant(first)] : [shortSpan(first, last)];
}
