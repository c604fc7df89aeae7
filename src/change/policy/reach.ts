/** Whom a statement lets in from outside of the account that has the policy. */
import {
  accountsOf,
  identifies,
  keepsTo,
  namesAccounts,
  narrows,
  type Condition,
} from './condition.js';
import { everyoneAt } from '../identity-providers.js';
import { exposureTo } from '../request/address.js';
import type { Statement } from './document.js';
import type { Principal } from './principal.js';

/** Whether anybody from outside is let in: `unknown` where the policy does not say whose the principal, organization or network is. */
export type Outsiders = 'none' | 'some' | 'unknown';

export interface Reach {
  readonly toEveryone: boolean;
  /** Whether it lets in a part of the internet that is larger than any network that one party has. */
  readonly toMuch: boolean;
  /** The other accounts that the policy gives access. */
  readonly grantees: readonly string[];
  /** Whether it lets in people who sign in elsewhere. They are of no account. */
  readonly toFederated: boolean;
  /** Whether it also lets in somebody who may be of any account. So does a policy that cannot be read. */
  readonly isVague: boolean;
  readonly outsiders: Outsiders;
}

function isToEveryone(statement: Statement): boolean {
  const { effect, principals = [], allBut, conditions } = statement;
  if (effect === 'deny' || conditions.some(narrows)) return false;
  return (
    allBut.principals ||
    principals.some(
      (principal) => principal.kind === 'everyone' || signsInEveryone(principal, conditions),
    )
  );
}

function signsInEveryone({ provider = '' }: Principal, conditions: readonly Condition[]): boolean {
  const host = provider.toLowerCase();
  const claims = conditions.flatMap((condition) => {
    const key = condition.key.toLowerCase();
    return key.startsWith(`${host}:`) && identifies(condition)
      ? { name: key.slice(host.length + 1), values: condition.values }
      : [];
  });
  const has = (name: string): boolean => claims.some((claim) => claim.name === name);
  const everyone = everyoneAt(host);
  switch (everyone) {
    case 'no':
      return false;
    case 'audience chosen':
      return claims.every(({ name }) => name === 'aud');
    case 'audience known':
      return claims.length === 0;
    case 'guests too': {
      const noGuests = claims.some(
        ({ name, values }) => name === 'amr' && !values.includes('unauthenticated'),
      );
      return !has('sub') && !(has('aud') && noGuests);
    }
    default:
      return everyone satisfies never;
  }
}

/** The other accounts that a statement lets in: as principals, and as what the conditions leave of everyone or of a service. */
function granteesOf(statement: Statement, own: string | null): readonly string[] {
  const { effect, principals = [], allBut, conditions } = statement;
  if (effect === 'deny' || allBut.principals) return [];
  const open = principals.some(({ kind }) => kind === 'everyone' || kind === 'service');
  const named = principals.flatMap(({ account }) => account ?? []);
  const left = open ? conditions.flatMap(accountsOf) : [];
  return [...named, ...left].filter((account) => account !== own);
}

/** Whom all statements of a policy let in. */
export function reachOf(statements: readonly Statement[], own: string | null): Reach {
  // Statements with a part of the internet each may let in all of it together.
  const peer = exposureTo(statements.flatMap(networksIn))?.peer;
  const toEveryone = peer === 'everyone' || statements.some(isToEveryone);
  const toMuch = peer === 'much of the internet' && !toEveryone;
  const toFederated = statements.some(isToFederated);
  const isVague = statements.some((statement) => isVagueIn(statement, own));
  const grantees = [...new Set(statements.flatMap((statement) => granteesOf(statement, own)))];
  const some = toEveryone || toMuch || toFederated || grantees.length > 0;
  const outsiders = some ? 'some' : isVague ? 'unknown' : 'none';
  return { toEveryone, toMuch, grantees, toFederated, isVague, outsiders };
}

/** Whether a statement alone lets in everyone, or much of the internet. */
export function isToMany(statement: Statement): boolean {
  return isToEveryone(statement) || exposureTo(networksIn(statement)) !== null;
}

/** The networks that a statement lets everyone in from, if it does not say more of whom it lets in. */
function networksIn({ effect, principals = [], allBut, conditions }: Statement): readonly string[] {
  const isWide = allBut.principals || principals.some(({ kind }) => kind === 'everyone');
  const [network, ...more] = conditions.filter(narrows);
  if (effect === 'deny' || !isWide || network === undefined || more.length > 0) return [];
  const { operator, key, values } = network;
  return operator === 'ipaddress' && key.toLowerCase() === 'aws:sourceip' ? values : [];
}

function isToFederated(statement: Statement): boolean {
  const { effect, principals = [] } = statement;
  if (effect === 'deny' || isToEveryone(statement)) return false;
  return principals.some(({ kind, account }) => kind === 'federated' && account === undefined);
}

function isVagueIn(statement: Statement, own: string | null): boolean {
  const { effect, principals = [], allBut, conditions } = statement;
  if (effect === 'deny') return false;
  if (principals.some(({ kind }) => kind === 'unknown')) return true;
  if (isToEveryone(statement)) return false;
  if (allBut.principals) return !conditions.some((condition) => keepsTo(condition, own));
  return principals.some(({ kind }) => kind === 'everyone') && !conditions.some(namesAccounts);
}
