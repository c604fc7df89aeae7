/**
 * Who began which session of a role in the console. Two persons may have sessions of one role with one name; where both began one in
 * the same second, nobody can tell whose calls are whose.
 */
import {
  isEntry,
  secondsNear,
  sessionBegun,
  someMayLastAt,
  type ConsoleSession,
  type RoleSession,
  type SessionBegun,
} from '../../change/actor/console-session.js';
import { issuedKey, type IssuingEvent } from '../../change/actor/issued-key.js';
import { asSwitcher, isRoleSwitch } from '../../change/actor/role-switch.js';
import { textMember } from '../../change/request/request.js';
import { groupedBy, pushTo } from '../../memory/grouped.js';
import { inOrder, isBetter, stepOf, type Step } from './step.js';

/** An event that brought a session to the console. */
interface Beginning {
  readonly event: IssuingEvent;
  readonly session: SessionBegun;
}

export class Beginnings {
  /** By the session. One name may have any number of sessions. */
  readonly #begun = new Map<string, Beginning[]>();
  readonly #byArn = new Map<string, Beginning[]>();
  /** By the ARN of the sessions. Every event may say more of them. */
  readonly #persons = new Map<string, readonly Person[]>();
  /** Who got which key. */
  readonly #issuers = new Map<string, Caller>();
  /** The keys with which sessions took themselves to the console. */
  readonly #entered = new Set<string>();

  /** Adds an event that may have begun a session. Gives the session, if it began one. */
  add(event: IssuingEvent): SessionBegun | undefined {
    this.#persons.clear();
    const key = issuedKey(event)?.accessKey;
    if (key !== undefined) {
      const issuer = callerIn(event);
      // The account of a role may know only the account of its caller.
      if (this.#issuers.get(key)?.arn === undefined) this.#issuers.set(key, issuer);
    }
    const session = sessionBegun(event);
    if (session === undefined) return undefined;
    const entered = keyOfEntry(event);
    if (entered !== undefined) this.#entered.add(entered);
    pushTo(this.#begun, nameOf(session), { event, session });
    pushTo(this.#byArn, session.arn, { event, session });
    return session;
  }

  /** Whether a session took itself to the console with this key. */
  hasEntryWith(key: string): boolean {
    return this.#entered.has(key);
  }

  /** Whether nobody else may have begun a session too. */
  isOfOne(session: RoleSession): boolean {
    return this.#isOfOne(this.#near(session));
  }

  /** Whether only one person may have been in the console as this session at a second. */
  isOfOneAt(arn: string, second: number): boolean {
    const there = this.#personsAs(arn).filter(({ begun }) => someMayLastAt(begun, second));
    return isOfOne(there.map(({ caller }) => caller));
  }

  /** Who began a session; undefined if that is not known. */
  stepTo({ key, ...session }: ConsoleSession): Step | undefined {
    const near = this.#near(session).filter(({ event }) => keyOfEntry(event) !== key);
    const [first, ...others] = near.map(({ event }) => ({
      event,
      step: stepOf(event, { accessKey: key, arn: session.arn }),
    }));
    if (first === undefined || !this.#isOfOne(near)) return undefined;
    const best = others.reduce((a, b) => (isBetter(b.step, a.step) ? b : a), first);
    // The switch shows where the person was; the call of STS comes from AWS.
    const [shown] = [first, ...others]
      .filter(({ event }) => isRoleSwitch(event))
      .toSorted((a, b) => inOrder(a.step.link, b.step.link));
    const { link } = (shown ?? best).step;
    return { ...best.step, link: { ...link, by: best.step.link.by } };
  }

  #near({ arn, began }: RoleSession): readonly Beginning[] {
    return secondsNear(began).flatMap((second) => {
      const own = this.#begun.get(nameOf({ arn, began: second })) ?? [];
      return own.filter(({ session }) => !session.isExact || second === began);
    });
  }

  #isOfOne(beginnings: readonly Beginning[]): boolean {
    return isOfOne(beginnings.map(({ event }) => this.#personIn(event)));
  }

  /** All who brought sessions with an ARN to the console. */
  #personsAs(arn: string): readonly Person[] {
    const known = this.#persons.get(arn);
    if (known !== undefined) return known;
    const begun = (this.#byArn.get(arn) ?? []).map(({ event, session: { began } }) => ({
      caller: this.#personIn(event),
      began,
    }));
    const groups = groupedBy(begun, ({ caller }) =>
      JSON.stringify([caller.arn, caller.account, caller.id]),
    );
    const persons = Array.from(groups.values(), (sessions) => ({
      caller: sessions[0].caller,
      begun: secondsInOrder(sessions),
    }));
    this.#persons.set(arn, persons);
    return persons;
  }

  /** Who brought a session to the console. If the session itself did, that is who got its key. */
  #personIn(event: IssuingEvent): Caller {
    const key = keyOfEntry(event);
    if (key === undefined) return callerIn(asSwitcher(event) ?? event);
    return this.#issuers.get(key) ?? { arn: key, account: undefined, id: undefined };
  }
}

/** The key of a session that takes itself to the console. */
function keyOfEntry(event: IssuingEvent): string | undefined {
  return isEntry(event) ? textMember(event.userIdentity, 'accessKeyId') : undefined;
}

function nameOf({ arn, began }: RoleSession): string {
  return `${began} ${arn}`;
}

/** When sessions began, in order. */
export function secondsInOrder(sessions: readonly { readonly began: number }[]): readonly number[] {
  return sessions.map(({ began }) => began).toSorted((a, b) => a - b);
}

/** Somebody who brought sessions to the console, and when these began, in order. */
interface Person {
  readonly caller: Caller;
  readonly begun: readonly number[];
}

interface Caller {
  readonly arn: string | undefined;
  readonly account: string | undefined;
  readonly id: string | undefined;
}

function callerIn({ userIdentity }: IssuingEvent): Caller {
  return {
    arn: textMember(userIdentity, 'arn'),
    account: textMember(userIdentity, 'accountId'),
    id: textMember(userIdentity, 'principalId'),
  };
}

/** Whether one person may have made all calls. The account of a role may know only the account of its caller. */
function isOfOne(callers: readonly Caller[]): boolean {
  const named = new Set(callers.flatMap(({ arn }) => arn ?? []));
  const accounts = new Set(
    callers.flatMap(({ arn, account }) => (arn === undefined ? [] : (account ?? []))),
  );
  const nameless = callers.filter(
    ({ arn, account }) => arn === undefined && !accounts.has(account ?? ''),
  );
  return named.size + new Set(nameless.map(({ id }) => id)).size <= 1;
}
