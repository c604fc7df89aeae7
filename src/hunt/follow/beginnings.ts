/**
 * Who began which session of a role in the console. Two persons may have sessions of one role with one name; where both began one in
 * the same second, nobody can tell whose calls are whose.
 */
import {
  secondsNear,
  sessionBegun,
  type ConsoleSession,
  type RoleSession,
} from '../../change/actor/console-session.js';
import type { IssuingEvent } from '../../change/actor/issued-key.js';
import { asSwitcher, isRoleSwitch } from '../../change/actor/role-switch.js';
import { textMember } from '../../change/request/request.js';
import { pushTo } from '../../memory/grouped.js';
import { inOrder, isBetter, stepOf, type Step } from './step.js';

export class Beginnings {
  /** By the session. One name may have any number of sessions. */
  readonly #events = new Map<string, IssuingEvent[]>();

  /** Adds an event that may have begun a session. Gives the session, if it began one. */
  add(event: IssuingEvent): RoleSession | undefined {
    const session = sessionBegun(event);
    if (session === undefined) return undefined;
    pushTo(this.#events, nameOf(session), event);
    return session;
  }

  /** Whether nobody else may have begun a session too. */
  isOfOne(session: RoleSession): boolean {
    return isOfOne(this.#near(session));
  }

  /** Who began a session; undefined if that is not known. */
  stepTo({ key, ...session }: ConsoleSession): Step | undefined {
    const events = this.#near(session);
    const [first, ...others] = events.map((event) => ({
      event,
      step: stepOf(event, { accessKey: key, arn: session.arn }),
    }));
    if (first === undefined || !isOfOne(events)) return undefined;
    const best = others.reduce((a, b) => (isBetter(b.step, a.step) ? b : a), first);
    // The switch shows where the person was; the call of STS comes from AWS.
    const [shown] = [first, ...others]
      .filter(({ event }) => isRoleSwitch(event))
      .toSorted((a, b) => inOrder(a.step.link, b.step.link));
    const { link } = (shown ?? best).step;
    return { ...best.step, link: { ...link, by: best.step.link.by } };
  }

  #near({ arn, began }: RoleSession): readonly IssuingEvent[] {
    return secondsNear(began).flatMap(
      (second) => this.#events.get(nameOf({ arn, began: second })) ?? [],
    );
  }
}

function nameOf({ arn, began }: RoleSession): string {
  return `${began} ${arn}`;
}

/** Whether one person may have made all calls. The account of a role may know only the account of its caller. */
function isOfOne(events: readonly IssuingEvent[]): boolean {
  const callers = events.map((event) => callerIn(asSwitcher(event) ?? event));
  const named = new Set(callers.flatMap(({ arn }) => arn ?? []));
  const accounts = new Set(
    callers.flatMap(({ arn, account }) => (arn === undefined ? [] : account)),
  );
  const nameless = callers.filter(
    ({ arn, account }) => arn === undefined && !accounts.has(account),
  );
  return named.size + new Set(nameless.map(({ id }) => id)).size <= 1;
}

function callerIn({ userIdentity }: IssuingEvent) {
  return {
    arn: textMember(userIdentity, 'arn'),
    account: textMember(userIdentity, 'accountId'),
    id: textMember(userIdentity, 'principalId'),
  };
}
