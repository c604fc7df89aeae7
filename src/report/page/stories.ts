/** Findings that belong together: what each story came to, how long its changes lasted, and what is still there. */
import { counted } from '../../text/counted.js';
import type { Report } from '../report.js';
import {
  CONCERNS,
  type Concern,
  type Counts,
  type Story,
  type StoryPoint,
  type Summary,
} from '../story.js';
import type { Block, StoryDetail } from './blocks/block.js';
import { endText } from './finding/ends.js';
import { endOf, unseenEndsText } from './limited.js';
import { joined, someOf, text, value, type Text } from './blocks/text.js';
import { shortSpan, timeWithin } from './blocks/words.js';

const STORIES_TITLE = 'Stories: findings of one actor within minutes, or on one resource';

export const NETWORK_ACTIVITY = 'network activity event';

const SHOWN = 10;
const POINTS = 6;
const STILL_THERE = 8;
const NAMED_ACTORS = 3;

/** The stories of several findings: those that matter most, in the order of time. */
export function storyBlocks(report: Report): Iterable<Block> {
  const { stories, summary } = report;
  const shown = stories
    .toSorted((a, b) => rankOf(a) - rankOf(b) || b.changes - a.changes)
    .slice(0, SHOWN)
    .toSorted((a, b) => a.number - b.number);
  const more = stories.length + summary.moreStories - shown.length;
  if (shown.length === 0) return [];
  return [
    { kind: 'title', text: [STORIES_TITLE] },
    ...shown.map((story) => storyBlock(report, story)),
    ...(more === 0
      ? []
      : [
          {
            kind: 'paragraph',
            text: [`and ${counted(more, 'more story', 'more stories')}: the JSON report has them`],
          } as const,
        ]),
  ];
}

function rankOf({ concerns }: Story): number {
  const worst = CONCERNS.findIndex((concern) => concerns[concern] > 0);
  return worst === -1 ? CONCERNS.length : worst;
}

function storyBlock(report: Report, story: Story): Block {
  const { number, title, from, until } = story;
  return {
    kind: 'story',
    number,
    head: text`${number}. ${value(title)}`,
    details: [
      ofSeveral(text`${[shortSpan(from, until)]} by ${actorsText(story)}: ${[countsText(story)]}`),
      ...(isInTitle(story) ? [] : CONCERNS.flatMap((concern) => pointDetails(story, concern))),
      ...stillThereTexts(report, story).map(ofSeveral),
    ],
  };
}

function ofSeveral(of: Text): StoryDetail {
  return { text: of, finding: null };
}

/** Whether the title says all that the only change of concern would. */
function isInTitle({ points, concerns, actors }: Story): boolean {
  const count = CONCERNS.reduce((sum, name) => sum + (name === 'other' ? 0 : concerns[name]), 0);
  return count === 1 && actors.length === 1 && points[0]?.end !== 'not seen';
}

/** The actors, each with a number where there are several. */
export function actorsText({ actors, moreActors }: Pick<Story, 'actors' | 'moreActors'>): Text {
  const shown = actors.slice(0, NAMED_ACTORS);
  const more = actors.length + moreActors - shown.length;
  const names = shown.map(({ name, account, findings }) => {
    const own = account === null ? [value(name)] : text`${name} of ${account}`;
    return actors.length === 1 ? own : text`${own} (${findings})`;
  });
  return more === 0
    ? joined(names, ', ')
    : text`${joined(names, ', ')} and ${[counted(more, 'other')]}`;
}

/** Stories have no network activity. */
type QuietCounts = Pick<Counts, 'sessions' | 'reads'> & Partial<Pick<Summary, 'networkActivity'>>;

/** What changed nothing: `2 credentials or sessions`, `1 read`. */
export function quietTexts({
  sessions,
  reads,
  networkActivity = 0,
}: QuietCounts): readonly string[] {
  return [
    ...(sessions > 0
      ? [counted(sessions, 'credential or session', 'credentials or sessions')]
      : []),
    ...(reads > 0 ? [counted(reads, 'read')] : []),
    ...(networkActivity > 0 ? [counted(networkActivity, NETWORK_ACTIVITY)] : []),
  ];
}

/** `12 changes, 3 failed attempts` */
export function countsText({ changes, failed, ...quiet }: Counts & QuietCounts): string {
  const parts = [
    ...(changes > 0 ? [counted(changes, 'change')] : []),
    ...quietTexts(quiet),
    ...(failed > 0 ? [counted(failed, 'failed attempt')] : []),
  ];
  return parts.join(', ');
}

const LABELS: Readonly<Record<Concern, string>> = {
  exposed: 'EXPOSED',
  access: 'WAYS IN',
  logs: 'LOGS',
  destroyed: 'DESTROYED',
  data: 'DATA',
  other: '',
};

const MORE: Readonly<Record<Exclude<Concern, 'other'>, readonly [one: string, many: string]>> = {
  exposed: ['more exposure', 'more exposures'],
  access: ['more way in', 'more ways in'],
  logs: ['more change that weakens the logs', 'more changes that weaken the logs'],
  destroyed: [
    'more change that destroys data or backups',
    'more changes that destroy data or backups',
  ],
  data: ['more call that reaches data or credentials', 'more calls that reach data or credentials'],
};

/** A line for each change of a concern. The title counts the changes of no concern. */
function pointDetails(story: Story, concern: Concern): readonly StoryDetail[] {
  if (concern === 'other') return [];
  const points = story.points.filter((point) => point.concern === concern).slice(0, POINTS);
  const more = story.concerns[concern] - points.length;
  return [
    ...points.map((point) => ({ text: pointText(story, point), finding: point.number })),
    ...(more > 0 ? [ofSeveral([`and ${counted(more, ...MORE[concern])}`])] : []),
  ];
}

function pointText({ from, actors }: Story, point: StoryPoint): Text {
  const { concern, eventTime, sentence, actor } = point;
  const by = actors.length > 1 ? text` by ${actor}` : [];
  const end = endText({ ...point, isOpening: concern === 'exposed' });
  const lasted = end === null ? [] : [` (${end})`];
  return text`${[LABELS[concern]]} ${[timeWithin(eventTime, from)]} ${sentence}${by}${lasted}`;
}

function stillThereTexts(report: Report, { stillThere, states, from }: Story): readonly Text[] {
  const unseen = unseenEndsText(report, states.notLookedFor);
  const last: readonly Text[] = unseen === undefined ? [] : [[unseen]];
  if (states.notSeen === 0) return last;
  const distinct = distinctStates(stillThere);
  const repeated = stillThere.length - distinct.length;
  const shown = distinct.slice(0, STILL_THERE);
  const names = shown.map(
    ({ resource, what, since }) => text`${resource} (${what}, ${[timeWithin(since, from)]})`,
  );
  return [
    text`STILL THERE at the end of the ${[endOf(report)]} (as far as these findings show): ${someOf(names, states.notSeen - repeated)}`,
    ...last,
  ];
}

/** Each state once, since it first began: a bucket whose policy was set twice has one policy. */
function distinctStates(states: Story['stillThere']): Story['stillThere'] {
  const byState = new Map<string, Story['stillThere'][number]>();
  for (const state of states) {
    const key = JSON.stringify([state.resource, state.what]);
    const known = byState.get(key);
    if (known === undefined || state.since < known.since) byState.set(key, state);
  }
  return [...byState.values()];
}
