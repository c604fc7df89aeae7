/**
 * Reads the logs, and again for the keys that were issued, until no new key appears. The last report has everything, except for where
 * an instance was whose key somebody asks about: that is told from one more reading, of the time around the calls.
 */
import { isInstanceId, isSessionKey } from '../../change/actor/credential-id.js';
import type { KeyLink } from '../../change/actor/issued-key.js';
import type { Window } from '../../cloudtrail/time/window.js';
import type { EngineUsage, Report, Warning } from '../../report/report.js';
import { isNamedBy, SIGN_IN_SESSION, type Indicator } from '../../rule/subject.js';
import { warn } from '../../report/warn.js';
import { counted } from '../../text/counted.js';
import { addedUsage } from '../usage.js';
import { joinedLinks } from '../follow/follow.js';
import { keysOf } from './keys.js';
import { withCallers, withoutCalls } from './callers.js';
import { trailBefore, usedLinks, type LookBack, type LookedBack } from './earlier.js';
import { joinedTrails, leadsOn, MOST_ROUNDS, NO_TRAIL, trailIn, type Trail } from './follow.js';
import { comparedWarnings } from './compare.js';
import { comparedInstances, isTooWide, mayCompareInstances, wideWarnings } from './wide.js';
import type { WhoPlan } from './plan.js';
import type { Ask } from './question.js';

/** What nobody looks for. */
const NOT_LOOKED_FOR = {
  'before or elsewhere': 'before the window, or that --account or --region leaves out,',
  elsewhere: 'where --account or --region does not look',
} as const;

const NOTHING_BEFORE: LookedBack = { trail: NO_TRAIL, usage: null, warnings: [] };

interface Result {
  readonly report: Report;
  /** To be called when the hunt will not be resumed. */
  readonly onWritten: () => void;
}

interface Rounds<R extends Result> {
  readonly indicators: readonly Indicator[];
  readonly plan: WhoPlan;
  /**
   * Hunts for them, and for what was followed; undefined for a dry run. `spent` is what the engine read so far, in bytes; `within`
   * limits the window further.
   */
  readonly hunt: (ask: Ask, spent: number, within?: Window) => Promise<R | undefined>;
  /** Looks for keys that were issued outside of the window and the filters; undefined where nobody looks for them. */
  readonly lookBack: LookBack | undefined;
  /** Called before the logs are read again: for so many keys and sessions, or for the other calls of instances alone. */
  readonly onRound: (keys: number, round: number) => void;
}

/** The result of the last reading, with the links from key to key; undefined for a dry run. Throws HuntErrors. */
export async function followKeys<R extends Result>({
  indicators,
  plan: { isFollowing, missed, readOnce, isDear },
  hunt,
  lookBack,
  onRound,
}: Rounds<R>): Promise<R | undefined> {
  // What instances read may be nearly all that is in the logs, so it is kept only where an instance is among the callers, or
  // where no more than one can be.
  const earliest = await (lookBack && trailBefore({ lookBack, indicators, isQuery: isDear }));
  const { trail: before, warnings: warningsBefore } = earliest ?? NOTHING_BEFORE;
  let usage: EngineUsage | null = earliest?.usage ?? null;
  const comparesLast = indicators.every(isOneSession);
  let ask: Ask = {
    followed: before.followed,
    hasInstances: isDear || readOnce !== undefined || comparesLast,
    instances: [],
    known: before.issuing,
  };
  for (let round = 1; ; round += 1) {
    const result = await hunt(ask, usage?.bytes ?? 0);
    if (result === undefined) return undefined;
    usage = addedUsage(usage, result.report.source.execution);
    const own = trailIn(result.report.findings, indicators);
    const report = withCallers(result.report);
    const isWide = isTooWide(report);
    const trail = joinedTrails(before, own);
    const isOpen = leadsOn(trail, ask.followed);
    const isFurther = isOpen && isFollowing && !isWide;
    const instances = isWide ? ask.instances : comparedInstances(report, indicators, ask.instances);
    const isInstanceNew =
      !isWide &&
      !isDear &&
      mayCompareInstances(report) &&
      (!ask.hasInstances || instances.length > ask.instances.length);
    const mayRead = readOnce === undefined && round < MOST_ROUNDS;
    if (!mayRead || (!isFurther && (!isInstanceNew || comparesLast))) {
      const isComparing = comparesLast && isInstanceNew && readOnce === undefined;
      if (isComparing) onRound(0, round + 1);
      const ownWarnings = isComparing
        ? await comparedWarnings(report, (within) => hunt({ ...ask, instances }, 0, within))
        : report.warnings;
      const reason = isFollowing
        ? (readOnce ?? `the logs were read ${MOST_ROUNDS} times, which is the most`)
        : '--no-follow';
      const earlier = usedLinks(before, report);
      const links = joinedLinks(report.links, own.links, earlier);
      const warnings = [
        ...missing(result.report, indicators, earlier),
        ...wideWarnings(report, ask.hasInstances),
        // That it is too wide says why nothing is followed.
        ...(isWide ? [] : [...unfollowed(trail, isOpen ? reason : undefined), ...doubts(trail)]),
        ...signInsUnknown(report, indicators),
        ...warningsBefore,
        ...(isWide ? [] : notLookedFor(missed)),
      ];
      return {
        ...result,
        report: {
          ...report,
          source: { ...report.source, execution: usage },
          warnings: [...ownWarnings, ...warnings],
          links,
          keys: keysOf(links, report),
        },
      };
    }
    result.onWritten();
    ask = {
      known: ask.known,
      followed: isFurther ? trail.followed : ask.followed,
      hasInstances: ask.hasInstances || isInstanceNew,
      instances: comparesLast ? [] : instances,
    };
    onRound(isFurther ? ask.followed.keys.length + ask.followed.sessions.length : 0, round + 1);
  }
}

