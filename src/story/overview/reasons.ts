/** Why a finding should be looked at before others. */
import { accountOfPrincipal } from '../../cloudtrail/account.js';
import type { ExposedPeer } from '../../change/change.js';
import type { BriefFinding } from '../../report/finding.js';
import { ATTENTION_REASONS, type AttentionReason } from '../../report/attention.js';
import type { Concern } from '../../report/story.js';
import { hides } from '../../text/safe-text.js';

type Test = (finding: BriefFinding, concern: Concern | undefined) => boolean;

const TESTS: Readonly<Record<AttentionReason, Test>> = {
  'opened to the world': (finding) =>
    isExposing(finding, 'everyone') || isExposing(finding, 'much of the internet'),
  'opened to another account': (finding) => isExposing(finding, 'foreign account'),
  'root user': ({ actor }) => actor.origin === 'root',
  'administrator rights': (finding) => isDone(finding) && finding.change?.rights === 'all',
  'console without MFA': isConsoleWithoutMfa,
  'from another account': isFromElsewhere,
  'made a way in': (_, concern) => concern === 'access',
  'weakened the logs': (_, concern) => concern === 'logs',
  'destroyed data': (_, concern) => concern === 'destroyed',
  'reached data': (_, concern) => concern === 'data',
  'hidden characters': (finding) => hides(namesOf(finding).join(' ')),
  'no readable time': ({ eventTime }) => eventTime === null,
};

/** In the order of `ATTENTION_REASONS`. `concern` is what the finding came to; undefined of a failed call. */
export function reasonsOf(
  finding: BriefFinding,
  concern: Concern | undefined,
): readonly AttentionReason[] {
  return ATTENTION_REASONS.filter((reason) => TESTS[reason](finding, concern));
}

function isDone({ outcome }: BriefFinding): boolean {
  return outcome === 'succeeded';
}

function isExposing(finding: BriefFinding, peer: ExposedPeer): boolean {
  const exposure = finding.change?.exposure ?? null;
  return exposure?.direction === 'ingress' && exposure.peer === peer && isDone(finding);
}

function isConsoleWithoutMfa({ actor, eventName, outcome }: BriefFinding): boolean {
  const { origin, mfa } = actor;
  if (origin !== 'console person' && origin !== 'root') return false;
  // Of a failed sign-in nobody knows whether MFA would have been asked for.
  if (eventName === 'ConsoleLogin' && outcome === 'failed') return false;
  return mfa === false;
}

function isFromElsewhere({ actor, recipientAccountId }: BriefFinding): boolean {
  // In a session that it began, too.
  if (actor.origin === 'another account' || (actor.behind?.account ?? null) !== null) return true;
  const own = accountOfPrincipal(actor.principal);
  return own !== undefined && recipientAccountId !== null && own !== recipientAccountId;
}

function namesOf({
  eventName,
  sourceIPAddress,
  actor,
  how,
  change,
}: BriefFinding): readonly string[] {
  const { name, principal, session } = actor;
  const all = [
    eventName,
    sourceIPAddress,
    name,
    principal,
    session,
    how.tool,
    change?.sentence ?? null,
    change?.resources[0]?.id ?? null,
  ];
  return all.filter((one) => one !== null);
}

/** The reasons of all findings, with a number for each finding. */
export class Reasons {
  readonly #sets: number[] = [];

  add(reasons: readonly AttentionReason[]): void {
    this.#sets.push(
      reasons.reduce((set, reason) => set | (1 << ATTENTION_REASONS.indexOf(reason)), 0),
    );
  }

  of(index: number): readonly AttentionReason[] {
    const set = this.#sets[index] ?? 0;
    return ATTENTION_REASONS.filter((_, place) => (set & (1 << place)) !== 0);
  }
}
