/** What is learned of somebody's calls in one walk over the findings: how many of which kind, as whom, from where, with what. */
import { truncate } from '../../../text/width.js';
import type { Finding } from '../../finding.js';
import type { Report } from '../../report.js';
import { plainText, value, type Text } from '../blocks/text.js';
import { theirs } from './theirs.js';
import { isIssuing } from './calls.js';
import { mainKindOf, MAIN_KINDS, type MainKind } from './kinds.js';
import { addressText, identityText } from './identity.js';

// In columns.
const TOOL = 120;
/** Different ones of each list that are told apart. A network may have any number of people. */
const MOST = 10_000;

/** A number of calls that have something in common, and when they were made. */
export interface Share {
  readonly text: Text;
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
}

export interface WhoSurvey {
  /** Calls that succeeded, by kind. */
  readonly done: Readonly<Record<MainKind, number>>;
  readonly failed: number;
  /** The changes by their class. */
  readonly classes: readonly Share[];
  /** As whom, of all findings. */
  readonly identities: readonly Share[];
  readonly addresses: readonly Share[];
  readonly tools: readonly Share[];
  /** The changes by the name of the call. */
  readonly changes: readonly Share[];
  /** The IDs of their calls that issued keys. */
  readonly issuing: ReadonlySet<string>;
}

export function whoSurveyOf({ findings }: Pick<Report, 'findings'>): WhoSurvey {
  const done = Object.fromEntries(MAIN_KINDS.map((kind) => [kind, 0])) as Record<MainKind, number>;
  let failed = 0;
  const issuing = new Set<string>();
  const lists = {
    classes: new Shares(),
    identities: new Shares(),
    addresses: new Shares(),
    tools: new Shares(),
    changes: new Shares(),
  };
  for (const finding of theirs(findings)) {
    const { how, outcome } = finding;
    lists.identities.add(identityText(finding), finding);
    lists.addresses.add(addressText(finding), finding);
    lists.tools.add(
      [how.tool === null ? 'no user agent' : value(truncate(how.tool, TOOL))],
      finding,
    );
    if (outcome === 'failed') {
      failed += 1;
      continue;
    }
    const kind = mainKindOf(finding);
    done[kind] += 1;
    if (finding.eventID !== null && isIssuing(finding)) issuing.add(finding.eventID);
    if (kind !== 'change') continue;
    lists.classes.add([how.class === 'unknown' ? 'by hand or not: unknown' : how.class], finding);
    lists.changes.add([callText(finding)], finding);
  }
  return {
    done,
    failed,
    classes: lists.classes.all(),
    identities: lists.identities.all(),
    addresses: lists.addresses.all(),
    tools: lists.tools.all(),
    changes: lists.changes.all(),
    issuing,
  };
}

/** `iam:CreateRole` */
export function callText({
  eventSource,
  eventName,
}: Pick<Finding, 'eventSource' | 'eventName'>): string {
  return `${(eventSource ?? 'unknown').replace(/\.amazonaws\.com$/, '')}:${eventName ?? 'unknown'}`;
}

class Shares {
  readonly #shares = new Map<string, { -readonly [K in keyof Share]: Share[K] }>();

  add(text: Text, { eventTime }: Pick<Finding, 'eventTime'>): void {
    const key = plainText(text);
    const known = this.#shares.get(key);
    if (known === undefined) {
      if (this.#shares.size < MOST)
        this.#shares.set(key, { text, count: 1, first: eventTime, last: eventTime });
      return;
    }
    known.count += 1;
    if (eventTime === null) return;
    if (known.first === null || eventTime < known.first) known.first = eventTime;
    if (known.last === null || eventTime > known.last) known.last = eventTime;
  }

  /** The most frequent first. */
  all(): readonly Share[] {
    return [...this.#shares.values()].toSorted((a, b) => b.count - a.count);
  }
}
