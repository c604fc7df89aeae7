/**
 * Says in a few words what a policy allows and denies, to whom, and on what. The most important comes first, since a policy may
 * have many statements and a sentence few: everyone, administrator rights, other accounts, wildcards.
 */
import type { Json } from '../../cloudtrail/json.js';
import type { GivenRights } from '../change.js';
import { listed, shortened } from '../sentence.js';
import { conditionsText, narrows, type Condition } from './condition.js';
import { statementsOf, type Statement } from './document.js';
import type { Principal } from './principal.js';
import { isToMany, reachOf, type Reach } from './reach.js';

const LONGEST_SUMMARY = 400;
const LONGEST_ACTION = 48;
const LONGEST_RESOURCE = 100;
const ACTIONS_SHOWN = 5;
const RESOURCES_SHOWN = 3;
const PRINCIPALS_SHOWN = 5;

export interface PolicySummary extends Reach {
  /** One line. Says so if the policy cannot be read, or has no statements. */
  readonly text: string;
  readonly isReadable: boolean;
  /** What it certainly gives whoever has it; null for fewer rights. */
  readonly rights: GivenRights | null;
  /** Whether it may give all rights, or nearly all: all but some, or all on a pattern. So may one that cannot be read. */
  readonly mayGiveAll: boolean;
  /** Whether all that it says is what nobody may do. */
  readonly onlyDenies: boolean;
}

export interface PolicyContext {
  /** The account that has the policy. */
  readonly own: string | null;
  /** The name of the resource that has the policy. It is not said again. */
  readonly resource?: string;
  /** Whether the policy says who may assume a role. */
  readonly trust?: boolean;
  /** Whether the policy limits what other policies give, as those of an organization do. */
  readonly isLimit?: boolean;
}

/** Never throws. */
export function summarisePolicy(policy: Json, context: PolicyContext): PolicySummary {
  const statements = statementsOf(policy, context.own);
  if (statements === undefined)
    return {
      ...NOTHING,
      text: 'a policy that cannot be read',
      outsiders: 'unknown',
      isVague: true,
      isReadable: false,
      mayGiveAll: true,
    };
  if (statements.length === 0) return NOTHING;
  const parts = statements
    .map((statement) => ({ rank: rankOf(statement), text: statementText(statement, context) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ text }) => text);
  const letting = context.trust === true ? statements.filter(letsAssume) : statements;
  return {
    text: joined([...new Set(parts)]),
    ...reachOf(letting, context.own),
    isReadable: true,
    rights: rightsOf(statements),
    mayGiveAll: statements.some(mayGiveAll),
    onlyDenies: statements.every(({ effect }) => effect === 'deny'),
  };
}

/** Whether a policy that limits rights leaves all of them, whatever else it allows. One that cannot be read may limit some. */
export function limitsNothing(policy: Json, own: string | null): boolean {
  const statements = statementsOf(policy, own) ?? [];
  return statements.every(({ effect }) => effect === 'allow') && statements.some(allowsAll);
}

function allowsAll({ allBut, actions, resources, conditions }: Statement): boolean {
  const isNarrow = allBut.principals || allBut.actions || allBut.resources || conditions.length > 0;
  return !isNarrow && actions.some(isEveryAction) && resources.includes('*');
}

interface Who {
  readonly who: string;
  /** ` if …`, or empty. */
  readonly condition: string;
}

/** Who may assume a role, if the policy says nothing else: `account 111122223333 and lambda.amazonaws.com`. */
export function whoMayAssume(policy: Json, own: string | null): Who | undefined {
  const statements = statementsOf(policy, own) ?? [];
  const simple = statements.every(
    ({ allBut, actions }) => !allBut.actions && actions.some(isAssuming),
  );
  return simple ? whoIn(statements) : undefined;
}

/** Who may do what a policy is about, if all of its statements allow the same. */
export function whoMay(policy: Json, own: string | null): Who | undefined {
  return whoIn(statementsOf(policy, own) ?? []);
}