function notLookedFor(missed: WhoPlan['missed']): readonly Warning[] {
  if (missed === undefined) return [];
  const message = `keys that were issued ${NOT_LOOKED_FOR[missed]} were not looked for: calls that were made with them are missing`;
  return [warn('KEYS_NOT_FOLLOWED', message)];
}

/** The key of a session, or an instance, for which its session is named. A person may write both in any case. */
function isOneSession({ kind, text }: Indicator): boolean {
  return kind === 'key' ? isSessionKey(text.toUpperCase()) : isInstanceId(text.toLowerCase());
}

/** Those without a call, also with a key that they issued `earlier`, where others have some. */
function missing(
  report: Report,
  indicators: readonly Indicator[],
  earlier: readonly KeyLink[],
): readonly Warning[] {
  const isIssuer = (one: Indicator): boolean =>
    earlier.some(({ by }) => isNamedBy([one], by.principal));
  const indexes = withoutCalls(report).filter((index) => {
    const one = indicators[index];
    return one !== undefined && !isIssuer(one);
  });
  if (indexes.length === indicators.length) return [];
  return indexes.map((index) =>
    warn('NOBODY_FOUND', `no call is by ${JSON.stringify(indicators[index]?.text)}`),
  );
}

/** A table may lack the field by which the calls of a sign-in session are found. */
function signInsUnknown({ source }: Report, indicators: readonly Indicator[]): readonly Warning[] {
  const isAsked = indicators.some(({ kind }) => kind === 'sign-in');
  if (!isAsked || !source.missingFields.includes(SIGN_IN_SESSION)) return [];
  const message = `the table does not have ${SIGN_IN_SESSION}: of a sign-in session, only calls of the page of sign-in can be found, and what was done with its keys`;
  return [warn('KEYS_NOT_FOLLOWED', message)];
}

/** `reason` says why what is open was not followed; undefined if nothing is open. */
function unfollowed({ left, isCut }: Trail, reason: string | undefined): readonly Warning[] {
  if (reason !== undefined)
    return [warn('KEYS_NOT_FOLLOWED', `not every key that was issued was followed: ${reason}`)];
  return [
    ...(left === 0 ? [] : [`${left} keys were not followed: only the first ones are`]),
    ...(isCut
      ? ['not every session in the console was followed: only those that were begun first are']
      : []),
  ].map((message) => warn('KEYS_NOT_FOLLOWED', message));
}

/** Nobody can tell whose calls those of a session are that two persons may have begun. */
function doubts({ followed }: Trail): readonly Warning[] {
  const doubted = followed.sessions.filter((session) => session.doubted.length > 0);
  const [first] = doubted;
  if (first === undefined) return [];
  const others = doubted.length === 1 ? '' : ` and ${counted(doubted.length - 1, 'other')}`;
  const message = `calls are not shown of sessions in the console that two persons may have begun: ${first.arn} from ${first.doubted[0]}${others}`;
  return [warn('KEYS_NOT_FOLLOWED', message)];
}
