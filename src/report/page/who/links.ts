/** The keys that somebody issued, each with the event that proves it and with what was done with it. */
import { counted } from '../../../text/counted.js';
import { truncate } from '../../../text/width.js';
import type { Report } from '../../report.js';
import type { Block } from '../block.js';
import { joined, text, value, type Text } from '../text.js';
import { instant } from '../words.js';

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
export function* linkBlocks(report: Report): Generator<Block> {
  yield* issuerBlocks(report);
  const grants = grantsOf(report);
  if (grants.length === 0) return;
  yield { kind: 'heading', text: ['Keys that they issued, and what was done with them'] };
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

/** Who issued the keys that the hunt asks about. The caller's log says more of the caller than that of another account. */
function* issuerBlocks(report: Report): Generator<Block> {
  const own = issuersOf(report);
  if (own.length === 0) return;
  yield { kind: 'heading', text: ['Who issued the key'] };
  yield {
    kind: 'facts',
    facts: own.map((link) => ({
      label: link.eventTime === null ? 'no time' : instant(link.eventTime),
      text: grantText({ first: link, keys: [link.issued.accessKey], calls: null }),
    })),
  };
}

/** Who issued the keys that the hunt asks about: one link for each key. */
export function issuersOf({ links, subject }: Report): readonly Link[] {
  const byKey = new Map<string, Link>();
  for (const link of links) {
    const { accessKey } = link.issued;
    const known = byKey.get(accessKey);
    if (isAsked(subject, accessKey) && (known === undefined || known.by.accessKey === null))
      byKey.set(accessKey, link);
  }
  return [...byKey.values()];
}

function isAsked(subject: Report['subject'], key: string): boolean {
  return subject?.text.split(', ').includes(key) === true;
}

/** How many sessions and users got keys, and how many of them made calls. */
export function grantCounts(report: Report): {
  readonly all: number;
  readonly used: number;
  readonly calls: number;
} {
  const grants = grantsOf(report);
  const used = grants.filter(({ calls }) => calls !== null && calls > 0);
  return {
    all: grants.length,
    used: used.length,
    calls: used.reduce((sum, { calls }) => sum + (calls ?? 0), 0),
  };
}

function grantsOf({ links, callers, subject }: Report): readonly Grant[] {
  const calls = new Map(callers?.map(({ principal, events }) => [principal, events]));
  const groups = new Map<string, Link[]>();
  for (const link of links) {
    const { eventName, issued } = link;
    if (isAsked(subject, issued.accessKey)) continue;
    // An issuer's own sessions are not told apart from the issuer by their ARN.
    const key = JSON.stringify([eventName, issued.arn ?? issued.accessKey]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [link]);
    else known.push(link);
  }
  return [...groups.values()].flatMap((group): readonly Grant[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { arn } = first.issued;
    const isOwn = arn === null || arn === first.by.principal;
    return [
      {
        first,
        keys: [...new Set(group.map(({ issued }) => issued.accessKey))],
        calls: isOwn ? null : (calls.get(arn) ?? 0),
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
