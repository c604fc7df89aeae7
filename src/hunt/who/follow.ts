/**
 * Follows the keys that somebody issued. What a report found says which keys to look for in the next reading of the logs; a
 * reading that finds no further key is the last.
 */
import { isByConsole } from '../../change/actor/console-session.js';
import {
  ISSUING_CALLS,
  keyLink,
  type IssuingEvent,
  type KeyLink,
} from '../../change/actor/issued-key.js';
import { Beginnings } from '../follow/beginnings.js';
import type { Finding, Findings } from '../../report/finding.js';
import { BEGUN_RULE } from '../../report/page/who/theirs.js';
import {
  isNamedBy,
  keysIn,
  NOTHING_FOLLOWED,
  type Followed,
  type Indicator,
} from '../../rule/subject.js';
import { Begun, hasFurther, joinedFound } from './sessions.js';

/** Somebody who assumes roles all day, or a network, may issue any number of keys. Those that were issued first are followed. */
const MOST_KEYS = 5000;
/** Readings of the logs: the first, and one for each step of a chain of roles. */
export const MOST_ROUNDS = 8;

const ISSUING: ReadonlySet<string> = new Set(ISSUING_CALLS);

export interface Trail {
  /** What to look for in the next reading. */
  readonly followed: Followed;
  /** Who issued which key, in order of time. */
  readonly links: readonly KeyLink[];
  /** The events that issued the first keys. */
  readonly issuing: readonly IssuingEvent[];
  /** How many keys were issued and are not followed. */
  readonly left: number;
  /** Whether sessions of the console were begun that are not followed. */
  readonly isCut: boolean;
}

export const NO_TRAIL: Trail = {
  followed: NOTHING_FOLLOWED,
  links: [],
  issuing: [],
  left: 0,
  isCut: false,
};

/** The trail in the findings of a hunt for them and for what was followed before. */
export function trailIn(
  findings: Pick<Findings, 'texts'> & Iterable<Finding>,
  indicators: readonly Indicator[],
): Trail {
  const known = new Set(keysIn(indicators));
  const keys = new Set<string>();
  const sharedEventIDs = new Set<string>();
  const links: KeyLink[] = [];
  const issuing: IssuingEvent[] = [];
  const beginnings = new Beginnings();
  const begun = new Begun();
  let left = 0;
  for (const finding of issuingIn(findings)) {
    const link = keyLink(finding);
    const { sharedEventID } = finding;
    const session = beginnings.add(finding);
    begun.addSwitch(finding);
    // Who else may have begun a session is not whom the hunt asks about.
    if (finding.rules.every(({ id }) => id === BEGUN_RULE)) {
      begun.addKey(finding);
      continue;
    }
    const isAsked = link !== undefined && known.has(link.issued.accessKey);
    if (session !== undefined && !isAsked && !isNamedBy(indicators, session.arn))
      begun.add(session);
    if (link === undefined) {
      // The log of the other account may have the answer with the key.
      if (finding.outcome === 'succeeded' && sharedEventID !== null)
        sharedEventIDs.add(sharedEventID);
      continue;
    }
    // The console does not call with it: the keys of the session are those of its calls.
    if (!isByConsole(finding)) links.push(link);
    if (issuing.length < MOST_KEYS) issuing.push(finding);
    const { accessKey, arn } = link.issued;
    if (known.has(accessKey) || keys.has(accessKey) || isNamedBy(indicators, arn)) continue;
    if (keys.size < MOST_KEYS) keys.add(accessKey);
    else left += 1;
  }
  const own = new Set([...known, ...links.map(({ issued }) => issued.accessKey)]);
  const { isCut, ...found } = begun.followed(beginnings, own);
  return {
    followed: {
      keys: [...keys],
      sharedEventIDs: [...sharedEventIDs].slice(0, MOST_KEYS),
      ...found,
    },
    links,
    issuing,
    left,
    isCut,
  };
}

/** Both trails as one: what the first one has to look for comes first. */
export function joinedTrails(a: Trail, b: Trail): Trail {
  const keys = new Set([...a.followed.keys, ...b.followed.keys]);
  const ids = new Set([...a.followed.sharedEventIDs, ...b.followed.sharedEventIDs]);
  const { isCut, ...found } = joinedFound([a.followed, b.followed]);
  return {
    followed: {
      keys: [...keys].slice(0, MOST_KEYS),
      sharedEventIDs: [...ids].slice(0, MOST_KEYS),
      ...found,
    },
    links: [...a.links, ...b.links],
    issuing: [...a.issuing, ...b.issuing].slice(0, MOST_KEYS),
    left: Math.max(a.left, b.left, keys.size - MOST_KEYS),
    isCut: a.isCut || b.isCut || isCut,
  };
}

/** Whether a trail has something to look for that another does not have. */
export function leadsOn({ followed }: Trail, before: Followed): boolean {
  const [keys, ids] = [new Set(before.keys), new Set(before.sharedEventIDs)];
  return (
    followed.keys.some((key) => !keys.has(key)) ||
    followed.sharedEventIDs.some((id) => !ids.has(id)) ||
    hasFurther(followed, before)
  );
}

/** Findings may be many, and few of them issue keys: the others are not parsed. */
function* issuingIn(findings: Pick<Findings, 'texts'> & Iterable<Finding>): Generator<Finding> {
  if (findings.texts === undefined) {
    for (const finding of findings) if (ISSUING.has(finding.eventName ?? '')) yield finding;
    return;
  }
  for (const text of findings.texts()) {
    if (!ISSUING.has(/"eventName":"(\w+)"/.exec(text)?.[1] ?? '')) continue;
    const finding = JSON.parse(text) as Finding;
    if (ISSUING.has(finding.eventName ?? '')) yield finding;
  }
}
