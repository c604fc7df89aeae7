/** What is learned of somebody's calls in one walk over the findings: how many of which kind, as whom, from where, with what. */
import { truncate } from '../../../text/width.js';
import type { CallCount, Report } from '../../report.js';
import { isIssuing } from '../../sign-in.js';
import { value } from '../blocks/text.js';
import { isTheirs } from './theirs.js';
import { ListedCalls } from './calls.js';
import { callText, Shares, type Share } from './shares.js';
import { isChanging, mainKindOf, MAIN_KINDS, type ChangingKind, type MainKind } from './kinds.js';
import { addressText, identityText } from './identity.js';

// In columns.
const TOOL = 120;
export interface WhoSurvey {
  /** Calls that succeeded, by kind. */
  readonly done: Readonly<Record<MainKind, number>>;
  /** Calls of the time line that failed. */
  readonly failed: readonly CallCount[];
  /** What the time line does not have one by one. */
  readonly reads: readonly CallCount[];
  readonly failedReads: readonly CallCount[];
  /** By their class. */
  readonly classes: Readonly<Record<ChangingKind, readonly Share[]>>;
  /** As whom, of all findings. */
  readonly identities: readonly Share[];
  readonly addresses: readonly Share[];
  readonly tools: readonly Share[];
  /** By the name of the call. */
  readonly changes: Readonly<Record<ChangingKind, readonly Share[]>>;
  /** The IDs of their calls that issued keys. */
  readonly issuing: ReadonlySet<string>;
}

/** Calls that only the evidence rules matched do not count. */
export function whoSurveyOf(report: Pick<Report, 'findings' | 'calls'>): WhoSurvey {
  const done = Object.fromEntries(MAIN_KINDS.map((kind) => [kind, 0])) as Record<MainKind, number>;
  const listed = new ListedCalls();
  const issuing = new Set<string>();
  const lists = {
    classes: changingShares(),
    identities: new Shares(),
    addresses: new Shares(),
    tools: new Shares(),
    changes: changingShares(),
  };
  for (const finding of report.findings) {
    if (!isTheirs(finding)) continue;
    listed.add(finding);
    const { how, kinds, outcome } = finding;
    lists.identities.add(identityText(finding), finding);
    lists.addresses.add(addressText(finding), finding);
    // It has no user agent: the record of the call itself has it.
    if (!kinds.includes('network activity'))
      lists.tools.add(
        [how.tool === null ? 'no user agent' : value(truncate(how.tool, TOOL))],
        finding,
      );
    if (outcome === 'failed') continue;
    const kind = mainKindOf(finding);
    done[kind] += 1;
    if (finding.eventID !== null && isIssuing(finding)) issuing.add(finding.eventID);
    if (!isChanging(kind)) continue;
    const means = how.class === 'unknown' ? 'by hand or not: unknown' : how.class;
    lists.classes[kind].add([means], finding);
    lists.changes[kind].add([callText(finding)], finding);
  }
  const reads = listed.readsIn(report);
  return {
    done,
    failed: listed.failed(),
    reads: reads.filter(({ errorCode }) => errorCode === null),
    failedReads: reads.filter(({ errorCode }) => errorCode !== null),
    classes: allOf(lists.classes),
    identities: lists.identities.all(),
    addresses: lists.addresses.all(),
    tools: lists.tools.all(),
    changes: allOf(lists.changes),
    issuing,
  };
}

type ChangingShares = Readonly<Record<ChangingKind, Shares>>;

function changingShares(): ChangingShares {
  return { change: new Shares(), operation: new Shares(), other: new Shares() };
}

function allOf({ change, operation, other }: ChangingShares): WhoSurvey['changes'] {
  return { change: change.all(), operation: operation.all(), other: other.all() };
}
