/**
 * Reads the findings of a report together: which belong to one story, how long their changes lasted, and what all of them came
 * to. It reads them twice, and keeps a few numbers of each.
 */
import { formatInstant } from '../cloudtrail/time/time.js';
import type { Findings, MatchedFinding, BriefFinding } from '../report/finding.js';
import type { EndingEvent } from '../report/ending-event.js';
import type { Overview } from '../report/overview.js';
import type { FindingState, Story, StoryFields, Summary } from '../report/story.js';
import { inBrief } from './brief.js';
import { Facts, type LooksFor } from './facts.js';
import { groupsOf, type Group } from './groups.js';
import { OtherEndings } from './other-endings.js';
import { OverviewCounts } from './overview/overview.js';
import { Reasons, reasonsOf } from './overview/reasons.js';
import { attentionOf, standingOut } from './overview/attention.js';
import { shownOf, type Shown } from './shown.js';
import { distinct } from './state-key.js';
import { Exposures, summaryOf } from './summary.js';
import { pickStories, shownIn, tellStories } from './tell.js';

/** A story has a page of its own in the JSON report; more than these nobody reads. */
const MOST_STORIES = 1000;
const MOST_TOGETHER = 1000;

export interface FindingsTogether {
  readonly stories: readonly Story[];
  readonly summary: Summary;
  readonly overview: Overview;
  /** The findings, each with its story and the ends of its states. */
  readonly findings: Findings<MatchedFinding & StoryFields>;
}

/** `looksFor` says whether the rules look for the calls that undo a call. `endings` are of events that need be no findings, in order of time. */
export function storiesOf(
  findings: Findings<MatchedFinding>,
  looksFor: LooksFor,
  endings: readonly EndingEvent[] = [],
): FindingsTogether {
  const facts = new Facts(looksFor);
  const exposures = new Exposures();
  const reasons = new Reasons();
  const counts = new OverviewCounts();
  const others = new OtherEndings(endings);
  for (const together of byInstant(briefIn(findings))) {
    for (const ending of others.upTo(together)) facts.end(ending);
    facts.note(together);
    for (const finding of together) {
      const index = facts.length;
      const concern = facts.add(finding);
      if (concern === 'exposed') exposures.add(index, finding);
      const why = reasonsOf(finding, concern);
      reasons.add(why);
      counts.add(finding, facts.markOf(index));
    }
  }
  for (const ending of others.rest()) facts.end(ending);
  const { groups, more } = groupsOf(facts, MOST_STORIES);
  const picked = pickStories(facts, groups);
  const standing = standingOut(facts, reasons);
  const wanted = new Set([...shownIn(picked), ...standing.flatMap(({ examples }) => examples)]);
  const shown = new Map<number, Shown>();
  for (const [index, finding] of findingsAt(findings, wanted)) shown.set(index, shownOf(finding));
  return {
    stories: tellStories(facts, picked, shown),
    summary: summaryOf(facts, exposures, more),
    overview: counts.overview(
      facts,
      standing.map((one) => attentionOf(one, { facts, shown })),
    ),
    findings: withStories(findings, { facts, groups, reasons }),
  };
}

/** The wanted findings. The others are not parsed. */
function* findingsAt(
  findings: Findings<MatchedFinding>,
  wanted: ReadonlySet<number>,
): Generator<readonly [number, MatchedFinding]> {
  if (wanted.size === 0) return;
  let index = 0;
  for (const item of findings.items?.() ?? findings) {
    if (wanted.has(index))
      yield [index, 'text' in item ? (JSON.parse(item.text()) as MatchedFinding) : item];
    index += 1;
  }
}

function* briefIn(findings: Findings<MatchedFinding>): Generator<BriefFinding> {
  if (findings.items === undefined) for (const finding of findings) yield inBrief(finding);
  else for (const { brief } of findings.items()) yield brief();
}

/** The findings of one instant together, which are few; more come in parts. */
function* byInstant(findings: Iterable<BriefFinding>): Generator<readonly BriefFinding[]> {
  let together: BriefFinding[] = [];
  for (const finding of findings) {
    const isOther = together[0]?.eventTime !== finding.eventTime;
    if (together.length > 0 && (isOther || together.length === MOST_TOGETHER)) {
      yield together;
      together = [];
    }
    together.push(finding);
  }
  yield together;
}

type ChangeFinding = Pick<BriefFinding, 'change'>;

/** What is kept of all findings. */
interface Kept {
  readonly facts: Facts;
  readonly groups: readonly Group[];
  readonly reasons: Reasons;
}

function withStories(
  findings: Findings<MatchedFinding>,
  { facts, groups, reasons }: Kept,
): Findings<MatchedFinding & StoryFields> {
  const numbers = new Map<number, number>();
  for (const {
    number,
    findings: [first = -1],
  } of groups)
    numbers.set(facts.storyOf(first) ?? -1, number);
  const storyOf = (index: number): number | null => numbers.get(facts.storyOf(index) ?? -1) ?? null;
  const fieldsOf = (index: number, finding: () => ChangeFinding): StoryFields => ({
    story: storyOf(index),
    states: facts.statesOf(index).length === 0 ? [] : statesOf(facts, index, finding()),
    attention: reasons.of(index),
  });
  const { length, items, places } = findings;
  const own = { length, ...(places === undefined ? {} : { places }) };
  if (items === undefined) {
    const become = (finding: MatchedFinding, index: number) => ({
      ...finding,
      ...fieldsOf(index, () => finding),
    });
    return { ...own, [Symbol.iterator]: () => mapped(findings, become) };
  }
  const texts = (): Generator<string> =>
    mapped(items(), ({ text, brief }, index) => {
      const fields = JSON.stringify(fieldsOf(index, brief));
      return `${text().slice(0, -1)},${fields.slice(1)}`;
    });
  // Parsing one text with all members is faster than adding members to a parsed finding.
  const parsed = (text: string) => JSON.parse(text) as MatchedFinding & StoryFields;
  return { ...own, texts, [Symbol.iterator]: () => mapped(texts(), parsed) };
}

function* mapped<T, U>(items: Iterable<T>, become: (item: T, index: number) => U): Generator<U> {
  let index = 0;
  for (const item of items) yield become(item, index++);
}

function statesOf(facts: Facts, index: number, { change }: ChangeFinding): readonly FindingState[] {
  const ends = facts.statesOf(index);
  if (change === null || ends.length === 0) return [];
  return distinct(change.begins).flatMap(({ resource, what }, nth) => {
    const state = ends[nth];
    if (state === undefined) return [];
    const until = state.until === undefined ? null : formatInstant(state.until);
    return [{ resource, what, end: state.end, until }];
  });
}