function whoIn(statements: readonly Statement[]): Who | undefined {
  const simple = statements.every(
    ({ effect, principals, conditions }) =>
      effect === 'allow' &&
      principals !== undefined &&
      (conditions.length === 0 || statements.length === 1),
  );
  if (!simple || statements.length === 0) return undefined;
  const sorted = statements.toSorted((a, b) => rankOf(a) - rankOf(b));
  const who = sorted.map((statement) => whoText(statement, narrowingOf(statement)));
  const rest = sorted.flatMap((statement) => {
    const narrowing = narrowingOf(statement);
    return statement.conditions.filter((condition) => !narrowing.includes(condition));
  });
  return { who: listed([...new Set(who)], ' and ', PRINCIPALS_SHOWN), condition: ifText(rest) };
}

const ASSUME = 'assume it';

const NOTHING: PolicySummary = {
  text: 'a policy without statements',
  toEveryone: false,
  toMuch: false,
  grantees: [],
  toFederated: false,
  isVague: false,
  outsiders: 'none',
  isReadable: true,
  rights: null,
  mayGiveAll: false,
  onlyDenies: false,
};

/** As many parts as there is room for, and how many more there are. */
function joined(parts: readonly string[]): string {
  const first = shortened(parts[0] ?? '', LONGEST_SUMMARY);
  let text = first;
  for (const [index, part] of parts.entries()) {
    if (index === 0) continue;
    const longer = `${text}; ${part}`;
    if (longer.length > LONGEST_SUMMARY) return `${text}; and ${parts.length - index} more`;
    text = longer;
  }
  return text;
}

function rankOf(statement: Statement): number {
  const { effect, principals = [], actions, resources } = statement;
  if (isToMany(statement)) return 0;
  if (effect === 'deny') return 5;
  if (isAdministrator(statement)) return 1;
  if (principals.some(({ account }) => account !== undefined)) return 2;
  return [...actions, ...resources].some((text) => text.includes('*')) ? 3 : 4;
}

/** Whether a policy of an identity allows everything. */
function isAdministrator(statement: Statement): boolean {
  const { effect, principals, allBut, actions, resources } = statement;
  if (effect === 'deny' || principals !== undefined) return false;
  if (allBut.actions || allBut.resources) return false;
  return actions.some(isEveryAction) && resources.includes('*');
}

function rightsOf(statements: readonly Statement[]): GivenRights | null {
  if (statements.some(isAdministrator)) return 'all';
  return statements.some((one) => mayGiveAll(one) || mayGiveItselfRights(one))
    ? 'perhaps all'
    : null;
}

/** How the actions of IAM begin that give rights: to users, groups, roles and policies, and roles to what one runs. */
const GIVING = ['put', 'attach', 'create', 'update', 'add', 'passrole'];

function mayGiveItselfRights({ effect, principals, allBut, actions }: Statement): boolean {
  if (effect === 'deny' || principals !== undefined || allBut.actions) return false;
  return actions.some((action) => {
    const [, name, wildcard = ''] = /^iam:([^*?]*)([*?]?)/.exec(action.toLowerCase()) ?? [];
    return (
      name !== undefined &&
      GIVING.some((word) => name.startsWith(word) || (wildcard !== '' && word.startsWith(name)))
    );
  });
}

function mayGiveAll({ effect, principals, allBut, actions, resources }: Statement): boolean {
  if (effect === 'deny' || principals !== undefined) return false;
  return (
    (allBut.actions || actions.some(isEveryAction)) &&
    (allBut.resources || !resources.every(isOfOneService))
  );
}

function isEveryAction(action: string): boolean {
  return /^\*+(?::\*+)?$/.test(action);
}

/** Whether all that a pattern means is in one service, and not in IAM, which can give all rights. */
function isOfOneService(resource: string): boolean {
  return /^arn:[^:*?]+:(?!iam:)[^:*?]+:/.test(resource);
}

