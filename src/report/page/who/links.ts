/** The keys that somebody issued, each with the event that proves it and with what was done with it. */
import { spelledKeys } from '../../../rule/spelling.js';
import { counted } from '../../../text/counted.js';
import { groupedBy } from '../../../memory/grouped.js';
import { truncate } from '../../../text/width.js';
import type { Report } from '../../report.js';
import type { Block } from '../blocks/block.js';
import { someOf, text, value, type Text } from '../blocks/text.js';
import { instant } from '../blocks/words.js';
import type { WhoSurvey } from './survey.js';

type Link = Report['links'][number];

// In columns.
const NAME = 176;
const KEY = 44;
const SHOWN = 40;
const KEYS_SHOWN = 3;

/** Links of one call to one session or user: programs repeat a call whose answer is late. */
interface Grant {
  readonly first: Link;
  /** The events that issued the keys, each once. */
  readonly events: number;
  readonly keys: readonly {
    readonly accessKey: string;
    /** How many calls were made with the key; null if that is not known. */
    readonly calls: number | null;
  }[];
}

/** Keys that led to no call are of interest too: they may still be used. */
export function* linkBlocks(report: Report, survey: WhoSurvey): Generator<Block> {
  const { issuers, issued } = linksOf(report, survey);
  yield* grantBlocks('Who issued the keys that were used', grantsIn(issuers, undefined));
  yield* grantBlocks(
    'Keys that they issued, and what was done with them',
    grantsIn(issued, report),
  );
}

function* grantBlocks(heading: string, grants: readonly Grant[]): Generator<Block> {
  if (grants.length === 0) return;
  yield { kind: 'heading', text: [heading] };
  yield {
    kind: 'facts',
    facts: grants.slice(0, SHOWN).map((grant) => ({
      label: grant.first.eventTime === null ? 'no time' : instant(grant.first.eventTime),
      text: grantText(grant),
    })),
  };
  const more = grants.length - SHOWN;
  if (more > 0)
    yield {
      kind: 'paragraph',
      text: [`and ${counted(more, 'more')}: the json report names them under links`],
    };
}

/** Who issued the keys that the hunt asks about, and the keys of these issuers, up to the first: one link for each key. */
export function issuersOf(report: Report, survey: WhoSurvey): readonly Link[] {
  const byKey = new Map<string, Link>();
  for (const link of linksOf(report, survey).issuers) {
    const { accessKey } = link.issued;
    const known = byKey.get(accessKey);
    // The caller's log says more of the caller than that of another account.
    if (known === undefined || known.by.accessKey === null) byKey.set(accessKey, link);
  }
  const shown = new Set<Link>();
  for (const key of byKey.keys()) {
    let link = isAsked(report, key) ? byKey.get(key) : undefined;
    while (link !== undefined && !shown.has(link)) {
      shown.add(link);
      link = byKey.get(link.by.accessKey ?? '');
    }
  }
  return [...shown];
}

/** How many keys were issued, and how many of them were used. */
export function keyCounts(
  report: Report,
  survey: WhoSurvey,
): {
  readonly all: number;
  readonly used: number;
  readonly calls: number;
  /** False where others may have been used too: they were not followed, or calls are not counted by their keys. */
  readonly isWhole: boolean;
} {
  const keys = new Set(linksOf(report, survey).issued.map(({ issued }) => issued.accessKey));
  const counts = (report.keys ?? []).filter(
    ({ accessKey, events }) => keys.has(accessKey) && events > 0,
  );
  return {
    all: keys.size,
    used: counts.length,
    calls: counts.reduce((sum, { events }) => sum + events, 0),
    isWhole: isFollowed(report) && report.keys !== null,
  };
}

/** Links up, to whoever issued the keys that were used, and down, from whom the hunt asks about. */
function linksOf(
  report: Report,
  { issuing }: WhoSurvey,
): {
  readonly issuers: readonly Link[];
  readonly issued: readonly Link[];
} {
  const isTheirs = ({ eventID, issued }: Link): boolean =>
    !isAsked(report, issued.accessKey) && eventID !== null && issuing.has(eventID);
  return {
    issuers: report.links.filter((link) => !isTheirs(link)),
    issued: report.links.filter(isTheirs),
  };
}

/** Whether a key without calls was not used in these logs: not if it was not followed. */
export function isFollowed({ warnings }: Report): boolean {
  return !warnings.some(({ code }) => code === 'KEYS_NOT_FOLLOWED' || code === 'WHO_TOO_WIDE');
}

function isAsked({ subject }: Report, key: string): boolean {
  return spelledKeys(subject?.text.split(', ') ?? []).includes(key);
}

function grantsIn(links: readonly Link[], report: Report | undefined): readonly Grant[] {
  const counts = new Map(report?.keys?.map(({ accessKey, events }) => [accessKey, events]));
  const isWhole = report !== undefined && isFollowed(report) && report.keys !== null;
  const groups = groupedBy(links, ({ eventName, account, issued, by }) =>
    JSON.stringify([by.name, by.principal, account, eventName, issued.arn ?? issued.accessKey]),
  );
  return [...groups.values()].flatMap((group): readonly Grant[] => {
    const [first] = group;
    const keys = [...new Set(group.map(({ issued }) => issued.accessKey))];
    const unseen = isWhole ? 0 : null;
    return [
      {
        first,
        events: new Set(group.map(({ eventID }) => eventID)).size,
        keys: keys.map((accessKey) => ({ accessKey, calls: counts.get(accessKey) || unseen })),
      },
    ];
  });
}

function grantText({ first, events, keys }: Grant): Text {
  const { by, eventName, eventID, issued, account } = first;
  const isOne = keys.length === 1;
  const shown = keys
    .slice(0, KEYS_SHOWN)
    .map(({ accessKey, calls }) =>
      isOne || calls === null
        ? [value(truncate(accessKey, KEY))]
        : text`${truncate(accessKey, KEY)} (${calls})`,
    );
  const whose = issued.arn === null ? [] : text` of ${truncate(issued.arn, NAME)}`;
  const where = account === null ? [] : text` in account ${truncate(account, KEY)}`;
  const others = events > 1 ? [` and ${counted(events - 1, 'more')}`] : [];
  return text`${truncate(eventName ?? '', KEY)} by ${truncate(by.name, NAME)}${where}: ${[isOne ? 'key ' : 'keys ']}${someOf(shown, keys.length)}${whose}${[usedText(keys)]} (event ${truncate(eventID ?? 'without an ID', NAME)}${others})`;
}

/** `: 4 calls with 2 of them` */
function usedText(keys: Grant['keys']): string {
  const used = keys.filter(({ calls }) => calls !== null && calls > 0);
  const calls = used.reduce((sum, key) => sum + (key.calls ?? 0), 0);
  if (calls === 0) return keys.every((key) => key.calls === 0) ? ': not used in these logs' : '';
  return `: ${counted(calls, 'call')}${used.length < keys.length ? ` with ${used.length} of them` : ''}`;
}
