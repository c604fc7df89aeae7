/** The differences of two reports in blocks: first what was asked and read, since findings may differ for that reason alone. */
import { calledText } from '../report/called.js';
import { under, type Block } from '../report/page/blocks/block.js';
import { joined, someOf, text, value, type Text } from '../report/page/blocks/text.js';
import { instant, timeSpan } from '../report/page/blocks/words.js';
import { counted } from '../text/counted.js';
import { groupedBy } from '../memory/grouped.js';
import { truncate } from '../text/width.js';
import { isDifferent } from './diff.js';
import type {
  Because,
  ChangedFinding,
  Diff,
  DiffFinding,
  Difference,
  OneSided,
  Side,
} from './model.js';

/** So many findings and differences of a kind are shown. JSON has all. */
const MOST = 200;
const MOST_DIFFERENCES = 40;
const MOST_NAMES = 100;
// In columns.
const LONGEST = 400;

/** The blocks of the page in order. They end with a verdict that says in one line how the findings differ. */
export function* diffBlocks(diff: Diff): Generator<Block> {
  const { before, after, counts } = diff;
  yield { kind: 'title', text: ['What differs between two reports'] };
  yield {
    kind: 'facts',
    facts: [
      { label: 'before', text: sideText(before) },
      { label: 'after', text: sideText(after) },
    ],
  };
  yield* under(
    ['The question differs, so findings may differ for this reason alone'],
    differenceBlocks(diff.question),
  );
  yield* under(
    ['What was read differs, so findings may differ for this reason alone'],
    differenceBlocks(diff.completeness),
  );
  yield* under([`New: ${counts.new}`], listed(diff.new, counts.new, oneSidedBlock));
  yield* under([`Gone: ${counts.gone}`], listed(diff.gone, counts.gone, oneSidedBlock));
  yield* under([`Changed: ${counts.changed}`], listed(diff.changed, counts.changed, changedBlock));
  yield { kind: 'verdict', lines: [{ level: 'result', text: [verdictText(diff)] }] };
}

function sideText({ path, version, window, findings }: Side): Text {
  return text`${truncate(path, LONGEST)}: ${[counted(findings, 'finding')]} in ${[timeSpan(window.since, window.until)]}, by hunt ${truncate(version, LONGEST)}`;
}

function* differenceBlocks(differences: readonly Difference[]): Generator<Block> {
  // The second report may have forty rules more than the first, or a hundred more files that could not be read.
  const groups = [
    ...groupedBy(differences, ({ what, before, after }) =>
      JSON.stringify([what, before, after]),
    ).values(),
  ];
  for (const [first, ...others] of groups.slice(0, MOST_DIFFERENCES)) {
    yield others.length === 0
      ? { kind: 'item', head: differenceText(first), details: [] }
      : groupBlock(first, others);
  }
  if (groups.length > MOST_DIFFERENCES) yield moreBlock(groups.length - MOST_DIFFERENCES);
}

function groupBlock(first: Difference, others: readonly Difference[]): Block {
  const names = [first, ...others].map(({ name }) => name ?? '');
  const shown = names.slice(0, MOST_NAMES).map((name) => [value(truncate(name, LONGEST))]);
  return {
    kind: 'item',
    head: text`${names.length} × ${differenceText({ ...first, name: null })}`,
    details: [someOf(shown, names.length)],
  };
}

/** `window: all of time → 2026-01-01 to the end`. */
function differenceText({ what, name, before, after }: Difference): Text {
  const label = name === null ? [what] : text`${[what]} ${truncate(name, LONGEST)}`;
  return text`${label}: ${sayable(before)} → ${sayable(after)}`;
}

function sayable(of: string | null): Text {
  return of === null ? ['none'] : [value(truncate(of, LONGEST))];
}

function* listed<T>(
  items: Iterable<T>,
  count: number,
  blockOf: (item: T) => Block,
): Generator<Block> {
  let shown = 0;
  for (const item of items) {
    if (shown === MOST) {
      yield moreBlock(count - MOST);
      return;
    }
    shown += 1;
    yield blockOf(item);
  }
}

function moreBlock(more: number): Block {
  return { kind: 'paragraph', text: [`and ${more} more: --format json has all`] };
}

const BECAUSE: Readonly<Record<Because, string>> = {
  window: 'outside the window of the other report',
  rules: 'by a rule that the other report has not',
  records: 'the other report has no record of this account in this region',
};

function oneSidedBlock(finding: OneSided): Block {
  const { because } = finding;
  return {
    kind: 'item',
    head: headOf(finding),
    details: [detailOf(finding), ...(because === null ? [] : [[BECAUSE[because]]])],
  };
}

function changedBlock(finding: ChangedFinding): Block {
  return {
    kind: 'item',
    head: headOf(finding),
    details: [detailOf(finding), ...finding.changes.map(differenceText)],
  };
}

/** `2026-01-13 02:07:12Z role/Admin (session dana): opened …` */
function headOf({ eventTime, actor, outcome, sentence, eventName }: DiffFinding): Text {
  const said = sentence ?? calledText(eventName);
  return text`${[eventTime === null ? 'no time' : instant(eventTime)]} ${[outcome === 'failed' ? 'FAILED ' : '']}${truncate(actor, LONGEST)}: ${truncate(said, LONGEST)}`;
}

function detailOf({ eventID, account, region, rules }: DiffFinding): Text {
  return joined(
    [
      eventID === null ? ['event without an ID'] : [value(truncate(eventID, LONGEST))],
      ...[account, region].flatMap((one) => (one === null ? [] : [[value(one)]])),
      [value(truncate(rules.join(' '), LONGEST))],
    ],
    ', ',
  );
}

/** `2 new, 1 gone, 3 changed, 17 the same; the question differs`. */
function verdictText(diff: Diff): string {
  const { counts, question, completeness } = diff;
  if (!isDifferent(diff))
    return `No difference: ${counted(counts.same, 'finding')}, the same question and the same logs`;
  return [
    `${counts.new} new, ${counts.gone} gone, ${counts.changed} changed, ${counts.same} the same`,
    ...(question.length > 0 ? ['the question differs'] : []),
    ...(completeness.length > 0 ? ['what was read differs'] : []),
  ].join('; ');
}