function statementText(statement: Statement, context: PolicyContext): string {
  const { effect, principals, conditions } = statement;
  const what = actionsText(statement, context);
  const where = resourcesText(statement, context);
  if (context.isLimit === true) {
    const who = principals === undefined ? '' : ` to ${whoText(statement, [])}`;
    return `${effect === 'deny' ? 'denies' : 'allows at most'} ${what}${where}${who}${ifText(conditions)}`;
  }
  if (principals === undefined) {
    const rights = isAdministrator(statement) ? ' (administrator rights)' : '';
    return `${effect === 'deny' ? 'Deny' : 'Allow'} ${what}${where}${rights}${ifText(conditions)}`;
  }
  const narrowing = narrowingOf(statement);
  const others = conditions.filter((condition) => !narrowing.includes(condition));
  const who = whoText(statement, narrowing);
  // A name of an action may stand alone, a verb may not.
  const denied = what === ASSUME ? `deny ${who} to` : `deny ${who}`;
  const may = effect === 'deny' ? denied : `${who} may`;
  return `${may} ${what}${where}${ifText(others)}`;
}

/** The conditions that say who the `*` of a statement is. */
function narrowingOf({ principals = [], conditions }: Statement): readonly Condition[] {
  return principals.some(({ kind }) => kind === 'everyone') ? conditions.filter(narrows) : [];
}

function whoText({ principals = [], allBut }: Statement, narrowing: readonly Condition[]): string {
  const text = (principal: Principal): string =>
    principal.kind === 'everyone' && narrowing.length > 0
      ? `whoever has ${conditionsText(narrowing)}`
      : principal.text;
  const sorted = principals.toSorted((a, b) => importance(a) - importance(b));
  const names = listed([...new Set(sorted.map(text))], ', ', PRINCIPALS_SHOWN);
  if (allBut.principals) return `everyone but ${names}`;
  return names === '' ? 'nobody' : names;
}

function importance({ kind, account }: Principal): number {
  if (kind === 'everyone') return 0;
  return account === undefined ? 2 : 1;
}

function actionsText({ actions, allBut }: Statement, { trust = false }: PolicyContext): string {
  if (trust && letsAssume({ actions, allBut })) return ASSUME;
  // `*` is first, for it makes the others needless.
  const sorted = actions.toSorted((a, b) => Number(b === '*') - Number(a === '*'));
  const names = listed(
    sorted.map((action) => shortened(action, LONGEST_ACTION)),
    ', ',
    ACTIONS_SHOWN,
  );
  return allBut.actions ? `all but ${names}` : names === '' ? 'nothing' : names;
}

/** Other actions, such as `sts:TagSession`, only add to it. */
function letsAssume({ actions, allBut }: Pick<Statement, 'actions' | 'allBut'>): boolean {
  return allBut.actions || actions.some(isAssuming);
}

function isAssuming(action: string): boolean {
  return action === '*' || /^sts:(?:assume|[^*?]*[*?])/i.test(action);
}

function resourcesText({ resources, allBut }: Statement, { resource }: PolicyContext): string {
  const names = [...new Set(resources.map((name) => name.replace(/^arn:[^:]*:s3:::/, '')))];
  const others =
    resource === undefined || allBut.resources
      ? names
      : names.filter((name) => !isAllOf(name, resource));
  if (others.length === 0) return '';
  const inside = others
    .toSorted((a, b) => Number(b === '*') - Number(a === '*'))
    .map((name) => (name.startsWith(`${resource}/`) ? name.slice(`${resource}/`.length) : name));
  if (others.length < names.length) inside.unshift('it');
  const text = listed(
    inside.map((name) => shortened(name, LONGEST_RESOURCE)),
    ', ',
    RESOURCES_SHOWN,
  );
  return ` on ${allBut.resources ? 'all but ' : ''}${text}`;
}

/** Whether a name in the policy of a resource means the resource, or all in it. */
function isAllOf(name: string, resource: string): boolean {
  const own = name.slice(name.lastIndexOf(':') + 1);
  return name === '*' || own === resource || own === `${resource}/*`;
}

function ifText(conditions: readonly Condition[]): string {
  return conditions.length === 0 ? '' : ` if ${conditionsText(conditions)}`;
}
