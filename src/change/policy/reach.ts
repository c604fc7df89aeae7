/** Whom a statement lets in from outside of the account that has the policy. */
import { accountsOf, identifies, keepsTo, narrows, type Condition } from './condition.js';
import type { Statement } from './document.js';
import type { Principal } from './principal.js';

/** `unknown` where the policy does not say whose the principal, organization or network is. */
export type Outsiders = 'none' | 'some' | 'unknown';

/** They sign in everyone who has an account with them, or everyone who asks: a statement must say whose tokens it accepts. */
const SHARED_PROVIDERS: ReadonlySet<string> = new Set([
  'token.actions.githubusercontent.com',
  'gitlab.com',
  'app.terraform.io',
  'agent.buildkite.com',
]);
/** Here the audience is an app, and its people are not everyone. */
const APP_PROVIDERS: ReadonlySet<string> = new Set([
  'accounts.google.com',
  'www.amazon.com',
  'graph.facebook.com',
]);
const GUESTS_TOO = 'cognito-identity.amazonaws.com';

export function isToEveryone(statement: Statement): boolean {
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
  if (SHARED_PROVIDERS.has(host)) return claims.every(({ name }) => name === 'aud');
  if (APP_PROVIDERS.has(host)) return claims.length === 0;
  const noGuests = claims.some(
    ({ name, values }) => name === 'amr' && !values.includes('unauthenticated'),
  );
  return host === GUESTS_TOO && !has('sub') && !(has('aud') && noGuests);
}

/** The other accounts that a statement lets in: as principals, and as what the conditions leave of everyone or of a service. */
export function granteesOf(statement: Statement, own: string | null): readonly string[] {
  const { effect, principals = [], allBut, conditions } = statement;
  if (effect === 'deny' || allBut.principals) return [];
  const open = principals.some(({ kind }) => kind === 'everyone' || kind === 'service');
  const named = principals.flatMap(({ account }) => account ?? []);
  const left = open ? conditions.flatMap(accountsOf) : [];
  return [...named, ...left].filter((account) => account !== own);
}

export function outsidersOf(statements: readonly Statement[], own: string | null): Outsiders {
  const all = statements.map((statement) => outsidersIn(statement, own));
  return all.find((one) => one === 'some') ?? all.find((one) => one === 'unknown') ?? 'none';
}

function outsidersIn(statement: Statement, own: string | null): Outsiders {
  const { effect, principals = [], allBut, conditions } = statement;
  if (effect === 'deny') return 'none';
  if (isToEveryone(statement) || granteesOf(statement, own).length > 0) return 'some';
  if (principals.some(({ kind }) => kind === 'federated')) return 'some';
  const isWide = allBut.principals || principals.some(({ kind }) => kind === 'everyone');
  const isOwn = conditions.some((condition) => keepsTo(condition, own));
  if (isWide && !isOwn) return 'unknown';
  return principals.some(({ kind }) => kind === 'unknown') ? 'unknown' : 'none';
}
