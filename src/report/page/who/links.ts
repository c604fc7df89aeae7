/** The keys that somebody issued, each with the event that proves it and with what was done with it. */
import { counted } from '../../../text/counted.js';
import { truncate } from '../../../text/width.js';
import type { Report } from '../../report.js';
import type { Block } from '../blocks/block.js';
import { joined, text, value, type Text } from '../blocks/text.js';
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
  readonly keys: readonly string[];
  /** Calls of the session or user that were found; null where the answer does not say who that is. */
  readonly calls: number | null;
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

/** How many sessions and users got keys, and how many of them made calls. */
export function grantCounts(
  report: Report,
  survey: WhoSurvey,
): {
  readonly all: number;
  readonly used: number;
  readonly calls: number;
  /** False where some keys were not followed, so that others may have been used too. */
  readonly isWhole: boolean;
} {
  const grants = grantsIn(linksOf(report, survey).issued, report);
  // Several may take the same session, and a session may sign in to the console: then only its own key tells its calls.
  const byWhom = new Map<string, number | null>();
  for (const { first, calls: made } of grants) {
    const whom = first.issued.arn ?? first.issued.accessKey;
    byWhom.set(whom, made ?? byWhom.get(whom) ?? null);
  }
  const calls = [...byWhom.values()].filter((count) => count !== null && count > 0);
  return {
    all: byWhom.size,
    used: calls.length,
    calls: calls.reduce((sum: number, count) => sum + (count ?? 0), 0),
    isWhole: isFollowed(report),
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
  return subject?.text.split(', ').includes(key) === true;
}

function grantsIn(links: readonly Link[], report: Report | undefined): readonly Grant[] {
  const calls = new Map(report?.callers?.map(({ principal, events }) => [principal, events]));
  const unseen = report !== undefined && isFollowed(report) ? 0 : null;
  const groups = new Map<string, Link[]>();
  for (const link of links) {
    const { eventName, issued, by } = link;
    const key = JSON.stringify([by.name, eventName, issued.arn ?? issued.accessKey]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [link]);
    else known.push(link);
  }
  return [...groups.values()].flatMap((group): readonly Grant[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { arn } = first.issued;
    // The issuer's own sessions are not told apart from the issuer by their ARN.
    const isUnknown = report === undefined || arn === null || arn === first.by.principal;
    return [
      {
        first,
        keys: [...new Set(group.map(({ issued }) => issued.accessKey))],
        calls: isUnknown ? null : (calls.get(arn) ?? unseen),
      },
    ];
  });
}

function grantText({ first, keys, calls }: Grant): Text {
  const { by, eventName, eventID, issued, account } = first;
  const shown = joined(
    keys.slice(0, KEYS_SHOWN).map((key) => [value(truncate(key, KEY))]),
    ', ',
  );
  const more = keys.length > KEYS_SHOWN ? [` and ${keys.length - KEYS_SHOWN} more`] : [];
  const whose = issued.arn === null ? [] : text` of ${truncate(issued.arn, NAME)}`;
  const used =
    calls === null
      ? []
      : calls === 0
        ? [': not used in these logs']
        : [`: ${counted(calls, 'call')}`];
  const where = account === null ? [] : text` in account ${truncate(account, KEY)}`;
  return text`${truncate(eventName ?? '', KEY)} by ${truncate(by.name, NAME)}${where}: ${[keys.length === 1 ? 'key ' : 'keys ']}${shown}${more}${whose}${used} (event ${truncate(eventID ?? 'without an ID', NAME)})`;
}
